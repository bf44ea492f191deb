package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.text.Sha256;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares what documents say, before any default is filled in. Neither the order of keys nor the spelling of a number
 * ({@code 1.0}, {@code 1}; an amount {@code "12.50"}, {@code 12.5}) is content, nor is a null, a blank or an empty list.
 */
public final class Content {
    private static final String AMOUNT = "amount";
    private static final String MOMENT = "placedAt";
    private static final Pattern PLAIN_AMOUNT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");

    private Content() {}

    /** SHA-256 as 64 hex digits; equal for two documents that say the same, but for a moment in another spelling. */
    public static String hash(JsonNode document) {
        StringBuilder canonical = new StringBuilder();
        write(document, "", canonical);
        return Sha256.of(canonical.toString());
    }

    /** A hash that is equal for two documents that say the same, a moment at whatever offset included; kept with no order. */
    public static String meaning(JsonNode document) {
        return hash(atUtc(document));
    }

    private static JsonNode atUtc(JsonNode document) {
        if (document instanceof ObjectNode object && object.hasNonNull(MOMENT)) {
            try {
                String moment = OffsetDateTime.parse(object.path(MOMENT).asText())
                        .toInstant()
                        .toString();
                ObjectNode copy = object.objectNode();
                copy.setAll(object);
                return copy.put(MOMENT, moment);
            } catch (DateTimeParseException notAMoment) {
                return document;
            }
        }
        return document;
    }

    /** A checked document as it is read: without what says nothing, which may stand where something of any kind is expected. */
    public static JsonNode said(JsonNode checked) {
        return Given.of(checked, new ArrayList<>());
    }

