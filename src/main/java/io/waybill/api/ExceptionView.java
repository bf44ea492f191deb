package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.ExceptionBook;
import io.waybill.problem.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An exception as people read it: what happened, what it means, what to do, in their language. */
record ExceptionView(Instant now, Locale language, ExceptionFiles files) {
    static final TableExport TABLE = new TableExport(
            "exceptions",
            List.of(
                    "id",
                    "reason",
                    "state",
                    "namespace",
                    "source",
                    "orderId",
                    "subject",
                    "file",
                    "field",
                    "assignee",
                    "happened",
                    "problem",
                    "toDo",
                    "occurrences",
                    "openedAt",
                    "due",
                    "overdue",
                    "closedAt",
                    "closedBy"));

    /** As a row of a table: what it met in words. */
    ObjectNode row(ExceptionBook.Row row) {
        ObjectNode view = of(row);
        List<String> details = view.path("problems").findValuesAsText("detail");
        return view.put("problem", details.isEmpty() ? null : String.join("; ", details));
    }

    ObjectNode of(ExceptionBook.Row row) {
        Messages messages = Messages.in(language);
        String texts = "exception." + row.reason();
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", row.id())
                .put("reason", row.reason())
                .put("state", row.closedAt() == null ? "open" : "closed")
                .put("namespace", row.namespace())
                .put("source", row.source())
                .put("orderId", row.orderId())
                .put("subject", row.subjectId())
                .put("file", files.of(row))
                .put("field", row.field())
                .put("assignee", row.assignee())
                .put("happened", messages.text(texts + ".happened"))
                .put("means", messages.text(texts + ".means"))
                .put("toDo", messages.text(texts + ".todo"));
        ArrayNode problems = view.putArray("problems");
        OrderView.stored(row.problems()).forEach(problem -> problems.add(ProblemJson.error(problem, language)));
        view.put("occurrences", row.occurrences())
                .put("openedAt", row.openedAt().toString())
                .put("age", age(row).toString())
                .put("due", row.due().toString())
                .put("overdue", row.overdue());
        if (row.orderUid() != null) {
            view.put("href", "/v1/orders/" + row.orderUid());
        }
        if (row.closedAt() != null) {
            view.put("closedAt", row.closedAt().toString()).put("closedBy", row.closingFact());
        }
        return view;
    }

    /** How long it has been open, or was, in whole minutes; the database's clock counts. */
    private Duration age(ExceptionBook.Row row) {
        Instant end = row.closedAt() == null ? now : row.closedAt();
        Duration age = Duration.between(row.openedAt(), end);
        return age.isNegative() ? Duration.ZERO : Duration.ofMinutes(age.toMinutes());
    }
}
