package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one value of the target must be. Read from the schema once; checks without the schema. */
final class Rule {
    static final Rule FREE = new Rule();

    /** Takes a violation: pointer below the checked value, code, and the values of its sentence. */
    interface Report {
        void violation(String pointer, MappingCode code, Object... namesAndValues);
    }

    private final Set<String> types = new HashSet<>();
    private final Map<String, Rule> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final List<Rule> alternatives = new ArrayList<>();
    private final Set<String> allowed = new java.util.LinkedHashSet<>();
    private @Nullable Rule items;
    private @Nullable Rule additional = this;
    private @Nullable Pattern pattern;
    private String format = "";
    private @Nullable BigDecimal minimum;
    private @Nullable BigDecimal maximum;
    private @Nullable BigDecimal above;
    private @Nullable BigDecimal below;
    private int minLength;
    private int maxLength = Integer.MAX_VALUE;
    private int minItems;
    private int maxItems = Integer.MAX_VALUE;

    void read(JsonNode schema, RuleReader reader) {
        JsonNode type = schema.path("type");
        (type.isArray() ? type : List.of(type)).forEach(word -> {
            if (word.isTextual()) {
                types.add(word.asText());
            }
        });
        schema.path("properties").properties().forEach(p -> properties.put(p.getKey(), reader.rule(p.getValue())));
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("enum").forEach(value -> allowed.add(value.asText()));
        if (schema.has("const")) {
            allowed.add(schema.get("const").asText());
        }
        for (String word : List.of("oneOf", "anyOf")) {
            schema.path(word).forEach(alternative -> alternatives.add(reader.rule(alternative)));
        }
        items = schema.has("items") ? reader.rule(schema.get("items")) : FREE;
        JsonNode more = schema.path("additionalProperties");
        additional = more.isBoolean() && !more.booleanValue() ? null : more.isObject() ? reader.rule(more) : FREE;
        pattern = schema.has("pattern") ? Pattern.compile(schema.get("pattern").asText()) : null;
        format = schema.path("format").asText("");
        minimum = bound(schema, "minimum");
        maximum = bound(schema, "maximum");
        above = bound(schema, "exclusiveMinimum");
        below = bound(schema, "exclusiveMaximum");
        minLength = schema.path("minLength").asInt(0);
        maxLength = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        minItems = schema.path("minItems").asInt(0);
        maxItems = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    }

    private static @Nullable BigDecimal bound(JsonNode schema, String name) {
        return schema.path(name).isNumber() ? schema.get(name).decimalValue() : null;
    }

    /** The rule of a named part, or null when the target has no such part. */
    @Nullable
    Rule child(String name) {
        if (this == FREE) {
            return FREE;
        }
        Rule own = properties.get(name);
        if (own != null) {
            return own;
        }
        for (Rule alternative : alternatives) {
            Rule found = alternative.properties.isEmpty() ? null : alternative.child(name);
            if (found != null) {
                return found;
            }
        }
        boolean mayBeObject = types.isEmpty() ? alternatives.isEmpty() : types.contains("object");
        return mayBeObject ? additional : null;
    }

    /** The rule of a list's elements, or null when the target has no list here. */
    @Nullable
    Rule element() {
        if (this == FREE) {
            return FREE;
        }
        return types.isEmpty() || types.contains("array") ? items : null;
    }

    Set<String> names() {
        Set<String> names = new java.util.LinkedHashSet<>(properties.keySet());
        alternatives.forEach(alternative -> names.addAll(alternative.properties.keySet()));
        return names;
    }

    List<String> required() {
        return required;
    }

    boolean has(String one, String other) {
        return names().contains(one) && names().contains(other);
    }

    /** The value in the type the target wants where only the spelling differs: "3" and 3, "true" and true. */
    JsonNode fit(JsonNode value) {
        if (value.isNumber() && wantsOnly("string")) {
            return Values.NODES.textNode(Values.text(value));
        }
        if (value.isTextual() && (wantsOnly("number") || wantsOnly("integer"))) {
            return Values.number(value).<JsonNode>map(Values.NODES::numberNode).orElse(value);
        }
        if (value.isTextual() && wantsOnly("boolean")) {
            String text = Values.text(value);
            return text.equals("true") || text.equals("false") ? Values.NODES.booleanNode(text.equals("true")) : value;
        }
        return value;
    }

    private boolean wantsOnly(String type) {
        return types.contains(type) && types.stream().allMatch(t -> t.equals(type) || t.equals("null"));
    }

