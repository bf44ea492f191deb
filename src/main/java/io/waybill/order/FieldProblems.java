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
            Map.entry("email", OrderCode.BAD_EMAIL),
            Map.entry("hsCode", OrderCode.BAD_HS_CODE),
            Map.entry("service", OrderCode.BAD_SERVICE));

    private FieldProblems() {}

    static Problem of(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        JsonNode value = message.getInstanceNode();
        if (message.getEvaluationPath().toString().contains("/oneOf")) {
            return Problem.of(OrderCode.BAD_AMOUNT, "value", Seen.value(value)).at(pointer);
        }
        return switch (message.getType()) {
            case "additionalProperties" -> unknown(message, pointer);
            case "required" ->
                Problem.of(OrderCode.MISSING_FIELD, "field", message.getProperty())
                        .at(below(pointer, message.getProperty()));
            case "type" ->
                Problem.of(
                                OrderCode.WRONG_TYPE,
                                "type",
                                Seen.type(value),
                                "value",
                                Seen.value(value),
                                "legal",
                                message.getSchemaNode().asText())
                        .at(pointer);
            case "enum" ->
                suggest(
                                Problem.of(OrderCode.BAD_VALUE, "value", Seen.value(value)),
                                value.asText(),
                                texts(message.getSchemaNode()))
                        .at(pointer);
            case "maxLength" -> tooLong(message, pointer);
            case "exclusiveMinimum" ->
                Problem.of(
                                pointer.endsWith("/weight/value")
                                        ? OrderCode.WEIGHT_NOT_POSITIVE
                                        : OrderCode.LENGTH_NOT_POSITIVE,
                                "value",
                                Seen.value(value))
                        .at(pointer);
            case "minimum", "maximum" ->
                Problem.of(
                                OrderCode.OUT_OF_RANGE,
                                "value",
                                Seen.value(value),
                                "legal",
                                (message.getType().equals("minimum") ? "≥ " : "≤ ") + message.getSchemaNode())
                        .at(pointer);
            default -> badForm(pointer, value, message.getSchemaNode());
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

    private static Problem unknown(ValidationMessage message, String pointer) {
        List<String> known = new ArrayList<>(new TreeSet<>(fields(message)));
        Problem problem = Problem.of(OrderCode.UNKNOWN_FIELD, "field", Seen.text(message.getProperty()));
        return suggest(problem, message.getProperty(), known).at(below(pointer, message.getProperty()));
    }

    private static List<String> fields(ValidationMessage message) {
        String location = message.getSchemaLocation().getFragment().toString();
        String owner = location.substring(0, location.lastIndexOf('/'));
        String schema = message.getSchemaLocation().getAbsoluteIri().toString();
        List<String> fields = new ArrayList<>();
        Schemas.withId(schema).at(owner + "/properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static Problem suggest(Problem problem, String word, List<String> legal) {
        Problem withLegal = problem.with("legal", String.join(", ", legal));
        return Suggestion.of(word, legal)
                .map(near -> withLegal.with("near", near))
                .orElse(withLegal);
    }

    private static Problem tooLong(ValidationMessage message, String pointer) {
        JsonNode value = message.getInstanceNode();
        int max = message.getSchemaNode().asInt();
        int length = value.asText().codePointCount(0, value.asText().length());
        return max <= 3
                ? badForm(pointer, value, message.getSchemaNode())
                : Problem.of(OrderCode.TOO_LONG, "length", length, "max", max).at(pointer);
    }

    private static Problem badForm(String pointer, JsonNode value, JsonNode schema) {
        String field = pointer.substring(pointer.lastIndexOf('/') + 1);
        OrderCode code = BY_FIELD.getOrDefault(field, OrderCode.BAD_VALUE);
        Problem problem = code == OrderCode.UNKNOWN_COUNTRY
                ? country(value.asText())
                : Problem.of(code, "field", field, "value", Seen.value(value), "legal", schema.asText());
        return problem.at(pointer);
    }
}
