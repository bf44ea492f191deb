package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What needs a person. One open row for a {@link Reason} and a subject; it is closed by a {@link Fact}, and both are told
 * to the sinks.
 */
public final class ExceptionBook {
    private static final int LONGEST_FIELD = 200;

    private static final String COLUMNS = """
            SELECT id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id, problems, field, assignee,
                   occurrences, opened_at, due, closed_at, closing_fact,
                   CASE WHEN closed_at IS NULL AND due < CURRENT_TIMESTAMP THEN TRUE ELSE FALSE END AS overdue
            FROM exception e""";

    private static final String OPEN = """
            INSERT INTO exception (id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id,
                open_slot, problems, field, occurrences, opened_at, due)
            VALUES (:id, :reason, :namespace, :source, :orderUid, :orderId, :shipment, :subject,
                :slot, :problems, :field, 1, CURRENT_TIMESTAMP, %s)""".formatted(FromNow.by("due"));

    private static final String AGAIN = """
            UPDATE exception SET occurrences = occurrences + 1, problems = :problems, field = :field
            WHERE open_slot = :slot""";

    private static final String OPEN_IN = COLUMNS + " WHERE open_slot = ANY(:slots) ORDER BY id";

    private static final String CLOSE = """
            UPDATE exception SET closed_at = CURRENT_TIMESTAMP, closing_fact = :fact, open_slot = NULL
            WHERE id = :id AND closed_at IS NULL""";

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final Handle handle;
    private final ExceptionEvents events;
    private final Subscriptions subscriptions;
    private final Dues dues;

    ExceptionBook(Handle handle, EventBook events, Subscriptions subscriptions, Dues dues) {
        this.handle = handle;
        this.events = new ExceptionEvents(handle, events);
        this.subscriptions = subscriptions;
        this.dues = dues;
    }

    /**
     * An exception, open or closed.
     *
     * @param reason a {@link Reason#code()}
     * @param problems JSON list of problems: what happened the last time
     * @param field pointer of the field at fault, places in lists left out: {@code /items/*}
     * @param assignee who looks after it
     * @param occurrences how often it has happened
     * @param closingFact a {@link Fact#word()}
     * @param overdue open, and nobody has settled it in time
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
            @Nullable String field,
            @Nullable String assignee,
            int occurrences,
            Instant openedAt,
            Instant due,
            @Nullable Instant closedAt,
            @Nullable String closingFact,
            boolean overdue) {}

    /**
     * Opens an exception, or counts one more occurrence of the one already open.
     *
     * @param subject what it is about: a shipment, a delivery, a document
     * @param problems JSON list
     */
    public void open(
            Reason reason,
            String subject,
            String namespace,
            @Nullable OrderRow order,
            @Nullable String shipment,
            @Nullable String source,
            String problems) {
        open(reason, subject, namespace, order, order == null ? null : order.orderId(), shipment, source, problems);
    }

    /** The same of what would be an order of this number, and is none yet. */
    public void openNumbered(
            Reason reason, String subject, String namespace, @Nullable String number, String source, String problems) {
        open(reason, subject, namespace, null, number, null, source, problems);
    }

    private void open(
            Reason reason,
            String subject,
            String namespace,
            @Nullable OrderRow order,
            @Nullable String number,
            @Nullable String shipment,
            @Nullable String source,
            String problems) {
        if (!subscriptions.opens(namespace, reason)) {
            return;
        }
        String field = field(problems);
        int again = handle.createUpdate(AGAIN)
                .bind("problems", problems)
                .bind("field", field)
                .bind("slot", slot(reason, subject))
                .execute();
        if (again > 0) {
            return;
        }
        String id = Ids.next("exc");
        handle.createUpdate(OPEN)
                .bind("id", id)
                .bind("reason", reason.code())
                .bind("namespace", namespace)
                .bind("source", source)
                .bind("orderUid", order == null ? null : order.id())
                .bind("orderId", number)
                .bind("shipment", shipment)
                .bind("subject", subject)
                .bind("slot", slot(reason, subject))
                .bind("problems", problems)
                .bind("field", field)
                .bind("due", FromNow.seconds(dues.of(reason)))
                .execute();
        events.opened(find(id, Namespaces.ALL).orElseThrow());
    }

