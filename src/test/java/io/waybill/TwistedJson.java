package io.waybill;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object with one of its fields otherwise: left out, said twice, or of a value of every kind. */
final class TwistedJson {
    private static final String HERE = "\"@here@\"";

    /** As they are written. */
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\" \"",
            "7",
            "\"7\"",
            "0",
            "-1",
            "\"-1\"",
            "1.5",
            "1e400",
            "123456789012345678901234567890",
            "\"" + "x".repeat(10_000) + "\"",
            "\"Żółć 马克杯 😀\"",
            "\"a\\u0001b\"",
            "\"a\\u0000b\"",
            "\"a\\ud800\"",
            "\"a\\nb\"",
            "\"\\u202eabc\"",
            "\"null\"",
            "[]",
            "[null]",
            "[[]]",
            "[1, 1]",
            "{}",
            "{\"a\": 1}",
            "true",
            "\"true\"");

    private final JsonNode whole;

    TwistedJson(JsonNode whole) {
        this.whole = whole;
    }

    /** Of every field, and of the first member of every list. */
    List<String> pointers() {
        List<String> pointers = new ArrayList<>();
        walk(whole, "", pointers);
        return pointers;
    }

    private static void walk(JsonNode node, String at, List<String> into) {
        if (!at.isEmpty()) {
            into.add(at);
        }
        node.properties().forEach(field -> walk(field.getValue(), at + "/" + field.getKey(), into));
        if (node.isArray() && !node.isEmpty()) {
            walk(node.get(0), at + "/0", into);
        }
    }

    /** What is said there, and the text of the whole that says it. */
    Map<String, String> at(String pointer) {
        Map<String, String> twisted = new LinkedHashMap<>();
        String now = whole.at(pointer).toString();
        VALUES.forEach(value -> twisted.put(value, with(pointer, value)));
        twisted.put("a list of itself", with(pointer, "[" + now + "]"));
        if (whole.at(pointer) instanceof ObjectNode object) {
            twisted.put(
                    "one field more",
                    with(pointer, object.deepCopy().put("colour", "red").toString()));
        }
        JsonNode without = whole.deepCopy();
        if (without.at(JsonPointer.compile(pointer).head()) instanceof ObjectNode parent) {
            String name = pointer.substring(pointer.lastIndexOf('/') + 1);
            twisted.put("twice", with(pointer, now + ", \"" + name + "\": " + now));
            parent.remove(name);
            twisted.put("left out", without.toString());
        }
        return twisted;
    }

    private String with(String pointer, String value) {
        JsonNode copy = whole.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.put(at.last().getMatchingProperty(), "@here@");
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), "@here@");
        }
        return copy.toString().replace(HERE, value);
    }

    /** Without what says nothing, as the contract has it: a null, a blank text, an object of nothing. */
    static JsonNode said(String text) throws Exception {
        return said(Json.mapper().readTree(text));
    }

    private static JsonNode said(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(TwistedJson::said);
            object.properties()
                    .removeIf(field -> field.getValue().isNull()
                            || (field.getValue().isTextual()
                                    && field.getValue().asText().isBlank())
                            || (field.getValue().isObject() && field.getValue().isEmpty()));
        } else if (node.isArray()) {
            node.forEach(TwistedJson::said);
        }
        return node;
    }
}
