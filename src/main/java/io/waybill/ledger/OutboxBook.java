package io.waybill.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries of events to sinks: PENDING (or, {@link Owed with room}, at once) → CLAIMED → SENT, or back to PENDING after
 * a wait, or PARKED. Within one sink an entity's events go in sequence: one is due only when no earlier one is PENDING or
 * CLAIMED. A PARKED one holds nothing back; replayed, it arrives late and its {@code sequence} says so.
 */
public final class OutboxBook {
    private static final String COLUMNS = """
            SELECT o.id, o.sink, o.type, o.entity_id, o.sequence, o.namespace, o.subject, o.payload,
                o.attempts, o.last_error
            FROM outbox o \s""";

    /** Counted, because PostgreSQL makes a join of all that waits out of a NOT EXISTS, and reads it all for every batch. */
    static final String FIRST_OF_ITS_ENTITY = """
            0 = (SELECT COUNT(*) FROM outbox e WHERE e.sink = o.sink AND e.entity_id = o.entity_id
                 AND e.sequence < o.sequence AND e.state IN ('PENDING', 'CLAIMED'))""";

    private static final String TAKE =
            "UPDATE outbox SET state = 'CLAIMED', owner = :owner, attempts = attempts + 1, lease_until = "
                    + FromNow.by("lease") + " WHERE id = ANY(:taken)";

    /** What is due. */
    private enum When {
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

    private static final String SENT = """
            UPDATE outbox
            SET state = 'SENT', sent_at = CURRENT_TIMESTAMP, owner = NULL, lease_until = NULL, due = CURRENT_TIMESTAMP
            WHERE id = ANY(:ids) AND state = 'CLAIMED' AND owner = :owner AND attempts = :attempts""";

    /** That who had it went away says nothing of the sink, but maybe something of the event. */
    private static final String GIVE_BACK = """
            UPDATE outbox
            SET state = 'PENDING', attempts = attempts - 1, owner = NULL, lease_until = NULL, due = CURRENT_TIMESTAMP,
                last_error = %s
            WHERE state = 'CLAIMED' AND owner\s""".formatted(CutShort.ONCE_MORE);

    private static final String MINE =
            " WHERE id = :id AND state = 'CLAIMED' AND owner = :owner AND attempts = :attempts";

    private static final RecordMapper<Claim> CLAIM = RecordMapper.of(Claim.class);

    private final Handle handle;
    private final boolean embedded;

    /** @param embedded whether it is of H2, which needs three statements where PostgreSQL takes one */
    OutboxBook(Handle handle, boolean embedded) {
        this.handle = handle;
        this.embedded = embedded;
    }

    /**
     * One event on its way to one sink.
     *
     * @param id the event's id, the same on every attempt
     * @param payload CloudEvents JSON
     * @param attempts how often it was claimed, this time included, claims of nodes that went away left out; with the owner it is the
     *     fence of the claim
     * @param lastError why an earlier attempt failed, {@code erased} once its order was forgotten, how often it was {@link CutShort cut
     *     short}, or null when none did
     */
    public record Claim(
            String id,
            String sink,
            String type,
            String entityId,
            long sequence,
            String namespace,
            String subject,
            String payload,
            int attempts,
            @Nullable String lastError) {}

    /** Whether {@link #claim} would find anything. */
    public boolean anyDue(String sink) {
        return !due(When.ABANDONED, sink, 1).isEmpty()
                || !due(When.WAITING, sink, 1).isEmpty();
    }

    /** Takes up to {@code limit} due events of one sink, no two of one entity. An unfinished claim is due again after {@code lease}. */
    public List<Claim> claim(String sink, String owner, Duration lease, int limit) {
        List<Claim> taken = new ArrayList<>(take(When.ABANDONED, sink, owner, lease, limit));
        taken.addAll(take(When.WAITING, sink, owner, lease, limit - taken.size()));
        return taken;
    }

    /** The same without those whose claim ran out, which need a look now and then only. */
    public List<Claim> claimWaiting(String sink, String owner, Duration lease, int limit) {
        return take(When.WAITING, sink, owner, lease, limit);
    }

    /** On PostgreSQL the first that no other node has locked; H2 has one node. */
    private List<Claim> take(When when, String sink, String owner, Duration lease, int limit) {
        return embedded
                ? take(lock(when, sink, limit), owner, lease)
                : Sql.of(handle, when.takeInOne)
                        .bind("owner", owner)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("sink", sink)
                        .bind("limit", limit)
                        .list(CLAIM)
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
                        COLUMNS + "WHERE o.id = ANY(:due) AND " + when.condition
                                + " ORDER BY o.due, o.id LIMIT :limit FOR UPDATE SKIP LOCKED")
                .bindArray("due", due)
                .bind("sink", sink)
                .bind("limit", limit)
                .list(CLAIM);
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
        return locked.stream().map(OutboxBook::taken).toList();
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

