package io.waybill.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Shipments that wait, taken in turns: one lane for each source in each namespace, so that whoever has many waits longer
 * and whoever has few does not. Orders a caller waits for have three turns of four. What it costs is meant to grow with the lanes that
 * have something to do, and not with what waits in them.
 */
final class Lanes {
    /** The lane of an order; the same words as in the migration. */
    static final String OF_ORDER =
            "(SELECT CASE WHEN o.channel IN ('api', 'portal') THEN '0' ELSE '1' END || o.namespace || '/' || o.source"
                    + " FROM orders o WHERE o.id = %s)";

    static final String CALLERS = "0";
    private static final String OTHERS = "1";
    private static final int TURNS = 4;
    private static final Set<String> SOMEBODY_WAITS = Set.of("api", "portal");

    /** The columns of the index, all of them, or H2 sorts what waits. */
    private static final String BY_LANE = " ORDER BY s.account, s.state, s.lane, s.due LIMIT ";

    /** H2 reads what equals a bound though it is excluded, and that is all that waits in the lane: so it is just above the name. */
    static final String LANE_AFTER = " AND s.lane > :lane || '\1'" + BY_LANE + "1";

    static final String OLDEST = " AND s.lane = :lane AND s.due <= CURRENT_TIMESTAMP" + BY_LANE + ":limit";

    private final Handle handle;
    private final ShipmentState state;
    private final @Nullable String account;

    /** @param account null for shipments that have none yet */
    Lanes(Handle handle, ShipmentState state, @Nullable String account) {
        this.handle = handle;
        this.state = state;
        this.account = account;
    }

    /** {@link #OF_ORDER} of one that is known. */
    static String of(OrderBook.Revision order) {
        return (SOMEBODY_WAITS.contains(order.channel()) ? CALLERS : OTHERS) + order.namespace() + "/" + order.source();
    }

    /** Shipments whose time has come, in turns, each lane's oldest first. */
    List<ShipmentRow> take(int limit) {
        Deque<Deque<ShipmentRow>> callers = new ArrayDeque<>();
        Deque<Deque<ShipmentRow>> others = new ArrayDeque<>();
        List<String> lanes = waiting();
        Collections.shuffle(lanes, ThreadLocalRandom.current());
        lanes.forEach(lane -> (lane.startsWith(CALLERS) ? callers : others).add(oldest(lane, limit)));
        List<ShipmentRow> taken = new ArrayList<>();
        int turn = ThreadLocalRandom.current().nextInt(TURNS);
        Optional<ShipmentRow> next = next(callers, others, turn);
        while (next.isPresent() && taken.size() < limit) {
            taken.add(next.get());
            turn++;
            next = next(callers, others, turn);
        }
        return taken;
    }

    private static Optional<ShipmentRow> next(
            Deque<Deque<ShipmentRow>> callers, Deque<Deque<ShipmentRow>> others, int turn) {
        return turn % TURNS == 0
                ? next(others).or(() -> next(callers))
                : next(callers).or(() -> next(others));
    }

    /** The oldest of the lane whose turn it is; the lane then stands last. */
    private static Optional<ShipmentRow> next(Deque<Deque<ShipmentRow>> lanes) {
        for (Deque<ShipmentRow> lane = lanes.poll(); lane != null; lane = lanes.poll()) {
            ShipmentRow row = lane.poll();
            if (row != null) {
                lanes.add(lane);
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** From lane to lane by the index, without looking at what is in between. */
    private List<String> waiting() {
        List<String> lanes = new ArrayList<>();
        Optional<String> lane = after("");
        while (lane.isPresent()) {
            lanes.add(lane.get());
            lane = after(lane.get());
        }
        return lanes;
    }

    private Optional<String> after(String lane) {
        return of("SELECT s.lane FROM shipment s WHERE ", LANE_AFTER).bind("lane", lane).strings().stream()
                .findFirst();
    }

    private Deque<ShipmentRow> oldest(String lane, int limit) {
        return new ArrayDeque<>(of(ShipmentBook.COLUMNS + " WHERE ", OLDEST)
                .bind("lane", lane)
                .bind("limit", limit)
                .list(ShipmentBook.ROW));
    }

    private Sql of(String select, String rest) {
        return account == null
                ? Sql.of(handle, select + "s.account IS NULL AND " + in(state) + rest)
                : Sql.of(handle, select + ofAccount(state) + rest).bind("account", account);
    }

    static String ofAccount(ShipmentState state) {
        return "s.account = :account AND " + in(state);
    }

    /** Said and not bound, or PostgreSQL could not know that its index of what waits has them all. */
    private static String in(ShipmentState state) {
        return "s.state = '" + state.name() + "'";
    }
}
