package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JSON types a value may have, by their words in a schema; none named: any. */
final class Types {
    static final Types ANY = new Types(Set.of());

    private static final List<String> WORDS =
            List.of("object", "array", "string", "boolean", "null", "number", "integer");
    private static final int OBJECT = bit("object");
    private static final int ARRAY = bit("array");
    private static final int STRING = bit("string");
    private static final int BOOLEAN = bit("boolean");
    private static final int NULL = bit("null");
    private static final int NUMBER = bit("number");
    private static final int INTEGER = bit("integer");

    private final Set<String> words;
    private final int bits;
    private final int without;

    private Types(Set<String> words) {
        this.words = words;
        this.bits = words.stream().mapToInt(Types::bit).sum();
        this.without = bits & ~NULL;
    }

    static Types read(JsonNode type) {
        Set<String> words = new HashSet<>();
        (type.isArray() ? type : List.of(type)).forEach(word -> {
            if (WORDS.contains(word.asText())) {
                words.add(word.asText());
            }
        });
        return words.isEmpty() ? ANY : new Types(words);
    }

    Set<String> words() {
        return words;
    }

    boolean any() {
        return bits == 0;
    }

    boolean includeNull() {
        return (bits & NULL) != 0;
    }

    boolean include(String word) {
        return (bits & bit(word)) != 0;
    }

    /** Whether a value is a text, or null where that may be. */
    boolean areTexts() {
        return without == STRING;
    }

    /** Whether a value is a number, or null where that may be. */
    boolean areNumbers() {
        return without == NUMBER || without == INTEGER;
    }

    boolean allow(JsonNode value) {
        if (bits == 0) {
            return true;
        }
        return (bits & kind(value)) != 0;
    }

    private int kind(JsonNode value) {
        if (value instanceof TextNode) {
            return STRING;
        }
        if (value instanceof ObjectNode) {
            return OBJECT;
        }
        if (value instanceof ArrayNode) {
            return ARRAY;
        }
        if (value instanceof NumericNode) {
            return (bits & NUMBER) == 0 && isWhole(value) ? INTEGER : NUMBER;
        }
        return value.isBoolean() ? BOOLEAN : value.isNull() ? NULL : 0;
    }

    /** The value in the type that is wanted where only the spelling differs: "3" and 3, "true" and true. */
    JsonNode fit(JsonNode value) {
        if (without == STRING && value instanceof NumericNode) {
            return Values.NODES.textNode(Values.text(value));
        }
        if (areNumbers() && value.isTextual()) {
            return Values.number(value).<JsonNode>map(Values.NODES::numberNode).orElse(value);
        }
        if (without == BOOLEAN && value.isTextual()) {
            String text = Values.text(value);
            return text.equals("true") || text.equals("false") ? Values.NODES.booleanNode(text.equals("true")) : value;
        }
        return value;
    }

    /** What is wrong with a value of another type. */
    MappingCode violation() {
        if (without == NUMBER) {
            return MappingCode.NOT_A_NUMBER;
        }
        return without == INTEGER ? MappingCode.NOT_A_WHOLE_NUMBER : MappingCode.WRONG_TYPE;
    }

    private static int bit(String word) {
        return 1 << WORDS.indexOf(word);
    }

    /** 3, and 3.00 too. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || Values.number(value)
                        .filter(number -> number.stripTrailingZeros().scale() <= 0)
                        .isPresent();
    }
}
