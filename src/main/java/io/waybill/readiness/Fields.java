package io.waybill.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of the canonical order, in the order of its schema: {@code shipTo.city}, {@code parcels[].weight}. */
final class Fields {
    private static final Set<String> WHOLE = Set.of("amount", "value", "length");
    private static final Set<String> TO_TAKE_IN =
            Set.of("orderId", "shipTo.name", "shipTo.line1", "shipTo.city", "shipTo.country");
    private static final Set<String> TO_BUY =
            Set.of("parcels[].weight", "service", "shipFrom.line1", "shipFrom.country");
    private static final List<String> TO_BILL = List.of("reference", "billing.");

    /** What a field is needed for. */
    enum Need {
        TAKE_IN,
        BUY,
        BILL,
        OPTIONAL
    }

    private Fields() {}

    /** @param schema of {@code order/1} */
    static Map<String, Need> of(JsonNode schema) {
        Map<String, Need> fields = new LinkedHashMap<>();
        walk(schema, schema, "", fields);
        return fields;
    }

    private static void walk(JsonNode root, JsonNode rule, String path, Map<String, Need> fields) {
        JsonNode at = rule.has("$ref") ? root.at(rule.path("$ref").asText().substring(1)) : rule;
        if (at.has("items")) {
            walk(root, at.path("items"), path + "[]", fields);
        } else if (at.has("properties")
                && at.path("properties").properties().stream()
                        .noneMatch(field -> WHOLE.contains(field.getKey()) && isMeasure(at))) {
            at.path("properties")
                    .properties()
                    .forEach(field -> walk(
                            root,
                            field.getValue(),
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                            fields));
        } else {
            fields.put(path, need(path));
        }
    }

    /** Money, a weight or a box: one thing to say, not several. */
    private static boolean isMeasure(JsonNode rule) {
        return rule.path("properties").has("unit") || rule.path("properties").has("currency");
    }

    private static Need need(String path) {
        if (TO_TAKE_IN.contains(path)) {
            return Need.TAKE_IN;
        }
        if (TO_BUY.contains(path)) {
            return Need.BUY;
        }
        return TO_BILL.stream().anyMatch(path::startsWith) ? Need.BILL : Need.OPTIONAL;
    }

    /** Whether a tree says something at a field, in any element of its lists. */
    static boolean says(JsonNode tree, String field) {
        return says(tree, field.split("\\."), 0);
    }

    private static boolean says(JsonNode node, String[] names, int from) {
        if (from == names.length) {
            return isSaid(node);
        }
        boolean list = names[from].endsWith("[]");
        JsonNode next = node.path(list ? names[from].substring(0, names[from].length() - 2) : names[from]);
        if (!list) {
            return says(next, names, from + 1);
        }
        for (JsonNode element : next) {
            if (says(element, names, from + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSaid(JsonNode node) {
        return node.isContainerNode()
                ? !node.isEmpty()
                : !node.isMissingNode() && !node.isNull() && !node.asText().isBlank();
    }
}
