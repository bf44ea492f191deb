package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Events that their sinks took, or that were discarded, for as long as they are kept. What is still to be told is not among them. */
public final class SentBook {
    private static final String LONG_AGO = "COALESCE(o.sent_at, o.due) < " + FromNow.by("age");

    /**
     * What is over is due no more, and {@code due} says since when: so the index {@code outbox_due} has the oldest first, and is read
     * from where the step before ended. Counted, because PostgreSQL makes a join of all that was gathered out of a NOT EXISTS.
     */
    private static final String OLDEST = """
            SELECT o.id, o.due FROM outbox o
            WHERE o.state = '%s' AND %s AND o.sink = :sink AND o.due BETWEEN CAST(:from AS TIMESTAMP WITH TIME ZONE) AND %s
                AND 0 = (SELECT COUNT(*) FROM bundled_event b WHERE b.sink = o.sink AND b.event_id = o.id AND b.content IS NOT NULL)
            ORDER BY o.state, o.sink, o.due LIMIT :limit""";

    private static final String FIRST_SINK =
            "SELECT sink FROM outbox WHERE state = '%s' AND sink > :sink ORDER BY state, sink LIMIT 1";

    /**
     * Those that are over still: one may just have been asked for again. Not by {@code state = 'SENT'}, for which PostgreSQL may look through
     * all that was ever sent, while it knows nothing of the table yet.
     */
    private static final String LOCKED = "SELECT o.id FROM outbox o WHERE o.id = ANY(:ids) AND " + LONG_AGO
            + " AND o.state NOT IN ('PENDING', 'CLAIMED', 'PARKED') FOR UPDATE SKIP LOCKED";

    private static final RecordMapper<Old> OLD_ONE = RecordMapper.of(Old.class);

    /** Behind a name, and before any other that begins with it: H2 would begin to look at the first row of that name, and pass them all. */
    private static final String BEHIND = "\u0001";

    private final Handle handle;
    private final boolean embedded;

    /** @param embedded whether it is of H2 */
    SentBook(Handle handle, boolean embedded) {
        this.handle = handle;
        this.embedded = embedded;
    }

    record Old(String id, Instant due) {}

    /** How a delivery was over. */
    enum End {
        SENT,
        DISCARDED;

        private final String oldest = OLDEST.formatted(name(), LONG_AGO, FromNow.by("age"));
        private final String firstSink = FIRST_SINK.formatted(name());
    }

    /**
     * One step of removing.
     *
     * @param gone how many events it removed
     * @param upTo when the last of them was over, where the next step begins
     * @param more whether there may be others
     */
    public record Step(int gone, Instant upTo, boolean more) {
        public static final Step FIRST = new Step(0, Instant.EPOCH, true);
    }

    /** The first sink after this one, by name, with anything that was over so and is kept: it may be of no settings any more. */
    Optional<String> sinkAfter(End end, String sink) {
        return Sql.of(handle, end.firstSink).bind("sink", embedded ? sink + BEHIND : sink).strings().stream()
                .findFirst();
    }

    /**
     * Removes up to {@code limit} events that were over so for a sink longer ago than {@code age}, the oldest first, with what is known of them in its
     * bundles. One whose bundle is still to be written stays: only by it is what waits there found when its order is forgotten. One that
     * somebody is changing now stays for the next time.
     */
    Step remove(End end, String sink, Duration age, Step before, int limit) {
        double seconds = -FromNow.seconds(age);
        List<Old> oldest = Sql.of(handle, end.oldest)
                .bind("sink", sink)
                .bind("age", seconds)
                .bind("from", before.upTo())
                .bind("limit", limit)
                .list(OLD_ONE);
        if (oldest.isEmpty()) {
            return new Step(0, before.upTo(), false);
        }
        int gone = remove(sink, locked(oldest.stream().map(Old::id).toList(), seconds));
        return new Step(gone, oldest.get(oldest.size() - 1).due(), gone > 0 && oldest.size() == limit);
    }

    private List<String> locked(List<String> ids, double age) {
        return Sql.of(handle, LOCKED).bindArray("ids", ids).bind("age", age).strings();
    }

    private int remove(String sink, List<String> ids) {
        Sql.of(handle, "DELETE FROM bundled_event WHERE sink = :sink AND event_id = ANY(:ids)")
                .bind("sink", sink)
                .bindArray("ids", ids)
                .execute();
        return Sql.of(handle, "DELETE FROM outbox WHERE id = ANY(:ids)")
                .bindArray("ids", ids)
                .execute();
    }
}
