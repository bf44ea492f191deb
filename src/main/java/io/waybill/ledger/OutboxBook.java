package io.waybill.ledger;

import io.waybill.ledger.OutboxQueue.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries of events to sinks: PENDING (or, {@link Owed with room}, at once) → CLAIMED → SENT, or back to PENDING after
 * a wait, or PARKED; or, by a person's word, DISCARDED for good. Within one sink an entity's events go in sequence: one is due only
 * when no earlier one is PENDING or CLAIMED. A PARKED one holds nothing back; replayed, it arrives late and its {@code sequence} says so.
 */
public final class OutboxBook {
    static final String COLUMNS = """
            SELECT o.id, o.sink, o.type, o.entity_id, o.sequence, o.namespace, o.subject, o.payload,
                o.attempts, o.last_error
            FROM outbox o \s""";

    private static final String SENT = """
            UPDATE outbox
            SET state = 'SENT', sent_at = CURRENT_TIMESTAMP, owner = NULL, lease_until = NULL, due = CURRENT_TIMESTAMP
            WHERE id = ANY(:ids) AND state = 'CLAIMED' AND owner = :owner AND attempts = :attempts""";

    /** What was said of earlier attempts stays, but not that a hub ended, which was nothing of this event. */
    private static final String ARRIVED =
            "state = 'SENT', sent_at = CURRENT_TIMESTAMP, last_error = CASE WHEN NOT (%s) THEN last_error END"
                    .formatted(CutShort.IS);

    /** That who had it went away says nothing of the sink, but maybe something of the event. */
    private static final String GIVE_BACK = """
            UPDATE outbox
            SET state = 'PENDING', attempts = attempts - 1, owner = NULL, lease_until = NULL, due = CURRENT_TIMESTAMP,
                last_error = %s
            WHERE state = 'CLAIMED' AND owner\s""".formatted(CutShort.ONCE_MORE);

    private static final String PUT_OFF = """
            SELECT o.id FROM outbox o
            WHERE o.state = 'PENDING' AND o.sink = :sink AND o.due > CURRENT_TIMESTAMP
                AND o.attempts BETWEEN 1 AND :attempts AND NOT (%s)
            ORDER BY o.state, o.sink, o.due LIMIT :most""".formatted(CutShort.IS);

    private static final String MINE =
            " WHERE id = :id AND state = 'CLAIMED' AND owner = :owner AND attempts = :attempts";

    static final RecordMapper<Claim> CLAIM = RecordMapper.of(Claim.class);

    private final Handle handle;
    private final OutboxQueue queue;

    OutboxBook(Handle handle, boolean embedded) {
        this.handle = handle;
        this.queue = new OutboxQueue(handle, embedded);
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
        return queue.anyDue(When.ABANDONED, sink) || queue.anyDue(When.WAITING, sink);
    }

    /** Takes up to {@code limit} due events of one sink, no two of one entity. An unfinished claim is due again after {@code lease}. */
    public List<Claim> claim(String sink, String owner, Duration lease, int limit) {
        List<Claim> taken = new ArrayList<>(queue.take(When.ABANDONED, sink, owner, lease, limit));
        taken.addAll(queue.take(When.WAITING, sink, owner, lease, limit - taken.size()));
        return taken;
    }

    /** The same without those whose claim ran out, which need a look now and then only. */
    public List<Claim> claimWaiting(String sink, String owner, Duration lease, int limit) {
        return queue.take(When.WAITING, sink, owner, lease, limit);
    }

    /** The sink took it. False when the claim was no longer ours. */
    public boolean sent(Claim claim, String owner) {
        return finish(claim, owner, ARRIVED, Duration.ZERO).execute() == 1;
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

    /**
     * Those of a sink that wait after a failure and are due next, now: not what was {@link CutShort cut short}.
     *
     * @param attempts one that was tried more often waits on
     * @return how many
     */
    public int wake(String sink, int attempts, int most) {
        List<String> ids = Sql.of(handle, PUT_OFF)
                .bind("sink", sink)
                .bind("attempts", attempts)
                .bind("most", most)
                .strings();
        return ids.isEmpty()
                ? 0
                : Sql.of(
                                handle,
                                "UPDATE outbox SET due = CURRENT_TIMESTAMP"
                                        + " WHERE id = ANY(:ids) AND state = 'PENDING' AND due > CURRENT_TIMESTAMP")
                        .bindArray("ids", ids)
                        .execute();
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
        return finish(claim, owner, "state = 'PENDING', attempts = attempts - 1", wait)
                        .execute()
                == 1;
    }

    private boolean finish(Claim claim, String owner, String change, Duration wait, String error) {
        return finish(claim, owner, change + ", last_error = :error", wait)
                        .bind("error", error)
                        .execute()
                == 1;
    }

    private Update finish(Claim claim, String owner, String change, Duration wait) {
        return handle.createUpdate("UPDATE outbox SET " + change + ", owner = NULL, lease_until = NULL, due = "
                        + FromNow.by("wait") + MINE)
                .bind("id", claim.id())
                .bind("owner", owner)
                .bind("attempts", claim.attempts())
                .bind("wait", FromNow.seconds(wait));
    }

    /**
     * Whether the order it tells of was forgotten since it was read. Until the transaction is over nobody forgets it, so that whoever
     * does finds what is written of it here.
     *
     * @param told its payload, as it was read
     */
    public boolean isForgottenSince(String id, String told) {
        return handle.createQuery("SELECT payload FROM outbox WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .filter(now -> !now.equals(told))
                .isPresent();
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
     * receiver. False when it is being sent right now, or was discarded.
     */
    public boolean replay(String id) {
        return handle.createUpdate("""
                        UPDATE outbox SET state = 'PENDING', attempts = 0, due = CURRENT_TIMESTAMP, sent_at = NULL,
                            last_error = CASE %s
                                WHEN state = 'PARKED' THEN COALESCE(last_error, 'erased') ELSE last_error END
                        WHERE id = :id AND state NOT IN ('CLAIMED', 'DISCARDED')""".formatted(CutShort.ANEW)).bind("id", id).execute() == 1;
    }

    /** Is never sent again: parked, or waiting, as for a sink there is no more. False when it is neither; {@code due} says since when. */
    public boolean discard(String id) {
        return handle.createUpdate("UPDATE outbox SET state = 'DISCARDED', due = CURRENT_TIMESTAMP"
                                + " WHERE id = :id AND state IN ('PARKED', 'PENDING')")
                        .bind("id", id)
                        .execute()
                == 1;
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
