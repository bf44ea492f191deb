package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is repeated in a document is a list; what stands there once is not, unless it is said to be one. */
final class Repeats {
    private Repeats() {}

    static void add(ObjectNode tree, String name, JsonNode value, boolean list) {
        JsonNode before = tree.get(name);
        if (before instanceof ArrayNode many) {
            many.add(value);
        } else if (before != null) {
            tree.putArray(name).add(before).add(value);
        } else if (list) {
            tree.putArray(name).add(value);
        } else {
            tree.set(name, value);
        }
    }
}
