package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that happened to an order on one line of time: what the hub did, what was tried at the carrier, scans, deliveries. */
public final class Story {
    private Story() {}

    /**
     * One thing that happened.
     *
     * @param kind {@code story | attempt | tracking | delivery}
     * @param what the hub's word for it, under {@code kind.} in the texts
     * @param detail what is known beside, an object; empty when nothing is
     */
    public record Event(String at, String kind, String what, String by, String words, JsonNode detail) {}

    static List<Event> of(JsonNode order) {
        List<Event> events = new ArrayList<>();
        JsonNode none = JsonNodeFactory.instance.objectNode();
        for (JsonNode entry : order.path("story")) {
            JsonNode detail = entry.path("detail").isObject() ? entry.path("detail") : none;
            events.add(new Event(text(entry, "at"), "story", text(entry, "what"), text(entry, "by"), "", detail));
        }
        for (JsonNode attempt : order.path("attempts")) {
            String words = text(attempt, "account") + " · " + text(attempt, "ref");
            boolean isOver = text(attempt, "state").equals("bought");
            String said = isOver ? "" : text(attempt, "words");
            events.add(new Event(
                    text(attempt, "at"),
                    "attempt",
                    text(attempt, "state"),
                    "",
                    said.isEmpty() ? words : words + " · " + said,
                    none));
        }
        for (JsonNode scan : order.path("tracking")) {
            events.add(new Event(
                    text(scan, "at"),
                    "tracking",
                    text(scan, "status"),
                    "",
                    String.join(
                            " · ",
                            List.of(text(scan, "text"), text(scan, "place")).stream()
                                    .filter(part -> !part.isEmpty())
                                    .toList()),
                    none));
        }
        for (JsonNode delivery : order.path("deliveries")) {
            if (delivery.hasNonNull("sentAt")) {
                events.add(new Event(
                        text(delivery, "sentAt"),
                        "delivery",
                        text(delivery, "type"),
                        text(delivery, "sink"),
                        "",
                        none));
            }
        }
        events.sort(Comparator.comparing(Story::moment));
        return events;
    }

    /** As texts, a moment with a fraction of a second would stand before the second it belongs to. */
    private static Instant moment(Event event) {
        return event.at().isEmpty() ? Instant.MIN : Instant.parse(event.at());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
