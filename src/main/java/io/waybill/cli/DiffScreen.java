package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What two versions of a mapping make of the same documents, as text. */
record DiffScreen(Terminal terminal) {
    void show(JsonNode found) {
        int changed = found.path("changed").asInt();
        terminal.say(
                changed == 0 ? "map.same" : "map.differs",
                "documents",
                found.path("documents").asInt(),
                "changed",
                changed,
                "from",
                found.path("from").asInt(),
                "to",
                found.path("to").asInt());
        found.path("fields").forEach(this::field);
    }

    private void field(JsonNode field) {
        terminal.say("map.field", Facts.of(field, "field", "documents"));
        field.path("examples")
                .forEach(example -> terminal.line("  %s  %s -> %s"
                        .formatted(
                                example.path("document").asText(),
                                value(example.path("before")),
                                value(example.path("after")))));
    }

    private static String value(JsonNode value) {
        return value.isNull() ? "-" : '"' + value.asText() + '"';
    }
}
