package io.waybill.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Puts orders and events into a real ledger. */
public final class OrdersWithEvents {
    private final Ledger ledger;
    private final List<String> ids = new CopyOnWriteArrayList<>();

    public OrdersWithEvents(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes an order in and answers its hub id. */
    public String order(String orderId) {
        String id = ledger.commit(tx -> tx.orders()
                .insert(new Revision(
                        "acme", orderId, null, null, List.of(), "{}", "sha", "{}", "now", "api", "local", null, null,
                        null)));
        ids.add(id);
        return id;
    }

    /** The orders put in, oldest first. */
    public List<String> ids() {
        return ids;
    }

    public void emit(String orderUid, String... types) {
        for (String type : types) {
            ledger.commitAll(tx -> tx.events()
                    .emit(
                            tx.orders().find(orderUid, Namespaces.ALL).orElseThrow(),
                            null,
                            type,
                            JsonNodeFactory.instance.objectNode()));
        }
    }
}
