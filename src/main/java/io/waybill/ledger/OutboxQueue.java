package io.waybill.ledger;

import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which deliveries are due; those that are taken are CLAIMED. */
final class OutboxQueue {
    /** Counted, because PostgreSQL makes a join of all that waits out of a NOT EXISTS, and reads it all for every batch. */
    static final String FIRST_OF_ITS_ENTITY = """
            0 = (SELECT COUNT(*) FROM outbox e WHERE e.sink = o.sink AND e.entity_id = o.entity_id
                 AND e.sequence < o.sequence AND e.state IN ('PENDING', 'CLAIMED'))""";

    private static final String TAKE =
            "UPDATE outbox SET state = 'CLAIMED', owner = :owner, attempts = attempts + 1, lease_until = "
                    + FromNow.by("lease") + " WHERE id = ANY(:taken)";

    /** What is due. */
    enum When {
        WAITING("o.state = 'PENDING' AND o.sink = :sink AND o.due <= CURRENT_TIMESTAMP"),
        ABANDONED("o.state = 'CLAIMED' AND o.sink = :sink AND o.lease_until <= CURRENT_TIMESTAMP");

        private final String condition;
        private final String takeInOne;

        When(String condition) {
            this.condition = condition;
            this.takeInOne = """
                    UPDATE outbox SET state = 'CLAIMED', owner = :owner, attempts = attempts + 1, lease_until = %s
                    WHERE id = ANY(ARRAY(
                        SELECT o.id FROM outbox o WHERE %s AND %s
                        ORDER BY o.state, o.sink, o.due LIMIT :limit FOR UPDATE SKIP LOCKED))
                    RETURNING id, sink, type, entity_id, sequence, namespace, subject, payload, attempts, last_error
                    """.formatted(FromNow.by("lease"), condition, FIRST_OF_ITS_ENTITY);
        }
    }

    private final Handle handle;
    private final boolean embedded;

    /** @param embedded whether it is of H2, which needs three statements where PostgreSQL takes one */
    OutboxQueue(Handle handle, boolean embedded) {
        this.handle = handle;
        this.embedded = embedded;
    }

    boolean anyDue(When when, String sink) {
        return !due(when, sink, 1).isEmpty();
    }

    /** Takes up to so many, no two of one entity: on PostgreSQL the first that no other node has locked; H2 has one node. */
    List<Claim> take(When when, String sink, String owner, Duration lease, int limit) {
        return embedded
                ? take(lock(when, sink, limit), owner, lease)
                : Sql.of(handle, when.takeInOne)
                        .bind("owner", owner)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("sink", sink)
                        .bind("limit", limit)
                        .list(OutboxBook.CLAIM)
                        .stream()
                        .sorted(Comparator.comparing(Claim::id))
                        .toList();
    }

    /** Ordered by the whole index {@code outbox_due}, so that a long backlog is read only as far as the limit. */
    private List<String> due(When when, String sink, int limit) {
        return Sql.of(
                        handle,
                        "SELECT o.id FROM outbox o WHERE " + when.condition + " AND " + FIRST_OF_ITS_ENTITY
                                + " ORDER BY o.state, o.sink, o.due LIMIT :limit")
                .bind("sink", sink)
                .bind("limit", limit)
                .strings();
    }

    /** Two steps, because H2 locks every row that is due before it looks at the limit. */
    private List<Claim> lock(When when, String sink, int limit) {
        List<String> due = due(when, sink, limit);
        if (due.isEmpty()) {
            return List.of();
        }
        return Sql.of(
                        handle,
                        OutboxBook.COLUMNS + "WHERE o.id = ANY(:due) AND " + when.condition
                                + " ORDER BY o.due, o.id LIMIT :limit FOR UPDATE SKIP LOCKED")
                .bindArray("due", due)
                .bind("sink", sink)
                .bind("limit", limit)
                .list(OutboxBook.CLAIM);
    }

    private List<Claim> take(List<Claim> locked, String owner, Duration lease) {
        if (locked.isEmpty()) {
            return locked;
        }
        Sql.of(handle, TAKE)
                .bind("owner", owner)
                .bind("lease", FromNow.seconds(lease))
                .bindArray("taken", locked.stream().map(Claim::id).toList())
                .execute();
        return locked.stream().map(OutboxQueue::taken).toList();
    }

    private static Claim taken(Claim row) {
        return new Claim(
                row.id(),
                row.sink(),
                row.type(),
                row.entityId(),
                row.sequence(),
                row.namespace(),
                row.subject(),
                row.payload(),
                row.attempts() + 1,
                row.lastError());
    }
}
