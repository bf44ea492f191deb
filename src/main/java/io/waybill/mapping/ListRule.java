package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** What each element of a list must be, and how many there may be. */
record ListRule(Rule items, int minItems, int maxItems) {

    static ListRule read(JsonNode schema, RuleReader reader) {
        return new ListRule(
                schema.has("items") ? reader.rule(schema.get("items")) : Rule.FREE,
                schema.path("minItems").asInt(0),
                schema.path("maxItems").asInt(Integer.MAX_VALUE));
    }

    boolean asksOfSize() {
        return minItems > 0 || maxItems < Integer.MAX_VALUE;
    }

    boolean sizeHolds(JsonNode list) {
        return list.size() >= minItems && list.size() <= maxItems;
    }

    boolean holds(JsonNode list) {
        if (!sizeHolds(list)) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!items.holds(list.get(i))) {
                return false;
            }
        }
        return true;
    }

    void check(JsonNode list, String pointer, Rule.Report report) {
        if (!sizeHolds(list)) {
            String most = maxItems == Integer.MAX_VALUE ? "" : ", <= " + maxItems;
            report.violation(pointer, MappingCode.OUT_OF_RANGE, "legal", ">= " + minItems + most);
        }
        for (int i = 0; i < list.size(); i++) {
            items.check(list.get(i), pointer + "/" + i, report);
        }
    }
}
