package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.List;

/**
 * A document reduced to what it says: a null, a blank text and an empty object mean "not given" and are left out.
 * Metadata stays as it came. Numbers are written without an exponent, and one that would fill the memory that way is
 * refused.
 */
final class Given {
    private static final int LARGEST_SCALE = 40;

    private Given() {}

    /** A copy without what says nothing; absurd numbers are left out and reported. */
    static ObjectNode of(JsonNode document, List<Problem> problems) {
        return object(document, "", true, problems);
    }

    private static ObjectNode object(JsonNode from, String pointer, boolean prune, List<Problem> problems) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        for (var field : from.properties()) {
            String at = pointer + "/" + escape(field.getKey());
            boolean pruneBelow = prune && !at.equals("/metadata");
            JsonNode value = value(field.getValue(), at, pruneBelow, problems);
            if (!prune || !saysNothing(value)) {
                to.set(field.getKey(), value);
            }
        }
        return to;
    }

    private static JsonNode value(JsonNode from, String pointer, boolean prune, List<Problem> problems) {
        if (from.isObject()) {
            return object(from, pointer, prune, problems);
        }
        if (from.isArray()) {
            ArrayNode to = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < from.size(); i++) {
                to.add(value(from.get(i), pointer + "/" + i, prune, problems));
            }
            return to;
        }
        return from.isBigDecimal() ? number(from, pointer, problems) : from;
    }

    /** A number of more places than anybody means, which could not even be written out. */
    static boolean isAbsurd(JsonNode node) {
        return node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LARGEST_SCALE;
    }

    private static JsonNode number(JsonNode from, String pointer, List<Problem> problems) {
        BigDecimal number = from.decimalValue();
        if (isAbsurd(from)) {
            problems.add(
                    Problem.of(OrderCode.BAD_NUMBER, "value", Seen.value(from)).at(pointer));
            return JsonNodeFactory.instance.nullNode();
        }
        return number.scale() < 0 ? DecimalNode.valueOf(number.setScale(0)) : from;
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isTextual() && value.textValue().isBlank())
                || (value.isObject() && value.isEmpty());
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
