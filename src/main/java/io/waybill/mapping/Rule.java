package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What one value of the target must be. Read from the schema once; checks without the schema. */
final class Rule {
    static final Rule FREE = new Rule();

    /** Takes a violation: pointer below the checked value, code, and the values of its sentence. */
    interface Report {
        void violation(String pointer, MappingCode code, Object... namesAndValues);
    }

    private final Map<String, Rule> properties = new LinkedHashMap<>();
    private final Set<String> allowed = new LinkedHashSet<>();
    private Types types = Types.ANY;
    private Alternatives alternatives = Alternatives.NONE;
    private TextRule text = TextRule.NONE;
    private NumberRule number = new NumberRule(null, null, null, null);
    private ListRule list = new ListRule(this, 0, Integer.MAX_VALUE);
    private @Nullable Rule additional = this;
    private String[] required = {};
    private boolean choosy;

    /** Filled after it was made, so that a rule may hold itself. */
    void read(JsonNode schema, RuleReader reader) {
        types = Types.read(schema.path("type"));
        schema.path("properties").properties().forEach(p -> properties.put(p.getKey(), reader.rule(p.getValue())));
        required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
        schema.path("enum").forEach(value -> allowed.add(value.asText()));
        if (schema.has("const")) {
            allowed.add(schema.get("const").asText());
        }
        alternatives = Alternatives.read(schema, reader);
        text = TextRule.read(schema, reader.wantsWhole());
        number = NumberRule.read(schema);
        list = ListRule.read(schema, reader);
        additional = additional(schema.path("additionalProperties"), reader);
        choosy = !allowed.isEmpty() || !alternatives.none();
    }

    private static @Nullable Rule additional(JsonNode schema, RuleReader reader) {
        if (schema.isObject()) {
            return reader.rule(schema);
        }
        return schema.isBoolean() && !schema.booleanValue() ? null : FREE;
    }

    /** The rule of a named part, or null when the target has no such part. */
    @Nullable
    Rule child(String name) {
        Rule own = properties.get(name);
        if (own != null) {
            return own;
        }
        for (Rule alternative : alternatives.rules()) {
            Rule found = alternative.properties.isEmpty() ? null : alternative.child(name);
            if (found != null) {
                return found;
            }
        }
        boolean mayBeObject = types.any() ? alternatives.none() : types.include("object");
        return mayBeObject ? additional : null;
    }

    /** The rule of a list's elements, or null when the target has no list here. */
    @Nullable
    Rule element() {
        return types.any() || types.include("array") ? list.items() : null;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(properties.keySet());
        for (Rule alternative : alternatives.rules()) {
            names.addAll(alternative.properties.keySet());
        }
        return names;
    }

    /** Whether it is a text that says a date and a time with its offset. */
    boolean wantsMoment() {
        return text.wantsMoment();
    }

    /** Whether it is a text. */
    boolean wantsText() {
        return types.areTexts();
    }

    /** Whether it is a text that may say anything. */
    boolean wantsAnyText() {
        return types.areTexts() && allowed.isEmpty() && text.takesAny();
    }

    /** Whether it is a number. */
    boolean wantsNumber() {
        return types.areNumbers();
    }

    /** The words that are allowed; empty where it does not go by words. */
    String legal() {
        return String.join(" | ", allowed);
    }

    List<String> required() {
        return List.of(required);
    }

    boolean has(String one, String other) {
        return names().contains(one) && names().contains(other);
    }

    /** The value in the type the target wants where only the spelling differs. */
    JsonNode fit(JsonNode value) {
        return types.fit(value);
    }

    /** Whether {@link #check} would find nothing. */
    boolean holds(JsonNode value) {
        if (this == FREE || (types.includeNull() && value.isNull())) {
            return true;
        }
        return types.allow(value) && partsHold(value) && (!choosy || isChosen(value));
    }

    private boolean isChosen(JsonNode value) {
        return (allowed.isEmpty() || allowed.contains(value.asText())) && alternatives.hold(value);
    }

    /** What is asked of a list or an object beside what is asked of its parts: see {@link Frame}. */
    boolean wholeHolds(JsonNode value) {
        if (value instanceof ArrayNode) {
            return list.sizeHolds(value) && alternatives.hold(value);
        }
        return hasRequired(value) && (!choosy || (allowed.isEmpty() && alternatives.hold(value)));
    }

    /** Whether {@link #wholeHolds} asks of an object nothing but that its required parts are there. */
    boolean asksForPartsOnly() {
        return !choosy;
    }

    private boolean hasRequired(JsonNode object) {
        for (String name : required) {
            if (object.get(name) == null) {
                return false;
            }
        }
        return true;
    }

    boolean asksOfWhole() {
        return required.length > 0 || !allowed.isEmpty() || list.asksOfSize() || !alternatives.none();
    }

    private boolean partsHold(JsonNode value) {
        if (value instanceof TextNode node) {
            return text.holds(node.textValue());
        }
        if (value instanceof ObjectNode) {
            return objectHolds(value);
        }
        if (value instanceof ArrayNode) {
            return list.holds(value);
        }
        return !(value instanceof NumericNode) || number.holds(value);
    }

    private boolean objectHolds(JsonNode object) {
        if (!hasRequired(object)) {
            return false;
        }
        for (Map.Entry<String, JsonNode> part : object.properties()) {
            Rule rule = child(part.getKey());
            if (rule == null || !rule.holds(part.getValue())) {
                return false;
            }
        }
        return true;
    }

    void check(JsonNode value, String pointer, Report report) {
        if (this == FREE || (types.includeNull() && value.isNull())) {
            return;
        }
        if (!types.allow(value)) {
            report.violation(pointer, types.violation(), "legal", String.join(", ", types.words()));
            return;
        }
        if (!allowed.isEmpty() && !allowed.contains(value.asText())) {
            report.violation(pointer, MappingCode.NOT_ALLOWED, "legal", String.join(", ", allowed));
        }
        if (value.isTextual()) {
            text.check(value.textValue(), pointer, report);
        } else if (value.isNumber()) {
            number.check(value, pointer, report);
        } else if (value.isArray()) {
            list.check(value, pointer, report);
        } else if (value.isObject()) {
            checkObject(value, pointer, report);
        }
        alternatives.check(value, pointer, report);
    }

    private void checkObject(JsonNode object, String pointer, Report report) {
        for (String name : required) {
            if (object.path(name).isMissingNode()) {
                report.violation(pointer + "/" + name, MappingCode.REQUIRED);
            }
        }
        for (Map.Entry<String, JsonNode> part : object.properties()) {
            String name = part.getKey();
            Rule rule = child(name);
            String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (rule == null) {
                String nearest = Nearest.to(name, names());
                report.violation(below, MappingCode.UNKNOWN_TARGET_FIELD, "key", name, "nearest", nearest);
            } else {
                rule.check(part.getValue(), below, report);
            }
        }
    }
}
