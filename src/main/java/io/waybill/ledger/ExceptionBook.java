package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            SELECT id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id, problems, assignee,
                   occurrences, opened_at, due, closed_at, closing_fact
            FROM exception""";

    private static final String OPEN = """
            INSERT INTO exception (id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id,
                open_slot, problems, occurrences, opened_at, due)
            VALUES (:id, :reason, :namespace, :source, :orderUid, :orderId, :shipment, :subject,
                :slot, :problems, 1, CURRENT_TIMESTAMP, %s)""".formatted(FromNow.by("due"));

    private static final String AGAIN = """
            UPDATE exception SET occurrences = occurrences + 1, problems = :problems
            WHERE open_slot = :slot""";

    private static final String CLOSE = """
            UPDATE exception SET closed_at = CURRENT_TIMESTAMP, closing_fact = :fact, open_slot = NULL
            WHERE id = :id""";

    private final Handle handle;
    private final EventBook events;

    ExceptionBook(Handle handle, EventBook events) {
        this.handle = handle;
        this.events = events;
    }

    /**
     * An exception, open or closed.
     *
     * @param problems JSON list of problems: what happened, what it means, what to do
     */
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
        if (handle.createUpdate(AGAIN)
                        .bind("problems", problems)
                        .bind("slot", slot)
                        .execute()
                > 0) {
            return;
        }
        String id = Ids.next("exc");
        handle.createUpdate(OPEN)
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
            ObjectNode facts = about(id, reason, subject);
            facts.set("problems", Trees.read(problems));
            events.emit(order, shipment, "exception.opened", facts);
        }
    }

    /** Closes what is open for this reason and subject, by the fact that settled it. */
    public void close(String reason, String subject, String fact, @Nullable OrderRow order) {
        Optional<Row> known = handle.createQuery(COLUMNS + " WHERE open_slot = :slot")
                .bind("slot", reason + "/" + subject)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
        known.ifPresent(row -> close(row, fact, order));
    }

    /** What an exception is about: its reason, and the shipment, delivery or document. */
    public record About(String reason, String subject) {
        public static List<About> each(List<String> reasons, String subject) {
            return reasons.stream().map(reason -> new About(reason, subject)).toList();
        }

        private String slot() {
            return reason + "/" + subject;
        }
    }

    /** {@link #close} of whichever of these are open. */
    public void close(List<About> abouts, String fact, @Nullable OrderRow order) {
        handle.createQuery(COLUMNS + " WHERE open_slot IN (<slots>) ORDER BY id")
                .bindList("slots", abouts.stream().map(About::slot).toList())
                .map(ConstructorMapper.of(Row.class))
                .list()
                .forEach(row -> close(row, fact, order));
    }

    private void close(Row row, String fact, @Nullable OrderRow order) {
        handle.createUpdate(CLOSE).bind("fact", fact).bind("id", row.id()).execute();
        if (order != null) {
            events.emit(
                    order,
                    row.shipmentUid(),
                    "exception.closed",
                    about(row.id(), row.reason(), row.subjectId()).put("fact", fact));
        }
    }

    public boolean isOpen(String reason, String subject) {
        return handle.createQuery("SELECT COUNT(*) FROM exception WHERE open_slot = :slot")
                        .bind("slot", reason + "/" + subject)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static ObjectNode about(String id, String reason, String subject) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("exceptionId", id)
                .put("reason", reason)
                .put("subject", subject);
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
