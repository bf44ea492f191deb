package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parcels a form speaks of: its fields come in rows. A row without a weight is none; a weight is a number. */
final class Parcels {
    /** As scales that type write it: {@code  1.250 kg}. */
    private static final Pattern SCALE = Pattern.compile("[+]?\\s*([0-9.]+)\\s*(kg|g|lb|oz)", Pattern.CASE_INSENSITIVE);

    private static final List<String> SIDES = List.of("length", "width", "height");

    private Parcels() {}

    /** @param reference the field with what the shipper calls a parcel */
    static ArrayNode of(Form form, String reference) {
        return of(form, reference, MissingNode.getInstance());
    }

    /**
     * @param known parcels, in the order of the rows: what a form does not ask of them they keep, and one it has no row for stays
     *     as it is
     */
    static ArrayNode of(Form form, String reference, JsonNode known) {
        ArrayNode parcels = Visit.json().putArray("parcels");
        List<String> weights = form.all("weight");
        for (int i = 0; i < weights.size(); i++) {
            if (!weights.get(i).isBlank()) {
                parcels.add(one(form, i, reference, known.path(i)));
            }
        }
        for (int i = weights.size(); i < known.size(); i++) {
            parcels.add(known.path(i));
        }
        return parcels;
    }

    /** Whether an order has these, however their numbers are written. */
    static boolean areSame(JsonNode typed, JsonNode parcels) {
        return typed.equals(
                (one, other) -> one.isNumber() && other.isNumber()
                        ? one.decimalValue().compareTo(other.decimalValue())
                        : one.equals(other) ? 0 : 1,
                parcels);
    }

    private static ObjectNode one(Form form, int row, String reference, JsonNode known) {
        ObjectNode parcel = known.isObject() ? known.deepCopy() : Visit.json();
        if (form.has(reference)) {
            parcel.remove("reference");
            put(parcel, "reference", at(form, reference, row));
        }
        ObjectNode weight = parcel.putObject("weight");
        Matcher read = SCALE.matcher(at(form, "weight", row));
        boolean scale = read.matches();
        String place = "/parcels/" + row;
        number(weight, "value", scale ? read.group(1) : at(form, "weight", row), place + "/weight/value");
        put(weight, "unit", scale ? read.group(2).toLowerCase(Locale.ROOT) : at(form, "unit", row));
        if (form.has("length")) {
            parcel.remove("dimensions");
        }
        if (SIDES.stream().anyMatch(side -> !at(form, side, row).isEmpty())) {
            ObjectNode size = parcel.putObject("dimensions");
            SIDES.forEach(side -> number(size, side, at(form, side, row), place + "/" + side));
            put(size, "unit", at(form, "lengthUnit", row));
        }
        return parcel;
    }

    /** @throws NotANumber where a number was to be typed and none was */
    private static void number(ObjectNode node, String field, String value, String pointer) {
        if (value.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
            node.put(field, new BigDecimal(value));
        } else if (!value.isEmpty()) {
            throw new NotANumber(pointer, value);
        }
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    private static String at(Form form, String name, int row) {
        List<String> values = form.all(name);
        return row < values.size() ? values.get(row).strip() : "";
    }
}
