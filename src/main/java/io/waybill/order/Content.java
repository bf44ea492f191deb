package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.text.Sha256;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what documents say, before any default is filled in. Neither the order of keys nor the spelling of a number
 * ({@code 1.0}, {@code 1}; an amount {@code "12.50"}, {@code 12.5}) is content, nor is a null, a blank or an empty list.
 */
public final class Content {
    private static final String MOMENT = "placedAt";

    private Content() {}

    /** SHA-256 as 64 hex digits; equal for two documents that say the same, but for a moment in another spelling. */
    public static String hash(JsonNode document) {
        return Sha256.of(CanonicalText.of(document, ""));
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

    /** A null, a blank, or a list or an object of nothing else. */
    public static boolean saysNothing(JsonNode node) {
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

    private static boolean isSame(JsonNode a, JsonNode b, String name) {
        return CanonicalText.of(a, name).equals(CanonicalText.of(b, name))
                || (name.equals(MOMENT) && isSameMoment(a, b));
    }

    private static boolean isSameMoment(JsonNode a, JsonNode b) {
        try {
            return OffsetDateTime.parse(a.asText()).isEqual(OffsetDateTime.parse(b.asText()));
        } catch (DateTimeParseException notAMoment) {
            return false;
        }
    }
}