    /** The sink took it. False when the claim was no longer ours. */
    public boolean sent(Claim claim, String owner) {
        return finish(
                claim, owner, "state = 'SENT', sent_at = CURRENT_TIMESTAMP", Duration.ZERO, CutShort.onArrival(claim));
    }

    /** The sink took all of these. One whose claim was no longer ours changes nothing. */
    public void sent(List<Claim> claims, String owner) {
        Map<Integer, List<String>> byAttempts = claims.stream()
                .collect(Collectors.groupingBy(Claim::attempts, Collectors.mapping(Claim::id, Collectors.toList())));
        byAttempts.forEach((attempts, ids) -> Sql.of(handle, SENT)
                .bindArray("ids", ids)
                .bind("owner", owner)
                .bind("attempts", attempts.intValue())
                .execute());
    }

    /** The sink did not take it: due again after {@code wait}. */
    public boolean backOff(Claim claim, String owner, Duration wait, String error) {
        return finish(claim, owner, "state = 'PENDING'", wait, error);
    }

    /** The sink did not take it and is not tried again until a {@link #replay}. */
    public boolean park(Claim claim, String owner, String error) {
        return finish(claim, owner, "state = 'PARKED'", Duration.ZERO, error);
    }

    /**
     * Counts that one which was {@link CutShort cut short} begins once more; to be on disk before it does.
     *
     * @return false when the claim was no longer ours
     */
    public boolean beginAgain(Claim claim, String owner) {
        return Sql.of(handle, "UPDATE outbox SET last_error = :error" + MINE)
                        .bind("error", CutShort.words(CutShort.times(claim.lastError()) + 1))
                        .bind("id", claim.id())
                        .bind("owner", owner)
                        .bind("attempts", claim.attempts())
                        .execute()
                == 1;
    }

    /** Not tried after all; the attempt does not count. */
    public boolean release(Claim claim, String owner) {
        return release(claim, owner, Duration.ZERO);
    }

    /** The same, and due again after {@code wait}. */
    public boolean release(Claim claim, String owner, Duration wait) {
        return finish(claim, owner, "state = 'PENDING', attempts = attempts - 1", wait, claim.lastError());
    }

    private boolean finish(Claim claim, String owner, String change, Duration wait, @Nullable String error) {
        return handle.createUpdate("UPDATE outbox SET " + change
                                + ", owner = NULL, lease_until = NULL, last_error = :error, due = "
                                + FromNow.by("wait") + MINE)
                        .bind("id", claim.id())
                        .bind("owner", owner)
                        .bind("attempts", claim.attempts())
                        .bind("wait", FromNow.seconds(wait))
                        .bind("error", error)
                        .execute()
                == 1;
    }

    /** Every claim of anyone else is over, and does not count as an attempt: for a single node that has just started. */
    public int endLeases(String owner) {
        return handle.createUpdate(GIVE_BACK + "<> :owner").bind("owner", owner).execute();
    }

    /** The same of every claim of a node that is gone. */
    public int endLeasesOf(String owner) {
        return handle.createUpdate(GIVE_BACK + "= :owner").bind("owner", owner).execute();
    }

    /**
     * Sends an event again under its id, at once and with all attempts before it: parked, waiting, or sent and lost by its
     * receiver. False when it is being sent right now.
     */
    public boolean replay(String id) {
        return handle.createUpdate("""
                        UPDATE outbox SET state = 'PENDING', attempts = 0, due = CURRENT_TIMESTAMP, sent_at = NULL,
                            last_error = CASE %s
                                WHEN state = 'PARKED' THEN COALESCE(last_error, 'erased') ELSE last_error END
                        WHERE id = :id AND state <> 'CLAIMED'""".formatted(CutShort.ANEW)).bind("id", id).execute() == 1;
    }

    /** The event a sink was told last of those that are kept, or when there is none one it is to be told. */
    public Optional<Claim> newest(String sink, Namespaces scope) {
        return Stream.of("SENT", "PENDING", "PARKED")
                .flatMap(state -> newest(state, sink, scope).stream())
                .findFirst();
    }

    private Optional<Claim> newest(String state, String sink, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + "WHERE o.state = :state AND o.sink = :sink AND "
                                + scope.condition("o.namespace")
                                + " ORDER BY o.state DESC, o.sink DESC, o.due DESC LIMIT 1")
                        .bind("state", state)
                        .bind("sink", sink))
                .map(ConstructorMapper.of(Claim.class))
                .findOne();
    }
}
