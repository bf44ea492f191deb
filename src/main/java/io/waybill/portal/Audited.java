package io.waybill.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.order.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the audit log keeps of an act, in the words of the pages: fields by their names, facts as the story of an order tells them. */
record Audited(Frame frame) {
    String told(String detail) {
        JsonNode kept = read(detail);
        if (kept.isArray() && !kept.isEmpty()) {
            return joined(StreamSupport.stream(kept.spliterator(), false).map(pointer -> field(pointer.asText())));
        }
        return kept.isObject() && !kept.isEmpty()
                ? joined(kept.properties().stream().map(fact -> fact(kept, fact.getKey())))
                : detail;
    }

    private String field(String pointer) {
        String label = frame.label(pointer);
        return label.isEmpty() ? pointer : label;
    }

    private String fact(JsonNode kept, String name) {
        return frame.word("detail", name) + ": " + frame.told(kept, name);
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(" · "));
    }

    private static JsonNode read(String detail) {
        if (!detail.startsWith("[") && !detail.startsWith("{")) {
            return MissingNode.getInstance();
        }
        try {
            return Json.mapper().readTree(detail);
        } catch (JsonProcessingException words) {
            return MissingNode.getInstance();
        }
    }
}