    /** Closes whatever is open for one of these subjects and settled by this fact. */
    public void closeBy(Fact fact, String... subjects) {
        closeBy(fact, List.of(subjects));
    }

    public void closeBy(Fact fact, List<String> subjects) {
        close(fact, openFor(fact, subjects).get());
    }

    /** What is open for one of these subjects and would be settled by this fact. */
    public Asked<List<Row>> openFor(Fact fact, List<String> subjects) {
        return openIn(Arrays.stream(Reason.values())
                .filter(reason -> reason.facts().contains(fact))
                .flatMap(reason -> subjects.stream().map(subject -> slot(reason, subject)))
                .toList());
    }

    /** Closes one of the exceptions this fact can settle, and no other. */
    public void close(Reason reason, Fact fact, String subject) {
        close(fact, openIn(List.of(slot(reason, subject))).get());
    }

    /** The one that is open for this reason. */
    public Optional<Row> openOf(Reason reason, String subject) {
        return openIn(List.of(slot(reason, subject))).get().stream().findFirst();
    }

    private Asked<List<Row>> openIn(List<String> slots) {
        return Sql.of(handle, OPEN_IN).bindArray("slots", slots).ask(ROW);
    }

    /** Closes these, which this fact settles; one that another transaction closed since they were looked for stays as that left it. */
    public void close(Fact fact, List<Row> open) {
        for (Row row : open) {
            int closed = handle.createUpdate(CLOSE)
                    .bind("fact", fact.word())
                    .bind("id", row.id())
                    .execute();
            if (closed == 1) {
                events.closed(row, fact);
            }
        }
    }

    /** Hands an open exception to somebody; null to nobody. False when it was closed meanwhile. */
    public boolean assign(String id, @Nullable String assignee) {
        return handle.createUpdate("UPDATE exception SET assignee = :assignee WHERE id = :id AND closed_at IS NULL")
                        .bind("assignee", assignee)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /**
     * {@link #assign}, unless somebody has it by now who is neither of these: false as well, and whoever that is keeps it.
     *
     * @param was who had it when this was wanted; empty where nobody had
     */
    public boolean reassign(String id, String was, @Nullable String assignee) {
        return handle.createUpdate("UPDATE exception SET assignee = :assignee WHERE id = :id AND closed_at IS NULL"
                                + " AND (assignee IS NULL OR assignee IN (:was, :assignee))")
                        .bind("was", was)
                        .bind("assignee", assignee)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    public boolean isOpen(Reason reason, String subject) {
        return handle.createQuery("SELECT COUNT(*) FROM exception WHERE open_slot = :slot")
                        .bind("slot", slot(reason, subject))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Open ones, most urgent first; or closed ones, newest first. What is opened or closed meanwhile moves no other row. */
    public List<Row> search(ExceptionSearch search, Namespaces scope) {
        return search.query(handle, COLUMNS, scope).map(ROW).list();
    }

    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE id = :id AND " + scope.condition("namespace"))
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    private static String slot(Reason reason, String subject) {
        return reason.code() + "/" + subject;
    }

    /** The first field at fault. */
    private static @Nullable String field(String problems) {
        return StreamSupport.stream(Json.kept(problems).spliterator(), false)
                .map(problem -> problem.path("pointer"))
                .filter(JsonNode::isTextual)
                .map(pointer -> pointer.textValue().replaceAll("/\\d+(?=/|$)", "/*"))
                .filter(pointer -> !pointer.isEmpty() && pointer.length() <= LONGEST_FIELD)
                .findFirst()
                .orElse(null);
    }
}
