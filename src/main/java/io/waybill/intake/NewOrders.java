package io.waybill.intake;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.RejectionBook.Match;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
        Map<NewOrder, String> taken = write(tx, orders);
        Failpoint.BEFORE_T0_COMMIT.here();
        return orders.stream()
                .map(order -> Optional.ofNullable(taken.get(order)))
                .toList();
    }

    /** Writes what is new among them. @return the hub ids, by the very orders; those that are missing are still to be decided */
    Map<NewOrder, String> write(Tx tx, List<NewOrder> orders) {
        List<NewOrder> fresh = fresh(tx, orders);
        Map<NewOrder, String> taken = new IdentityHashMap<>();
        if (fresh.isEmpty()) {
            return taken;
        }
        List<String> ids = NewOrder.write(tx, fresh);
        Map<Key, InboxBook.Entry> entries = new HashMap<>();
        List<DocumentBook.Original> kept = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            NewOrder order = fresh.get(i);
            taken.put(order, ids.get(i));
            originals.of(order.start().submission(), ids.get(i)).ifPresent(kept::add);
            if (order.key() != null) {
                entries.put(order.key(), order.entry(ids.get(i)));
            }
        }
        if (!kept.isEmpty()) {
            tx.originals().keep(kept);
        }
        tx.inbox().put(entries);
        return taken;
    }

    /** Of several under one number or key only the first. */
    private static List<NewOrder> fresh(Tx tx, List<NewOrder> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        Switches switches = tx.rollout()
                .forDocuments(
                        all(orders, order -> Optional.of(order.named().namespace())),
                        all(orders, order -> Optional.of(order.source())));
        Set<Named> numbers = new HashSet<>(
                tx.orders().among(all(orders, order -> Optional.of(order.named().orderId()))));
        Set<Key> keys = new HashSet<>(tx.inbox().among(all(orders, order -> Optional.ofNullable(order.key()))));
        Set<Match> answered = tx.rejections().among(all(orders, NewOrder::answers));
        List<NewOrder> fresh = new ArrayList<>();
        for (NewOrder order : orders) {
            boolean keyIsNew = order.key() == null || keys.add(order.key());
            boolean isFirst = numbers.add(order.named()) && keyIsNew;
            if (isFirst
                    && !order.isSwitched(switches)
                    && order.answers().filter(answered::contains).isEmpty()) {
                fresh.add(order);
            }
        }
        return fresh;
    }

    private static <T> Set<T> all(List<NewOrder> orders, Function<NewOrder, Optional<T>> part) {
        return orders.stream().flatMap(order -> part.apply(order).stream()).collect(Collectors.toSet());
    }
}
