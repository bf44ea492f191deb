package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that happened to an order on one line of time: what the hub did, what was tried at the carrier, scans, deliveries. */
public final class Story {
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

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
        order.path("story").forEach(entry -> events.add(told(entry)));
        order.path("attempts").forEach(attempt -> events.add(tried(attempt)));
        order.path("tracking").forEach(scan -> events.add(scanned(scan)));
        for (JsonNode delivery : order.path("deliveries")) {
            if (delivery.hasNonNull("sentAt")) {
                events.add(sent(delivery));
            }
        }
        events.sort(Comparator.comparing(Story::moment));
        return events;
    }

    private static Event told(JsonNode entry) {
        JsonNode detail = entry.path("detail").isObject() ? entry.path("detail") : NONE;
        return new Event(text(entry, "at"), "story", text(entry, "what"), text(entry, "by"), "", detail);
    }

    private static Event tried(JsonNode attempt) {
        String state = text(attempt, "state");
        String said = state.equals("bought") ? "" : text(attempt, "words");
        String words = joined(text(attempt, "account") + " · " + text(attempt, "ref"), said);
        return new Event(text(attempt, "at"), "attempt", state, "", words, NONE);
    }

    private static Event scanned(JsonNode scan) {
        String words = joined(text(scan, "text"), text(scan, "place"));
        return new Event(text(scan, "at"), "tracking", text(scan, "status"), "", words, NONE);
    }

    private static Event sent(JsonNode delivery) {
        return new Event(
                text(delivery, "sentAt"), "delivery", text(delivery, "type"), text(delivery, "sink"), "", NONE);
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    /** As texts, a moment with a fraction of a second would stand before the second it belongs to. */
    private static Instant moment(Event event) {
        return event.at().isEmpty() ? Instant.MIN : Instant.parse(event.at());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
