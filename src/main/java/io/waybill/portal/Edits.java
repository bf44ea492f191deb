package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of an order can be changed in place: its fields by JSON pointer, and what a form with them changes. Parcels have a
 * form of their own.
 */
public final class Edits {
    private static final List<String> HEAD = List.of("/service", "/reference");
    private static final List<String> ADDRESS =
            List.of("name", "company", "line1", "line2", "city", "state", "postalCode", "country", "phone", "email");
    private static final List<String> ITEM = List.of(
            "sku",
            "description",
            "descriptionLocal",
            "quantity",
            "unitPrice/amount",
            "unitPrice/currency",
            "hsCode",
            "originCountry");
    private static final List<String> CUSTOMS =
            List.of("contents", "incoterm", "declaredValue/amount", "declaredValue/currency", "invoiceNumber");

    /** Before a pointer, the name of what stood in its field when the page was made. */
    private static final String WAS = "was";

    private static final Set<String> NUMBERS = Set.of("quantity", "value", "length", "width", "height", "dpi");

    private Edits() {}

    /**
     * One field.
     *
     * @param name what it is called, a word under {@code field.} in the texts
     * @param was what the order has
     * @param value the same, or what was typed instead
     * @param problem what is wrong with it, RFC 9457's error; missing when nothing is
     */
    public record Field(String pointer, String name, String was, String value, JsonNode problem) {
        public boolean wrong() {
            return !problem.isMissingNode();
        }

        /** The name of the input that says what was there. */
        public String before() {
            return WAS + pointer;
        }

        /** The id of its input. */
        public String id() {
            return "edit" + pointer.replace('/', '-');
        }
    }

    /**
     * @param parcels whether they are changed here: an order that is not taken in cannot be packed
     * @param problems what is told of the order, and what was refused just now
     * @param typed what a form brought back
     */
    static List<Field> of(JsonNode content, boolean parcels, List<JsonNode> problems, Form typed) {
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        for (JsonNode problem : problems) {
            String told = problem.path("pointer").asText("");
            List<String> pointers = told.endsWith("/weight") ? List.of(told + "/value", told + "/unit") : List.of(told);
            pointers.stream()
                    .filter(pointer -> pointer.startsWith("/") && isText(content.at(pointer)))
                    .filter(pointer -> parcels || !pointer.startsWith("/parcels"))
                    .forEach(pointer -> wrong.putIfAbsent(pointer, problem));
        }
        Set<String> pointers = new TreeSet<>();
        List<Field> fields = new ArrayList<>();
        List<String> all = new ArrayList<>(wrong.keySet());
        all.addAll(usual(content));
        for (String pointer : all) {
            if (pointers.add(pointer)) {
                String was = content.at(pointer).asText("");
                String value = isTyped(typed, pointer) ? typed.text(pointer) : was;
                JsonNode problem = wrong.getOrDefault(pointer, JsonNodeFactory.instance.missingNode());
                fields.add(new Field(pointer, name(pointer), was, value, problem));
            }
        }
        return fields;
    }

    /** Whether anything was. */
    static boolean isTyped(Form form) {
        return form.values().keySet().stream().anyMatch(name -> name.startsWith("/") && isTyped(form, name));
    }

    /** What only came along stays as the order has it by now: another person may have changed it since. */
    private static boolean isTyped(Form form, String pointer) {
        boolean asItWas =
                form.has(WAS + pointer) && inOneLine(form.text(WAS + pointer)).equals(inOneLine(form.text(pointer)));
        return form.has(pointer) && !asItWas;
    }

    /** A browser takes line breaks out of a field of one line, whether anybody typed in it or not. */
    private static String inOneLine(String text) {
        return text.replaceAll("[\\r\\n]", "").strip();
    }

    /** A field that holds a text, or could. */
    private static boolean isText(JsonNode node) {
        return node.isValueNode() || node.isMissingNode();
    }

    private static List<String> usual(JsonNode content) {
        List<String> pointers = new ArrayList<>(HEAD);
        ADDRESS.forEach(field -> pointers.add("/shipTo/" + field));
        for (int i = 0; i < content.path("items").size(); i++) {
            String item = "/items/" + i + "/";
            ITEM.forEach(field -> pointers.add(item + field));
        }
        if (content.has("customs")) {
            CUSTOMS.forEach(field -> pointers.add("/customs/" + field));
        }
        return pointers;
    }

    /** The last word of a pointer, with the one before where it says nothing alone. */
    static String name(String pointer) {
        String[] parts = pointer.split("/", -1);
        String last = parts[parts.length - 1];
        return last.equals("amount") || last.equals("currency") || last.equals("value") || last.equals("unit")
                ? parts[parts.length - 2] + "-" + last
                : last;
    }

    /** A JSON Merge Patch with what was typed; a list is replaced as a whole. */
    static ObjectNode patch(JsonNode content, Form form) {
        ObjectNode after = content.deepCopy();
        form.values().keySet().stream()
                .filter(name -> name.startsWith("/") && isTyped(form, name))
                .filter(name -> !form.text(name).equals(content.at(name).asText("")))
                .forEach(name -> set(after, name, form.text(name)));
        return difference(content, after);
    }

    /** Sets what stands at a pointer, making the objects it leads through; an empty text takes it away. */
    static void set(ObjectNode document, String pointer, String text) {
        String[] parts = pointer.substring(1).split("/", -1);
        JsonNode node = document;
        for (int i = 0; i < parts.length - 1; i++) {
            JsonNode below = node instanceof ArrayNode list ? list.path(place(parts[i])) : node.path(parts[i]);
            if (below.isMissingNode() || below.isNull()) {
                if (!(node instanceof ObjectNode object)) {
                    return;
                }
                below = object.putObject(parts[i]);
            }
            node = below;
        }
        if (node instanceof ObjectNode object) {
            String field = parts[parts.length - 1];
            if (text.isEmpty()) {
                object.remove(field);
            } else {
                object.set(field, value(pointer, field, text));
            }
        }
    }

    private static int place(String part) {
        return part.matches("\\d{1,6}") ? Integer.parseInt(part) : -1;
    }

    /** @throws NotANumber where a number was to be typed and none was */
    private static JsonNode value(String pointer, String field, String text) {
        if (!NUMBERS.contains(field)) {
            return JsonNodeFactory.instance.textNode(text);
        }
        if (!text.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
            throw new NotANumber(pointer, text);
        }
        return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
    }

    static ObjectNode difference(JsonNode before, JsonNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode was = before.path(name);
            JsonNode is = after.path(name);
            if (was.isObject() && is.isObject()) {
                ObjectNode below = difference(was, is);
                if (!below.isEmpty()) {
                    patch.set(name, below);
                }
            } else if (is.isMissingNode()) {
                patch.putNull(name);
            } else if (!is.equals(was)) {
                patch.set(name, is);
            }
        }
        return patch;
    }
}
