package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.waybill.measure.Country;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the JSON Schema found, in the hub's own words. */
final class FieldProblems {
    /** Fields whose form has a sentence of its own. */
    private static final Map<String, OrderCode> BY_FIELD = Map.ofEntries(
            Map.entry("orderId", OrderCode.BAD_ORDER_ID),
            Map.entry("namespace", OrderCode.BAD_NAME),
            Map.entry("account", OrderCode.BAD_NAME),
            Map.entry("amount", OrderCode.BAD_AMOUNT),
            Map.entry("currency", OrderCode.UNKNOWN_CURRENCY),
            Map.entry("country", OrderCode.UNKNOWN_COUNTRY),
            Map.entry("originCountry", OrderCode.UNKNOWN_COUNTRY),
            Map.entry("placedAt", OrderCode.BAD_TIME),
            Map.entry("occurredAt", OrderCode.BAD_TIME),
            Map.entry("estimatedDelivery", OrderCode.BAD_TIME),
            Map.entry("shipDate", OrderCode.BAD_DATE),
            Map.entry("date", OrderCode.BAD_DATE),
            Map.entry("email", OrderCode.BAD_EMAIL),
            Map.entry("hsCode", OrderCode.BAD_HS_CODE),
            Map.entry("service", OrderCode.BAD_SERVICE));

    /** A country or a currency that is too long is not a word too long, but no country or currency. */
    private static final int LONGEST_CODE = 3;

    private FieldProblems() {}

    static Problem of(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        JsonNode value = message.getInstanceNode();
        JsonNode rule = message.getSchemaNode();
        if (message.getEvaluationPath().toString().contains("/oneOf")) {
            return Problem.of(OrderCode.BAD_AMOUNT, "value", Seen.value(value)).at(pointer);
        }
        return switch (message.getType()) {
            case "additionalProperties" -> unknown(message, pointer);
            case "required" -> missing(message.getProperty(), pointer);
            case "type" -> wrongType(value, rule).at(pointer);
            case "enum" -> notAmong(value, rule).at(pointer);
            case "maxLength" -> tooLong(value, rule, pointer);
            case "exclusiveMinimum" -> notPositive(value, pointer);
            case "minimum" -> outOfRange(value, ">= " + rule).at(pointer);
            case "maximum" -> outOfRange(value, "<= " + rule).at(pointer);
            default -> badForm(value, rule, pointer);
        };
    }

    static String below(String pointer, String field) {
        return pointer + "/" + Given.escape(field);
    }

    /** A problem about a country word, with the country that was probably meant. */
    static Problem country(String value) {
        Problem problem = Problem.of(OrderCode.UNKNOWN_COUNTRY, "value", Seen.text(value));
        Optional<Country> meant = Country.read(value);
        return meant.isPresent() ? problem.with("near", meant.get().alpha2()) : problem;
    }

    private static Problem missing(String field, String pointer) {
        return Problem.of(OrderCode.MISSING_FIELD, "field", field).at(below(pointer, field));
    }

    private static Problem wrongType(JsonNode value, JsonNode rule) {
        return Problem.of(
                OrderCode.WRONG_TYPE, "type", Seen.type(value), "value", Seen.value(value), "legal", rule.asText());
    }

    private static Problem notAmong(JsonNode value, JsonNode rule) {
        List<String> legal = new ArrayList<>();
        rule.forEach(word -> legal.add(word.asText()));
        return suggest(Problem.of(OrderCode.BAD_VALUE, "value", Seen.value(value)), value.asText(), legal);
    }

    private static Problem notPositive(JsonNode value, String pointer) {
        OrderCode code =
                pointer.endsWith("/weight/value") ? OrderCode.WEIGHT_NOT_POSITIVE : OrderCode.LENGTH_NOT_POSITIVE;
        return Problem.of(code, "value", Seen.value(value)).at(pointer);
    }

    private static Problem outOfRange(JsonNode value, String legal) {
        return Problem.of(OrderCode.OUT_OF_RANGE, "value", Seen.value(value), "legal", legal);
    }

    private static Problem tooLong(JsonNode value, JsonNode rule, String pointer) {
        if (rule.asInt() <= LONGEST_CODE) {
            return badForm(value, rule, pointer);
        }
        int length = value.asText().codePointCount(0, value.asText().length());
        return Problem.of(OrderCode.TOO_LONG, "length", length, "max", rule.asInt())
                .at(pointer);
    }

    private static Problem badForm(JsonNode value, JsonNode rule, String pointer) {
        String field = pointer.substring(pointer.lastIndexOf('/') + 1);
        OrderCode code = BY_FIELD.getOrDefault(field, OrderCode.BAD_VALUE);
        Problem problem = code == OrderCode.UNKNOWN_COUNTRY
                ? country(value.asText())
                : Problem.of(code, "field", field, "value", Seen.value(value), "legal", rule.asText());
        return problem.at(pointer);
    }

    private static Problem unknown(ValidationMessage message, String pointer) {
        Problem problem = Problem.of(OrderCode.UNKNOWN_FIELD, "field", Seen.text(message.getProperty()));
        return suggest(problem, message.getProperty(), fieldsBeside(message)).at(below(pointer, message.getProperty()));
    }

    /** The fields the schema has where an unknown one was found, sorted. */
    private static List<String> fieldsBeside(ValidationMessage message) {
        String rule = message.getSchemaLocation().getFragment().toString();
        String owner = rule.substring(0, rule.lastIndexOf('/'));
        TreeSet<String> fields = new TreeSet<>();
        Schemas.withId(message.getSchemaLocation().getAbsoluteIri().toString())
                .at(owner + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return List.copyOf(fields);
    }

    private static Problem suggest(Problem problem, String word, List<String> legal) {
        Problem withLegal = problem.with("legal", String.join(", ", legal));
        return Suggestion.of(word, legal)
                .map(near -> withLegal.with("near", near))
                .orElse(withLegal);
    }
}
