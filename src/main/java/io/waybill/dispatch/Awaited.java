package io.waybill.dispatch;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.SharedReads;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Callers that wait until nothing of an order is under way. They are told by this process, and look each second for what another one did. */
final class Awaited {
    private static final Set<ShipmentState> UNDER_WAY =
            Set.of(ShipmentState.CHOOSING, ShipmentState.READY, ShipmentState.BUYING, ShipmentState.BOUGHT);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Accounts accounts;
    private final SharedReads<String, Boolean> underWay;
    private final Map<String, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

    Awaited(Ledger ledger, Accounts accounts) {
        this.accounts = accounts;
        this.underWay = new SharedReads<>(ledger, (tx, orders) -> {
            Map<String, List<ShipmentRow>> shipments = tx.shipments().of(orders);
            return orders.stream()
                    .distinct()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            order -> shipments.getOrDefault(order, List.of()).stream()
                                    .anyMatch(this::isUnderWay)));
        });
    }

    /** Waits until nothing of the order is under way any more, or the time is over. */
    void await(String order, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Semaphore ended = new Semaphore(0);
        register(order, ended);
        try {
            while (underWay.ask(order).orElse(false)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                if (ended.tryAcquire(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                    ended.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.computeIfPresent(
                    order, (same, callers) -> callers.remove(ended) && callers.isEmpty() ? null : callers);
        }
    }

    private void register(String order, Semaphore ended) {
        waiting.compute(order, (same, known) -> {
            Set<Semaphore> callers = known == null ? ConcurrentHashMap.newKeySet() : known;
            callers.add(ended);
            return callers;
        });
    }

    /** Something of the order has ended. */
    void ended(String order) {
        waiting.getOrDefault(order, Set.of()).forEach(Semaphore::release);
    }

    /** What waits for a carrier that is away will not be there soon. */
    private boolean isUnderWay(ShipmentRow row) {
        boolean waits = row.state() == ShipmentState.READY && accounts.isOpen(row.account());
        return !waits && UNDER_WAY.contains(row.state());
    }
}
