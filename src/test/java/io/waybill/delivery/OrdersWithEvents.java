package io.waybill.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Puts orders and events into a real ledger. */
public final class OrdersWithEvents {
    private final Ledger ledger;
    private final List<String> ids = new CopyOnWriteArrayList<>();

    public OrdersWithEvents(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @return the order's hub id */
    public String order(String orderId) {
        Address to = new Address(
                "Ann", null, "1 Main St", null, null, "Springfield", "IL", "62701", "US", null, null, null, null);
        Order order = new Order(
                orderId, "acme", null, null, List.of(), null, to, null, null, null, List.of(), List.of(), null, null,
                null, null, Map.of());
        String id = ledger.commit(tx -> tx.orders()
                .insert(new Revision("acme", order, "{}", "sha", "{}", "now", "api", "local", null, null, null)));
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
