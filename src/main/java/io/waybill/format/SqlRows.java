package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of an SQL result: column names in lower case, whatever the database answers; times as ISO text, bytes as hexadecimal digits. */
final class SqlRows {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private SqlRows() {}

    static ObjectNode tree(Map<String, ?> row) {
        ObjectNode tree = NODES.objectNode();
        row.forEach((column, value) -> set(tree, column, node(value)));
        return tree;
    }

    static JsonNode lowerCase(JsonNode row) {
        ObjectNode tree = NODES.objectNode();
        row.properties().forEach(field -> set(tree, field.getKey(), field.getValue()));
        return row.isObject() ? tree : row;
    }

    /** By its name in one line, as the columns of a sheet; of two that differ in blanks alone the second as it is called. */
    private static void set(ObjectNode tree, String column, JsonNode value) {
        String name = column.toLowerCase(Locale.ROOT);
        String line = Meant.line(name);
        tree.set(tree.has(line) ? name : line, value);
    }

    private static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Timestamp time) {
            return NODES.textNode(time.toLocalDateTime().toString());
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (value instanceof BigInteger whole) {
            return NODES.numberNode(whole);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            return floating((Number) value);
        }
        return NODES.textNode(text(value));
    }

    /** Its shortest spelling, without an exponent; of infinity the word. */
    private static JsonNode floating(Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            return NODES.textNode(value.toString());
        }
        BigDecimal shortest = new BigDecimal(value.toString()).stripTrailingZeros();
        return NODES.numberNode(shortest.setScale(Math.max(0, shortest.scale())));
    }

    /** The same for the same value, however it was read: of bytes their hexadecimal digits, of a list JSON, of a time its seconds too. */
    static String text(Object value) {
        if (value instanceof Object[] list) {
            ArrayNode elements = NODES.arrayNode();
            Stream.of(list).map(SqlRows::node).forEach(elements::add);
            return elements.toString();
        }
        if (value instanceof LocalTime time) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
