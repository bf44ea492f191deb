package io.waybill.dispatch;

import io.waybill.ledger.Asked;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.AtOnce.Seat;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where an order is bought while it is taken in: T0 and T1 are one commit, and its worker asks the carrier as soon as that is on disk. Whoever
 * cannot be served so waits in the ledger like everybody else.
 */
final class Counter implements AtOnce {
    private final Map<String, Buyers> buyers;
    private final Function<Buyers, Executor> workers;

    Counter(List<Buyers> buyers, Function<Buyers, Executor> workers) {
        this.buyers = buyers.stream().collect(Collectors.toMap(Buyers::account, Function.identity()));
        this.workers = workers;
    }

    @Override
    public Optional<Seat> seat(OrderRow row, Order order, ShipmentRow shipment) {
        Buyers its = shipment.account() == null ? null : buyers.get(shipment.account());
        return its == null
                ? Optional.empty()
                : its.keep(row, order, shipment).map(kept -> new Kept(its, kept, workers.apply(its)));
    }

    @Override
    public Asked<List<Optional<Claim>>> claims(Tx tx, List<Seat> seats) {
        List<Kept> all = seats.stream().map(Kept.class::cast).toList();
        Map<Buyers, Asked<Boolean>> off = new IdentityHashMap<>();
        all.forEach(kept -> off.computeIfAbsent(kept.buyers, its -> its.isOff(tx)));
        return tx.rollout()
                .askOff(Stage.LABELS)
                .map(labelsOff -> all.stream()
                        .map(seat -> Optional.of(seat)
                                .filter(kept -> !labelsOff.contains(kept.namespace()))
                                .filter(kept -> !Objects.requireNonNull(off.get(kept.buyers))
                                        .get())
                                .map(Kept::claim))
                        .toList());
    }

    /** A worker of {@code buyers}, for one purchase. */
    private static final class Kept implements Seat {
        private final Buyers buyers;
        private final Buyers.Kept purchase;
        private final Executor worker;

        /** By {@link Outside#nanos}. */
        private volatile long claimed;

        Kept(Buyers buyers, Buyers.Kept purchase, Executor worker) {
            this.buyers = buyers;
            this.purchase = purchase;
            this.worker = worker;
        }

        String namespace() {
            return purchase.unsent().intent().order().namespace();
        }

        Claim claim() {
            claimed = buyers.intents().now();
            return buyers.intents().claim(purchase.unsent().intent());
        }

        @Override
        public void begin() {
            buyers.begin(purchase, claimed, worker);
        }

        @Override
        public void giveBack() {
            buyers.giveBack(purchase);
        }

        @Override
        public void doubt() {
            buyers.doubt(purchase, worker);
        }
    }
}
