package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JSON types a value may have, by their words in a schema; none named: any. */
record Types(Set<String> words) {
    static final Types ANY = new Types(Set.of());

    static Types read(JsonNode type) {
        Set<String> words = new HashSet<>();
        (type.isArray() ? type : List.of(type)).forEach(word -> {
            if (word.isTextual()) {
                words.add(word.asText());
            }
        });
        return words.isEmpty() ? ANY : new Types(words);
    }

    boolean any() {
        return words.isEmpty();
    }

    boolean include(String word) {
        return words.contains(word);
    }

    boolean allow(JsonNode value) {
        for (String word : words) {
            if (is(value, word)) {
                return true;
            }
        }
        return words.isEmpty();
    }

    /** The value in the type that is wanted where only the spelling differs: "3" and 3, "true" and true. */
    JsonNode fit(JsonNode value) {
        if (value.isNumber() && only("string")) {
            return Values.NODES.textNode(Values.text(value));
        }
        if (value.isTextual() && (only("number") || only("integer"))) {
            return Values.number(value).<JsonNode>map(Values.NODES::numberNode).orElse(value);
        }
        if (value.isTextual() && only("boolean")) {
            String text = Values.text(value);
            return text.equals("true") || text.equals("false") ? Values.NODES.booleanNode(text.equals("true")) : value;
        }
        return value;
    }

    /** What is wrong with a value of another type. */
    MappingCode violation() {
        if (only("number")) {
            return MappingCode.NOT_A_NUMBER;
        }
        return only("integer") ? MappingCode.NOT_A_WHOLE_NUMBER : MappingCode.WRONG_TYPE;
    }

    /** Whether this type is the only one, null aside. */
    private boolean only(String word) {
        return words.contains(word) && words.size() == (words.contains("null") && !word.equals("null") ? 2 : 1);
    }

    private static boolean is(JsonNode value, String word) {
        return switch (word) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" -> isWhole(value);
            default -> true;
        };
    }

    /** 3, and 3.00 too. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || (value.isNumber()
                        && Values.number(value)
                                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                                .isPresent());
    }
}