    void check(JsonNode value, String pointer, Report report) {
        if (this == FREE || (value.isNull() && types.contains("null"))) {
            return;
        }
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(value, type))) {
            report.violation(pointer, typeCode(), "legal", String.join(", ", types));
            return;
        }
        if (!allowed.isEmpty() && !allowed.contains(value.asText())) {
            report.violation(pointer, MappingCode.NOT_ALLOWED, "legal", String.join(", ", allowed));
        }
        if (value.isTextual()) {
            checkText(value.textValue(), pointer, report);
        } else if (value.isNumber()) {
            checkNumber(value, pointer, report);
        } else if (value.isArray()) {
            checkList(value, pointer, report);
        } else if (value.isObject()) {
            checkObject(value, pointer, report);
        }
        checkAlternatives(value, pointer, report);
    }

    private MappingCode typeCode() {
        return wantsOnly("number")
                ? MappingCode.NOT_A_NUMBER
                : wantsOnly("integer") ? MappingCode.NOT_A_WHOLE_NUMBER : MappingCode.WRONG_TYPE;
    }

    private void checkText(String text, String pointer, Report report) {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            report.violation(pointer, MappingCode.TOO_LONG, "max", maxLength, "length", length);
        }
        if (length < minLength) {
            report.violation(pointer, MappingCode.TOO_SHORT, "min", minLength);
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            report.violation(pointer, MappingCode.NOT_LIKE_PATTERN, "legal", pattern.pattern());
        }
        if ((format.equals("date-time") || format.equals("date")) && !isTime(text)) {
            report.violation(pointer, MappingCode.NOT_A_DATE, "legal", format);
        }
    }

    private boolean isTime(String text) {
        try {
            return format.equals("date") ? LocalDate.parse(text) != null : OffsetDateTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void checkNumber(JsonNode value, String pointer, Report report) {
        BigDecimal number = Values.number(value).orElse(null);
        boolean inside = number != null
                && (minimum == null || number.compareTo(minimum) >= 0)
                && (maximum == null || number.compareTo(maximum) <= 0)
                && (above == null || number.compareTo(above) > 0)
                && (below == null || number.compareTo(below) < 0);
        if (!inside) {
            report.violation(pointer, MappingCode.OUT_OF_RANGE, "legal", range());
        }
    }

    private String range() {
        List<String> parts = new ArrayList<>();
        parts.add(minimum == null ? "" : "≥ " + minimum.toPlainString());
        parts.add(above == null ? "" : "> " + above.toPlainString());
        parts.add(maximum == null ? "" : "≤ " + maximum.toPlainString());
        parts.add(below == null ? "" : "< " + below.toPlainString());
        parts.removeIf(String::isEmpty);
        return parts.isEmpty() ? "≤ 60 digits" : String.join(", ", parts);
    }

    private void checkList(JsonNode list, String pointer, Report report) {
        if (list.size() < minItems || list.size() > maxItems) {
            String most = maxItems == Integer.MAX_VALUE ? "" : ", ≤ " + maxItems;
            report.violation(pointer, MappingCode.OUT_OF_RANGE, "legal", "≥ " + minItems + most);
        }
        for (int i = 0; i < list.size() && items != null; i++) {
            items.check(list.get(i), pointer + "/" + i, report);
        }
    }

    private void checkObject(JsonNode object, String pointer, Report report) {
        checkRequired(object, pointer, report);
        object.properties().forEach(part -> {
            Rule rule = child(part.getKey());
            String below = pointer + "/" + part.getKey().replace("~", "~0").replace("/", "~1");
            if (rule == null) {
                report.violation(
                        below,
                        MappingCode.UNKNOWN_TARGET_FIELD,
                        "key",
                        part.getKey(),
                        "nearest",
                        Nearest.to(part.getKey(), names()));
            } else {
                rule.check(part.getValue(), below, report);
            }
        });
    }

    /** Required parts of this object only. */
    void checkRequired(JsonNode object, String pointer, Report report) {
        for (String name : required) {
            if (object.path(name).isMissingNode()) {
                report.violation(pointer + "/" + name, MappingCode.REQUIRED);
            }
        }
    }

    private void checkAlternatives(JsonNode value, String pointer, Report report) {
        if (alternatives.isEmpty()) {
            return;
        }
        List<Runnable> first = new ArrayList<>();
        for (Rule alternative : alternatives) {
            List<Runnable> found = new ArrayList<>();
            alternative.check(
                    value, pointer, (at, code, values) -> found.add(() -> report.violation(at, code, values)));
            if (found.isEmpty()) {
                return;
            }
            first = first.isEmpty() || found.size() < first.size() ? found : first;
        }
        first.forEach(Runnable::run);
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" ->
                value.isIntegralNumber()
                        || Values.number(value)
                                .map(n -> value.isNumber()
                                        && n.stripTrailingZeros().scale() <= 0)
                                .orElse(false);
            default -> true;
        };
    }
}
