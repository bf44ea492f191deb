package io.waybill.dispatch;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.SharedReads;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Callers that wait until nothing of an order is under way. They are told by this process, and look each second for what another one did. */
final class Awaited {
    private static final Set<ShipmentState> UNDER_WAY =
            Set.of(ShipmentState.CHOOSING, ShipmentState.READY, ShipmentState.BUYING, ShipmentState.BOUGHT);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Accounts accounts;
    private final Runnable changed;
    private final SharedReads<String, Standing> standing;
    private final Map<String, Set<Caller>> waiting = new ConcurrentHashMap<>();

    /** How many purchases of an order this process is busy with: while there are any, the ledger need not be asked. */
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    /** Nothing begins here any more; what has begun is still waited for. */
    private volatile boolean beginsNothing;

    private volatile boolean closed;

    /** @param changed called when something of an order has ended, before those who wait for it are told */
    Awaited(Ledger ledger, Accounts accounts, Runnable changed) {
        this.accounts = accounts;
        this.changed = changed;
        this.standing = new SharedReads<>(ledger, Tx::standing);
    }

    /** One who waits, and what the last sale of its order left it knowing; nothing that was read before it came, for it may have changed the order itself. */
    private static final class Caller {
        private final long came = System.nanoTime();
        private final Semaphore ended = new Semaphore(0);
        private volatile @Nullable Standing sold;

        void learn(Standing standing) {
            if (standing.related().isReadAfter(came)) {
                sold = standing;
            }
        }

        void waitFor(long nanos) throws InterruptedException {
            if (ended.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                ended.drainPermits();
            }
        }
    }

    /** Where the order stands once nothing of it is under way any more, the time is over, or nothing is bought here any more. */
    Standing await(String order, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Caller caller = new Caller();
        register(order, caller);
        try {
            Optional<Standing> seen = look(order, caller);
            long left = deadline - System.nanoTime();
            while (left > 0 && !closed && seen.map(this::isStillToCome).orElse(true)) {
                caller.waitFor(Math.min(left, LOOK_NANOS));
                seen = look(order, caller);
                left = deadline - System.nanoTime();
            }
            return seen.orElseGet(() -> now(order));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now(order);
        } finally {
            waiting.computeIfPresent(
                    order, (same, callers) -> callers.remove(caller) && callers.isEmpty() ? null : callers);
        }
    }

    /** What a sale left to know is read once more where it is not the last word; empty while a purchase is under way here. */
    private Optional<Standing> look(String order, Caller caller) {
        return begun.containsKey(order)
                ? Optional.empty()
                : Optional.of(Optional.ofNullable(caller.sold)
                        .filter(sold -> !isUnderWay(sold))
                        .orElseGet(() -> now(order)));
    }

    private Standing now(String order) {
        return standing.ask(order).orElseThrow();
    }

    private void register(String order, Caller caller) {
        waiting.compute(order, (same, known) -> {
            Set<Caller> callers = known == null ? ConcurrentHashMap.newKeySet() : known;
            callers.add(caller);
            return callers;
        });
    }

    /** A purchase of the order begins here, and until it is {@link #over} the order is under way. */
    void begun(String order) {
        begun.merge(order, 1, Integer::sum);
    }

    /** A purchase of the order is over here, whatever came of it. What of it is on disk is to be seen by now. */
    void over(String order) {
        begun.computeIfPresent(order, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        ended(order);
    }

    /**
     * A sale is on disk, and with it where its order stands: its callers need not ask for that.
     *
     * @return whether it has any
     */
    boolean sold(Standing standing) {
        Set<Caller> callers = waiting.getOrDefault(standing.order().id(), Set.of());
        callers.forEach(caller -> caller.learn(standing));
        return !callers.isEmpty();
    }

    /** Something of the order has ended. */
    void ended(String order) {
        changed.run();
        waiting.getOrDefault(order, Set.of()).forEach(caller -> caller.ended.release());
    }

    /** No purchase begins here any more: whoever waits for one that has not begun is told how far it got. */
    void beginNothing() {
        beginsNothing = true;
        wakeAll();
    }

    /** And none is under way either: all are told. */
    void close() {
        closed = true;
        wakeAll();
    }

    private void wakeAll() {
        waiting.values().forEach(callers -> callers.forEach(caller -> caller.ended.release()));
    }

    private boolean isStillToCome(Standing standing) {
        return !beginsNothing && isUnderWay(standing);
    }

    private boolean isUnderWay(Standing standing) {
        return standing.shipments().stream().anyMatch(this::isUnderWay);
    }

    /** What waits for a carrier that is away will not be there soon. */
    private boolean isUnderWay(ShipmentRow row) {
        boolean waits = row.state() == ShipmentState.READY && accounts.isOpen(row.account());
        return !waits && UNDER_WAY.contains(row.state());
    }
}
