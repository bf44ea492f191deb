package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What people are told of an exception: its reason, its order, what it means, what to do. Made of the hub's own words, codes
 * and pointers only; values of a document or a carrier's words may be somebody's name or address and stay behind the link.
 *
 * @param event CloudEvents JSON, {@code exception.opened} or {@code exception.closed}
 * @param hub where the hub is found, without a slash at its end; empty for no link
 */
record Alert(JsonNode event, Locale language, String hub) {
    private static final int MOST_PROBLEMS = 5;

    /** Line by line, for a messenger. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(title());
        add(lines, "alert.order", "order", data("orderId"));
        add(lines, "alert.source", "source", data("source"));
        add(lines, "alert.account", "account", data("account"));
        if (!isClosed()) {
            add(lines, "alert.problems", "problems", problems());
            add(lines, "alert.means", "means", told("means"));
            add(lines, "alert.todo", "todo", told("todo"));
            add(lines, "alert.due", "due", data("due"));
        }
        add(lines, "alert.link", "link", link());
        return String.join("\n", lines);
    }

    /** The same as fields, and the text. */
    ObjectNode fields() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("type", event.path("type").asText());
        for (String name :
                List.of("exceptionId", "reason", "namespace", "orderId", "source", "account", "due", "fact")) {
            if (!data(name).isEmpty()) {
                fields.put(name, data(name));
            }
        }
        fields.put("happened", told("happened")).put("means", told("means")).put("toDo", told("todo"));
        ArrayNode problems = fields.putArray("problems");
        event.at("/data/problems").forEach(problem -> {
            ObjectNode one =
                    problems.addObject().put("code", problem.path("code").asText());
            if (problem.hasNonNull("pointer")) {
                one.put("pointer", problem.path("pointer").asText());
            }
        });
        if (!link().isEmpty()) {
            fields.put("link", link());
        }
        return fields.put("text", text());
    }

    private String title() {
        String key = isClosed() ? "alert.settled" : "alert.title";
        return messages().text(key, "happened", told("happened"), "fact", data("fact"));
    }

    private boolean isClosed() {
        return event.path("type").asText().equals("exception.closed");
    }

    private String problems() {
        return StreamSupport.stream(event.at("/data/problems").spliterator(), false)
                .limit(MOST_PROBLEMS)
                .map(problem -> (problem.path("code").asText() + " "
                                + problem.path("pointer").asText(""))
                        .strip())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String link() {
        String id = data("exceptionId");
        return hub.isEmpty() || id.isEmpty() ? "" : hub + "/exceptions/" + id;
    }

    private String told(String part) {
        return messages().text("exception." + data("reason") + "." + part);
    }

    private void add(List<String> lines, String key, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(messages().text(key, name, value));
        }
    }

    private String data(String name) {
        JsonNode value = event.path("data").path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    private Messages messages() {
        return Messages.in(language);
    }
}
