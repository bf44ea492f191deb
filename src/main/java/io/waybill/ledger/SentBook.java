package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Events that their sinks took, for as long as they are kept. What is still to be told is not among them. */
public final class SentBook {
    private static final String LONG_AGO = "o.sent_at < " + FromNow.by("age");

    /**
     * What is sent is due no more, and {@code due} says since when: so the index {@code outbox_due} has the oldest first, and is read
     * from where the step before ended. Counted, because PostgreSQL makes a join of all that was gathered out of a NOT EXISTS.
     */
    private static final String OLDEST = """
            SELECT o.id, o.due FROM outbox o
            WHERE o.state = 'SENT' AND %s AND o.sink = :sink AND o.due BETWEEN CAST(:from AS TIMESTAMP WITH TIME ZONE) AND %s
                AND 0 = (SELECT COUNT(*) FROM bundled_event b WHERE b.sink = o.sink AND b.event_id = o.id AND b.content IS NOT NULL)
            ORDER BY o.state, o.sink, o.due LIMIT :limit""".formatted(LONG_AGO, FromNow.by("age"));

    /**
     * Those that are sent still: one may just have been asked for again. Not by {@code state = 'SENT'}, for which PostgreSQL may look through
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

    /**
     * One step of removing.
     *
     * @param gone how many events it removed
     * @param upTo when the last of them was sent, where the next step begins
     * @param more whether there may be others
     */
    public record Step(int gone, Instant upTo, boolean more) {
        public static final Step FIRST = new Step(0, Instant.EPOCH, true);
    }

    /** The first sink after this one, by name, that took anything which is kept: it may be of no settings any more. */
    public Optional<String> sinkAfter(String sink) {
        return Sql.of(
                        handle,
                        "SELECT sink FROM outbox WHERE state = 'SENT' AND sink > :sink ORDER BY state, sink LIMIT 1")
                .bind("sink", embedded ? sink + BEHIND : sink)
                .strings()
                .stream()
                .findFirst();
    }

    /**
     * Removes up to {@code limit} events a sink took longer ago than {@code age}, the oldest first, with what is known of them in its
     * bundles. One whose bundle is still to be written stays: only by it is what waits there found when its order is forgotten. One that
     * somebody is changing now stays for the next time.
     */
    public Step remove(String sink, Duration age, Step before, int limit) {
        double seconds = -FromNow.seconds(age);
        List<Old> oldest = Sql.of(handle, OLDEST)
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
