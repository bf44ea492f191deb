package io.waybill.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Weight;
import io.waybill.order.Json;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an order says, field by field, so that two that mean the same read the same: weights in grams, lengths in millimetres,
 * moments without their offset, numbers without zeros at their end, items in the order of their numbers,
 * and of all they say where these are alike.
 */
final class Leaves {
    private final Map<String, String> fields = new TreeMap<>();

    private Leaves() {}

    /** Values by pointer; without what is the source's own: the namespace and the metadata. */
    static Map<String, String> of(JsonNode order) {
        Leaves leaves = new Leaves();
        order.properties().stream()
                .filter(field ->
                        !field.getKey().equals("namespace") && !field.getKey().equals("metadata"))
                .forEach(field -> leaves.add("/" + field.getKey(), field.getKey(), field.getValue()));
        return leaves.fields;
    }

    /** The pointer with {@code *} for each place in a list. */
    static String field(String pointer) {
        return pointer.replaceAll("/\\d+(?=/|$)", "/*");
    }

    private void add(String pointer, String name, JsonNode value) {
        if (value.has("value") && value.has("unit")) {
            fields.put(pointer, grams(value));
        } else if (value.has("length") && value.has("unit")) {
            fields.put(pointer, millimetres(value));
        } else if (value.has("amount") && value.has("currency")) {
            fields.put(
                    pointer,
                    number(new BigDecimal(value.path("amount").asText()))
                            + " "
                            + value.path("currency").asText());
        } else if (value.isObject()) {
            value.properties().forEach(field -> add(pointer + "/" + field.getKey(), field.getKey(), field.getValue()));
        } else if (value.isArray()) {
            List<JsonNode> members = new ArrayList<>();
            value.forEach(members::add);
            if (name.equals("items")) {
                members.sort(
                        Comparator.comparing((JsonNode item) -> item.path("sku").asText(""))
                                .thenComparing(item -> of(item).toString()));
            }
            for (int i = 0; i < members.size(); i++) {
                add(pointer + "/" + i, name, members.get(i));
            }
        } else if (!value.isNull() && !value.asText().isBlank()) {
            fields.put(pointer, text(name, value));
        }
    }

    private static String text(String name, JsonNode value) {
        if (value.isNumber()) {
            return number(value.decimalValue());
        }
        return name.equals("placedAt") ? moment(value.asText()) : value.asText().strip();
    }

    private static String moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private static String grams(JsonNode value) {
        return number(Json.mapper().convertValue(value, Weight.class).grams()) + " g";
    }

    private static String millimetres(JsonNode value) {
        Dimensions box = Json.mapper().convertValue(value, Dimensions.class);
        BigDecimal unit = box.unit().millimetres();
        return number(box.length().multiply(unit)) + " x " + number(box.width().multiply(unit)) + " x "
                + number(box.height().multiply(unit)) + " mm";
    }

    private static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
