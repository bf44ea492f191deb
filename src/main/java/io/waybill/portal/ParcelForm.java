package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the form with an order's parcels: as the order has them, and what was typed into a form that was not saved. What a
 * person left as it stood follows the order, which another person may have changed since.
 */
public final class ParcelForm {
    /** The inputs of a row. */
    public static final List<String> FIELDS =
            List.of("reference", "weight", "unit", "length", "width", "height", "lengthUnit");

    /** Before the name of an input, that of what stood in it when the page was made. */
    public static final String WAS = "was-";

    private ParcelForm() {}

    /**
     * One parcel.
     *
     * @param fields by the names of their inputs
     */
    public record Row(Map<String, Field> fields) {
        public Field field(String name) {
            return fields.getOrDefault(name, new Field("", ""));
        }

        public boolean isTyped() {
            return fields.values().stream().anyMatch(Field::isTyped);
        }
    }

    /**
     * One field.
     *
     * @param now what the order has; a unit it lacks is the one a form offers first
     * @param value the same, or what was typed instead
     */
    public record Field(String now, String value) {
        public boolean isTyped() {
            return !now.equals(value);
        }
    }

    /**
     * With an empty row behind the last.
     *
     * @param typed what a form of these parcels brought back, if one did
     */
    static List<Row> of(JsonNode parcels, Form typed) {
        boolean back = typed.has("seen");
        int said = back ? typed.all("weight").size() : 0;
        int known = Math.max(1, parcels.size()) + 1;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(known, said); i++) {
            rows.add(row(parcels.path(i), back ? typed : Form.EMPTY, i));
        }
        return rows;
    }

    private static Row row(JsonNode parcel, Form typed, int place) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (String name : FIELDS) {
            String now = now(parcel, name);
            String said = at(typed, name, place, now);
            boolean asItWas = said.equals(at(typed, WAS + name, place, unit(name)));
            fields.put(name, new Field(now, asItWas ? now : said));
        }
        return new Row(fields);
    }

    private static String at(Form form, String name, int place, String otherwise) {
        List<String> values = form.all(name);
        return place < values.size() ? values.get(place).strip() : otherwise;
    }

    private static String now(JsonNode parcel, String name) {
        JsonNode node = switch (name) {
            case "weight" -> parcel.at("/weight/value");
            case "unit" -> parcel.at("/weight/unit");
            case "lengthUnit" -> parcel.at("/dimensions/unit");
            case "reference" -> parcel.path("reference");
            default -> parcel.path("dimensions").path(name);
        };
        return node.asText(unit(name));
    }

    /** What an empty row says of it: a list of units has its first one chosen. */
    private static String unit(String name) {
        return name.equals("unit") ? "kg" : name.equals("lengthUnit") ? "cm" : "";
    }
}
