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
        return its == null ? Optional.empty() : its.keep(row, order, shipment, workers.apply(its));
    }

    @Override
    public Asked<List<Optional<Claim>>> claims(Tx tx, List<Seat> seats) {
        List<KeptWorker> all = seats.stream().map(KeptWorker.class::cast).toList();
        Map<Buyers, Asked<Boolean>> off = new IdentityHashMap<>();
        all.forEach(kept -> off.computeIfAbsent(kept.buyers(), its -> its.isOff(tx)));
        return tx.rollout()
                .askOff(Stage.LABELS)
                .map(labelsOff -> all.stream()
                        .map(seat -> Optional.of(seat)
                                .filter(kept -> !labelsOff.contains(kept.namespace()))
                                .filter(kept -> !Objects.requireNonNull(off.get(kept.buyers()))
                                        .get())
                                .map(KeptWorker::claim))
                        .toList());
    }
}
