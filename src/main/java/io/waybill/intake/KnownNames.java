package io.waybill.intake;

import io.waybill.ledger.Asked;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.RejectionBook.Match;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the ledger knows of the names documents come under, asked for all of them at once. */
record KnownNames(
        Asked<Switches> switches, Asked<Set<Named>> numbers, Asked<Set<Key>> keys, Asked<Set<Match>> answered) {

    static KnownNames ask(Tx tx, List<NewOrder> orders) {
        return tx.together(() -> new KnownNames(
                tx.rollout()
                        .forDocuments(
                                all(orders, order -> Optional.of(order.named().namespace())),
                                all(orders, order -> Optional.of(order.source()))),
                tx.orders().among(all(orders, order -> Optional.of(order.named().orderId()))),
                tx.inbox().among(all(orders, order -> Optional.ofNullable(order.key()))),
                tx.rejections().among(all(orders, NewOrder::answers))));
    }

    /** Those that are new; of several under one number or key only the first. */
    List<NewOrder> fresh(List<NewOrder> orders) {
        Set<Named> numbers = new HashSet<>(this.numbers.get());
        Set<Key> keys = new HashSet<>(this.keys.get());
        List<NewOrder> fresh = new ArrayList<>();
        for (NewOrder order : orders) {
            boolean keyIsNew = order.key() == null || keys.add(order.key());
            boolean isFirst = numbers.add(order.named()) && keyIsNew;
            if (isFirst
                    && !order.isSwitched(switches.get())
                    && order.answers().filter(answered.get()::contains).isEmpty()) {
                fresh.add(order);
            }
        }
        return fresh;
    }

    private static <T> Set<T> all(List<NewOrder> orders, Function<NewOrder, Optional<T>> part) {
        return orders.stream().flatMap(order -> part.apply(order).stream()).collect(Collectors.toSet());
    }
}
