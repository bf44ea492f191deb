package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Exceptions as a person at a terminal reads them. */
record ExceptionsScreen(Terminal terminal) {

    void list(JsonNode answer, boolean closed) {
        JsonNode items = answer.path("items");
        long overdue = StreamSupport.stream(items.spliterator(), false)
                .filter(row -> row.path("overdue").asBoolean())
                .count();
        terminal.say(closed ? "exceptions.closed" : "exceptions.open", "count", items.size(), "overdue", overdue);
        Columns table = new Columns(
                heads("id", closed ? "closed" : "due", "reason", "order", "source", "assignee", "times", "happened"));
        items.forEach(row -> table.row(List.of(
                row.path("id").asText(),
                closed ? row.path("closedBy").asText() : due(row),
                row.path("reason").asText(),
                text(row, "orderId"),
                text(row, "source"),
                text(row, "assignee"),
                row.path("occurrences").asText(),
                happened(row))));
        show(table, items);
        if (answer.hasNonNull("next")) {
            terminal.say("exceptions.more", "cursor", answer.path("next").asText());
        }
    }

    void one(JsonNode row) {
        label("reason", row.path("reason").asText());
        label("happened", row.path("happened").asText());
        row.path("problems").forEach(problem -> {
            label(
                    "problem",
                    Stream.of(place(problem), text(problem, "pointer"), said(problem), text(problem, "hint"))
                            .filter(part -> !part.isEmpty())
                            .reduce((a, b) -> a + " – " + b)
                            .orElse(""));
        });
        label("means", row.path("means").asText());
        label("todo", row.path("toDo").asText());
        label("order", text(row, "orderId"));
        label("source", text(row, "source"));
        label("file", text(row, "file"));
        label("field", text(row, "field"));
        label("assignee", text(row, "assignee"));
        label("occurrences", row.path("occurrences").asText());
        label("opened", row.path("openedAt").asText());
        if (row.hasNonNull("closedAt")) {
            label("closed", row.path("closedAt").asText() + " – " + text(row, "closedBy"));
        } else {
            label("due", row.path("due").asText() + " – " + due(row));
        }
    }

    void causes(JsonNode answer) {
        JsonNode items = answer.path("items");
        List<String> columns = items.isEmpty()
                ? List.of()
                : Stream.of("source", "field", "reason")
                        .filter(column -> items.path(0).has(column))
                        .toList();
        Columns table =
                new Columns(heads(Stream.of(Stream.of("week"), columns.stream(), Stream.of("opened", "still", "times"))
                        .flatMap(names -> names)
                        .toArray(String[]::new)));
        items.forEach(row -> table.row(
                Stream.of(Stream.of("week"), columns.stream(), Stream.of("opened", "stillOpen", "occurrences"))
                        .flatMap(names -> names)
                        .map(name -> text(row, name))
                        .toList()));
        table.lines().forEach(terminal::line);
    }

    private void show(Columns table, JsonNode items) {
        if (!items.isEmpty()) {
            table.lines().forEach(terminal::line);
        }
    }

    private void label(String name, String value) {
        if (!value.isEmpty()) {
            String label = messages().text("exceptions.label." + name);
            terminal.line(
                    label + " ".repeat(Math.max(1, 18 - Columns.width(label))) + value.replaceAll("\\p{Cntrl}+", " "));
        }
    }

    /** The first problem says more than the reason alone. */
    private String happened(JsonNode row) {
        JsonNode problem = row.path("problems").path(0);
        String said = problem.isMissingNode() ? text(row, "happened") : text(problem, "detail");
        String pointer = text(problem, "pointer");
        String where = Stream.of(text(row, "file"), rowOf(problem))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return (where.isEmpty() ? "" : where + ": ") + (pointer.isEmpty() ? said : pointer + " " + said);
    }

    /** The line of the mapping, the row and the column, as far as they are known. */
    private String place(JsonNode problem) {
        String column = text(problem, "source");
        return Stream.of(
                        text(problem, "line"),
                        rowOf(problem),
                        column.isEmpty() ? "" : terminal.text("sentence.source", "source", column))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String rowOf(JsonNode problem) {
        String row = text(problem, "row");
        return row.isEmpty() ? "" : terminal.text("sentence.row", "row", row);
    }

    private String said(JsonNode problem) {
        String expected = text(problem, "expected");
        return expected.isEmpty()
                ? text(problem, "detail")
                : text(problem, "detail") + " " + terminal.text("sentence.expected", "expected", expected);
    }

    private String due(JsonNode row) {
        Duration left =
                Duration.between(Instant.now(), Instant.parse(row.path("due").asText()));
        boolean late = row.path("overdue").asBoolean();
        return messages().text(late ? "exceptions.late" : "exceptions.in", "time", rounded(left.abs()));
    }

    private static String rounded(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " d";
        }
        return time.toHours() > 1 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    private List<String> heads(String... names) {
        return Stream.of(names)
                .map(name -> messages().text("exceptions.column." + name))
                .toList();
    }

    private Messages messages() {
        return Messages.in(terminal.language());
    }

    private static String text(JsonNode row, String name) {
        return row.hasNonNull(name) ? row.path(name).asText() : "";
    }
}
