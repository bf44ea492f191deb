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

    /** How many purchases of an order this process is busy with: while there are any, the ledger need not be asked. */
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

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
            while (begun.containsKey(order) || underWay.ask(order).orElse(false)) {
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

    /** A purchase of the order begins here, and until it is {@link #over} the order is under way. */
    void begun(String order) {
        begun.merge(order, 1, Integer::sum);
    }

    /** What of it is on disk is to be seen by now; its callers are told by {@link #ended}. */
    void over(String order) {
        begun.computeIfPresent(order, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
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