    /** A document as it can be kept and told, whatever is wrong with it: a number that cannot be written out is its text. */
    public static JsonNode writable(JsonNode document) {
        if (document instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), writable(field.getValue())));
            return copy;
        }
        if (document instanceof ArrayNode list) {
            ArrayNode copy = list.arrayNode();
            list.forEach(member -> copy.add(writable(member)));
            return copy;
        }
        return Given.isAbsurd(document) ? TextNode.valueOf(document.asText()) : document;
    }

    /** The fields in which two documents differ, by pointer. A moment is the same at any offset ({@code Z}, {@code +00:00}). */
    public static List<FieldChange> diff(JsonNode before, JsonNode after) {
        List<FieldChange> changes = new ArrayList<>();
        compare(before, after, "", "", changes);
        return changes;
    }

    /**
     * Whether two documents agree in every field that both give. Lists are compared member by member as far as both go,
     * so that a channel that knows more does not contradict one that knows less. What different systems call the order
     * and its lines is no contradiction either.
     */
    public static boolean sameWhereBothSpeak(JsonNode a, JsonNode b) {
        return diff(named(a), named(b)).stream().noneMatch(change -> change.before() != null && change.after() != null);
    }

    /** Identifiers by whose and what they are, not by their place; lines without the number their system gave them. */
    private static JsonNode named(JsonNode document) {
        JsonNode copy = document.deepCopy();
        copy.path("items").forEach(item -> {
            if (item instanceof ObjectNode line) {
                line.remove("externalId");
            }
        });
        if (copy instanceof ObjectNode order && order.path("identifiers").isArray()) {
            ObjectNode names = order.objectNode();
            order.path("identifiers")
                    .forEach(one -> names.set(
                            one.path("system").asText() + " " + one.path("type").asText(), one.path("value")));
            order.set("identifiers", names);
        }
        return copy;
    }

    private static void compare(
            @Nullable JsonNode before, @Nullable JsonNode after, String pointer, String name, List<FieldChange> into) {
        JsonNode a = before == null || saysNothing(before) ? null : before;
        JsonNode b = after == null || saysNothing(after) ? null : after;
        if (a == null && b == null) {
            return;
        }
        if (a != null && b != null && a.isObject() && b.isObject()) {
            Set<String> names = new TreeSet<>();
            a.fieldNames().forEachRemaining(names::add);
            b.fieldNames().forEachRemaining(names::add);
            names.forEach(
                    field -> compare(a.get(field), b.get(field), FieldProblems.below(pointer, field), field, into));
        } else if (a != null && b != null && a.isArray() && b.isArray()) {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                compare(a.get(i), b.get(i), pointer + "/" + i, name, into);
            }
        } else if (a == null || b == null || !isSame(a, b, name)) {
            into.add(new FieldChange(pointer, a, b));
        }
    }

    private static boolean isSame(JsonNode a, JsonNode b, String name) {
        return canonical(a, name).equals(canonical(b, name)) || (name.equals(MOMENT) && isSameMoment(a, b));
    }

    private static boolean isSameMoment(JsonNode a, JsonNode b) {
        try {
            return OffsetDateTime.parse(a.asText()).isEqual(OffsetDateTime.parse(b.asText()));
        } catch (DateTimeParseException notAMoment) {
            return false;
        }
    }

    private static String canonical(JsonNode node, String name) {
        StringBuilder text = new StringBuilder();
        write(node, name, text);
        return text.toString();
    }

    private static void write(JsonNode node, String name, StringBuilder out) {
        if (!tell(node, name, out)) {
            out.append("null");
        }
    }

    /** @return false, and nothing is written, when the node says nothing */
    private static boolean tell(JsonNode node, String name, StringBuilder out) {
        if (node.isObject()) {
            return tellFields(node, out);
        }
        if (node.isArray()) {
            return tellMembers(node, name, out);
        }
        if (saysNothing(node)) {
            return false;
        }
        scalar(node, name, out);
        return true;
    }

    private static boolean tellFields(JsonNode object, StringBuilder out) {
        int start = out.length();
        String[] fields = new String[object.size()];
        Iterator<String> names = object.fieldNames();
        Arrays.setAll(fields, i -> names.next());
        Arrays.sort(fields);
        out.append('{');
        for (String field : fields) {
            int before = out.length();
            quote(field, out);
            out.append(':');
            if (tell(object.get(field), field, out)) {
                out.append(',');
            } else {
                out.setLength(before);
            }
        }
        return ended(out, start, out.length(), '}');
    }

    /** Without the members at its end that say nothing. */
    private static boolean tellMembers(JsonNode list, String name, StringBuilder out) {
        int start = out.length();
        out.append('[');
        int spoken = out.length();
        for (JsonNode member : list) {
            boolean speaks = tell(member, name, out);
            out.append(speaks ? "," : "null,");
            spoken = speaks ? out.length() : spoken;
        }
        return ended(out, start, spoken, ']');
    }

    /** What was opened at {@code start} is closed at {@code end}, or taken back when there is nothing in it. */
    private static boolean ended(StringBuilder out, int start, int end, char close) {
        boolean speaks = end > start + 1;
        out.setLength(speaks ? end : start);
        if (speaks) {
            out.append(close);
        }
        return speaks;
    }

    private static void scalar(JsonNode node, String name, StringBuilder out) {
        if (node.isNumber()) {
            out.append(number(node.decimalValue()));
        } else if (!node.isTextual()) {
            out.append(node.asText());
        } else if (name.equals(AMOUNT) && PLAIN_AMOUNT.matcher(node.textValue()).matches()) {
            out.append(number(new BigDecimal(node.textValue())));
        } else {
            quote(node.textValue(), out);
        }
    }

    /** Never written out plain, so that an exponent cannot fill the memory. */
    private static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    private static void quote(String text, StringBuilder out) {
        boolean isPlain = text.indexOf('\\') < 0 && text.indexOf('"') < 0;
        out.append('"')
                .append(isPlain ? text : text.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }

    private static boolean saysNothing(JsonNode node) {
        if (node.isContainerNode()) {
            for (JsonNode child : node) {
                if (!saysNothing(child)) {
                    return false;
                }
            }
            return true;
        }
        return node.isNull()
                || node.isMissingNode()
                || (node.isTextual() && node.textValue().isBlank());
    }
}
