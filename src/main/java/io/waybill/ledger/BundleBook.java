package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Events of a sink that are told together. An event is in one bundle, and stays known as one that was for as long as it is kept. */
public final class BundleBook {
    private static final RecordMapper<Bundle> BUNDLE = RecordMapper.of(Bundle.class);
    private static final RecordMapper<Open> OPEN = RecordMapper.of(Open.class);
    private static final String COLUMNS =
            "SELECT id, sink, number_value, state, events, closed_at FROM bundle WHERE state <> 'DONE' AND ";

    private final Handle handle;

    BundleBook(Handle handle) {
        this.handle = handle;
    }

    /** A closed one; {@code numberValue} counts a sink's bundles from 1, and 1,000 higher after a restore. */
    public record Bundle(String id, String sink, long numberValue, String state, int events, Instant closedAt) {
        /** Its file lies written aside. */
        public boolean isReady() {
            return state.equals("READY");
        }
    }

    /** What waits for the next bundle; {@code oldest} is null when nothing does. */
    public record Open(long events, @Nullable Instant oldest) {}

    /** False when the event is known already. */
    public boolean add(String sink, String eventId, String content) {
        return handle.createUpdate("""
                        INSERT INTO bundled_event (sink, event_id, content, gathered_at)
                        SELECT :sink, :event, :content, CURRENT_TIMESTAMP
                        WHERE NOT EXISTS (SELECT 1 FROM bundled_event WHERE sink = :sink AND event_id = :event)""")
                        .bind("sink", sink)
                        .bind("event", eventId)
                        .bind("content", content)
                        .execute()
                == 1;
    }

    public Open open(String sink) {
        return handle.createQuery("""
                        SELECT COUNT(*) AS events, MIN(gathered_at) AS oldest FROM bundled_event
                        WHERE sink = :sink AND bundle_id IS NULL""").bind("sink", sink).map(OPEN).one();
    }

    /** Whoever closes a bundle of this sink waits until the transaction is over; of its very first two may be closed at a time. */
    public void lock(String sink) {
        handle.createQuery("SELECT id FROM bundle WHERE sink = :sink ORDER BY number_value LIMIT 1 FOR UPDATE")
                .bind("sink", sink)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Settles what the next bundle holds: up to {@code most} of what waits, in the order it happened. None is made of nothing.
     *
     * @throws org.jdbi.v3.core.statement.UnableToExecuteStatementException when another node does so now
     */
    public void close(String sink, int most) {
        String id = Ids.next("bdl");
        handle.createUpdate("""
                        INSERT INTO bundle (id, sink, number_value, state, events, closed_at)
                        SELECT :id, :sink, last.number_value + 1 + %s, 'CLOSING', 0, CURRENT_TIMESTAMP
                        FROM (SELECT COALESCE(MAX(number_value), 0) AS number_value, MAX(closed_at) AS closed_at
                              FROM bundle WHERE sink = :sink) last""".formatted(RestoreBook.skippedSince("last.closed_at")))
                .bind("id", id)
                .bind("sink", sink)
                .execute();
        int events = handle.createUpdate("""
                        UPDATE bundled_event SET bundle_id = :id WHERE sink = :sink AND bundle_id IS NULL AND event_id IN (
                            SELECT event_id FROM bundled_event WHERE sink = :sink AND bundle_id IS NULL
                            ORDER BY event_id LIMIT :most)""")
                .bind("id", id)
                .bind("sink", sink)
                .bind("most", most)
                .execute();
        handle.createUpdate(
                        events == 0
                                ? "DELETE FROM bundle WHERE id = :id AND events = :events"
                                : "UPDATE bundle SET events = :events WHERE id = :id")
                .bind("events", events)
                .bind("id", id)
                .execute();
    }

    /** The oldest that is not done, for this owner until the lease ends; empty while another node is at it. */
    public Optional<Bundle> claim(String sink, String owner, Duration lease) {
        Optional<Bundle> next = handle.createQuery(COLUMNS + "sink = :sink ORDER BY number_value LIMIT 1")
                .bind("sink", sink)
                .map(BUNDLE)
                .findOne();
        return next.filter(bundle -> handle.createUpdate("UPDATE bundle SET owner = :owner, lease_until = "
                                + FromNow.by("lease")
                                + " WHERE id = :id AND state <> 'DONE'"
                                + " AND (owner IS NULL OR owner = :owner OR lease_until <= CURRENT_TIMESTAMP)")
                        .bind("owner", owner)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("id", bundle.id())
                        .execute()
                == 1);
    }

    /** What is in it, in the order it happened; nothing of an order that was forgotten since. Empty when another owner finished it. */
    public Optional<List<String>> contents(String id, String owner) {
        List<String> contents = handle.createQuery("SELECT content FROM bundled_event"
                        + " WHERE bundle_id = :id AND content IS NOT NULL ORDER BY event_id")
                .bind("id", id)
                .mapTo(String.class)
                .list();
        return handle.createQuery(COLUMNS + "id = :id AND owner = :owner ")
                .bind("id", id)
                .bind("owner", owner)
                .map(BUNDLE)
                .findOne()
                .map(mine -> contents);
    }

    /**
     * Its file lies aside, whole.
     *
     * @return false when another owner has taken it meanwhile
     */
    public boolean ready(String id, String owner) {
        return handle.createUpdate(
                                "UPDATE bundle SET state = 'READY' WHERE id = :id AND state = 'CLOSING' AND owner = :owner")
                        .bind("id", id)
                        .bind("owner", owner)
                        .execute()
                == 1;
    }

    /** Its file has its name: what was in it is kept there alone. */
    public void done(String id) {
        handle.createUpdate("UPDATE bundle SET state = 'DONE', done_at = CURRENT_TIMESTAMP WHERE id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("UPDATE bundled_event SET content = NULL WHERE bundle_id = :id")
                .bind("id", id)
                .execute();
    }

    /** What a node that is gone had half done may go on elsewhere. */
    public int endLeasesOf(String owner) {
        return handle.createUpdate(
                        "UPDATE bundle SET lease_until = CURRENT_TIMESTAMP WHERE state <> 'DONE' AND owner = :owner")
                .bind("owner", owner)
                .execute();
    }
}
