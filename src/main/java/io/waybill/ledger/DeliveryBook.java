package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Where the deliveries of the {@link OutboxBook} stand: only looked at here. */
public final class DeliveryBook {
    private static final String COLUMNS =
            "id, sink, type, entity_id, sequence, namespace, state, attempts, due, created_at, sent_at, last_error";

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final Handle handle;

    DeliveryBook(Handle handle) {
        this.handle = handle;
    }

    /** Where a delivery stands. */
    public record Row(
            String id,
            String sink,
            String type,
            String entityId,
            long sequence,
            String namespace,
            String state,
            int attempts,
            Instant due,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}

    /**
     * A delivery and what is told by it.
     *
     * @param payload CloudEvents JSON
     */
    public record Told(Row row, String payload) {}

    /**
     * What one sink is still owed.
     *
     * @param oldest when the oldest waiting event was recorded, or null when none waits
     */
    public record Backlog(
            String sink,
            long waiting,
            long parked,
            @Nullable Instant oldest) {}

    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(rows() + " WHERE id = :id AND " + scope.condition("namespace"))
                        .bind("id", id))
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    /** One with what is told by it, both of one moment: {@link SentBook} may remove it at any. */
    public Optional<Told> told(String id, Namespaces scope) {
        return scope.filter(handle.createQuery("SELECT " + COLUMNS + ", payload FROM outbox WHERE id = :id AND "
                                + scope.condition("namespace"))
                        .bind("id", id))
                .map((row, context) -> new Told(ROW.map(row, context), row.getString("payload")))
                .findOne();
    }

    /** The deliveries of one order, oldest first. */
    public List<Row> of(String orderUid) {
        return handle.createQuery(rows() + " WHERE entity_id = :order ORDER BY sequence, sink")
                .bind("order", orderUid)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** One line for each sink that is owed anything, by name. */
    public List<Backlog> backlog() {
        return handle.createQuery("""
                        SELECT sink, SUM(CASE WHEN state = 'PARKED' THEN 0 ELSE 1 END) AS waiting,
                               SUM(CASE WHEN state = 'PARKED' THEN 1 ELSE 0 END) AS parked,
                               MIN(CASE WHEN state = 'PARKED' THEN NULL ELSE created_at END) AS oldest
                        FROM outbox WHERE state IN ('PENDING', 'CLAIMED', 'PARKED') GROUP BY sink ORDER BY sink""").map(ConstructorMapper.of(Backlog.class)).list();
    }

    private static String rows() {
        return "SELECT " + COLUMNS + " FROM outbox";
    }
}
