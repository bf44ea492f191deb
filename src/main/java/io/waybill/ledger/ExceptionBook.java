package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What needs a person. One open row for a reason and a subject; it closes by a fact. */
public final class ExceptionBook {
    private static final String COLUMNS = """
            SELECT id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id, problems, assignee, occurrences,
                   opened_at, due, closed_at, closing_fact
            FROM exception""";

    private final Handle handle;
    private final EventBook events;

    ExceptionBook(Handle handle, EventBook events) {
        this.handle = handle;
        this.events = events;
    }

    /** @param problems JSON list of problems: what happened, what it means, what to do */
    public record Row(
            String id,
            String reason,
            String namespace,
            @Nullable String source,
            @Nullable String orderUid,
            @Nullable String orderId,
            @Nullable String shipmentUid,
            String subjectId,
            String problems,
            @Nullable String assignee,
            int occurrences,
            Instant openedAt,
            Instant due,
            @Nullable Instant closedAt,
            @Nullable String closingFact) {}

    /**
     * Opens an exception, or counts one more occurrence of the one already open.
     *
     * @param reason {@code order-rejected | carrier-refused | purchase-unresolved | delivery-parked | …}
     * @param subject what it is about: a shipment, a delivery, a document
     */
    public void open(
            String reason,
            String subject,
            String namespace,
            @Nullable OrderRow order,
            @Nullable String shipment,
            @Nullable String source,
            Duration dueIn,
            String problems) {
        String slot = reason + "/" + subject;
        int known = handle.createUpdate(
                        "UPDATE exception SET occurrences = occurrences + 1, problems = :problems WHERE open_slot = :slot")
                .bind("problems", problems)
                .bind("slot", slot)
                .execute();
        if (known > 0) {
            return;
        }
        String id = Ids.next("exc");
        handle.createUpdate(
                        "INSERT INTO exception (id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id, open_slot, problems, occurrences, opened_at, due)"
                                + " VALUES (:id, :reason, :namespace, :source, :orderUid, :orderId, :shipment, :subject, :slot, :problems, 1, CURRENT_TIMESTAMP, "
                                + FromNow.by("due") + ")")
                .bind("id", id)
                .bind("reason", reason)
                .bind("namespace", namespace)
                .bind("source", source)
                .bind("orderUid", order == null ? null : order.id())
                .bind("orderId", order == null ? null : order.orderId())
                .bind("shipment", shipment)
                .bind("subject", subject)
                .bind("slot", slot)
                .bind("problems", problems)
                .bind("due", FromNow.seconds(dueIn))
                .execute();
        if (order != null) {
            events.emit(
                    order,
                    shipment,
                    "exception.opened",
                    JsonNodeFactory.instance.objectNode().put("exceptionId", id).put("reason", reason));
        }
    }

    /** Closes what is open for this reason and subject, by the fact that settled it. */
    public void close(String reason, String subject, String fact, @Nullable OrderRow order) {
        Optional<String> id = handle.createQuery("SELECT id FROM exception WHERE open_slot = :slot")
                .bind("slot", reason + "/" + subject)
                .mapTo(String.class)
                .findOne();
        if (id.isEmpty()) {
            return;
        }
        handle.createUpdate(
                        "UPDATE exception SET closed_at = CURRENT_TIMESTAMP, closing_fact = :fact, open_slot = NULL WHERE id = :id")
                .bind("fact", fact)
                .bind("id", id.get())
                .execute();
        if (order != null) {
            events.emit(
                    order,
                    null,
                    "exception.closed",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("exceptionId", id.get())
                            .put("reason", reason)
                            .put("fact", fact));
        }
    }

    /** Open ones, most urgent first. */
    public List<Row> open(Namespaces scope, int limit) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE closed_at IS NULL AND " + scope.condition("namespace")
                                + " ORDER BY due, id LIMIT :limit")
                        .bind("limit", limit))
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE id = :id AND " + scope.condition("namespace"))
                        .bind("id", id))
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }
}
