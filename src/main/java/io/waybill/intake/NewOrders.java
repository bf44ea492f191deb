package io.waybill.intake;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * T0 of documents that are new: neither their number nor the key they came under was ever seen. As many in one commit as
 * come while another is under way. Any other document is left alone, for {@link Admission} to decide.
 */
final class NewOrders {
    private final Originals originals;
    private final Gathering<NewOrder, String> gathering;

    NewOrders(Ledger ledger, Originals originals) {
        this.originals = originals;
        this.gathering = new Gathering<>(ledger, this::take);
    }

    /** @return the hub id of the order, which is on disk; empty when the document is still to be decided */
    Optional<String> take(NewOrder order) {
        return gathering.commit(order);
    }

    private List<Optional<String>> take(Tx tx, List<NewOrder> orders) {
        List<NewOrder> fresh = fresh(tx, orders);
        List<String> ids = fresh.isEmpty() ? List.of() : NewOrder.write(tx, fresh);
        Map<NewOrder, String> taken = new IdentityHashMap<>();
        Map<Key, InboxBook.Entry> entries = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            NewOrder order = fresh.get(i);
            taken.put(order, ids.get(i));
            originals.keep(tx, order.start().submission(), ids.get(i));
            if (order.key() != null) {
                entries.put(order.key(), order.entry(ids.get(i)));
            }
        }
        tx.inbox().put(entries);
        Failpoint.BEFORE_T0_COMMIT.here();
        return orders.stream()
                .map(order -> Optional.ofNullable(taken.get(order)))
                .toList();
    }

    /** Of several under one number or key only the first. */
    private static List<NewOrder> fresh(Tx tx, List<NewOrder> orders) {
        Switches switches = tx.rollout()
                .forDocuments(
                        orders.stream().map(order -> order.named().namespace()).collect(Collectors.toSet()),
                        orders.stream().map(NewOrder::source).collect(Collectors.toSet()));
        Set<Named> numbers = new HashSet<>(tx.orders()
                .among(orders.stream().map(order -> order.named().orderId()).collect(Collectors.toSet())));
        Set<Key> keys = new HashSet<>(tx.inbox()
                .among(orders.stream()
                        .map(NewOrder::key)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet())));
        List<NewOrder> fresh = new ArrayList<>();
        for (NewOrder order : orders) {
            boolean keyIsNew = order.key() == null || keys.add(order.key());
            if (numbers.add(order.named()) && keyIsNew && !order.isSwitched(switches)) {
                fresh.add(order);
            }
        }
        return fresh;
    }
}
