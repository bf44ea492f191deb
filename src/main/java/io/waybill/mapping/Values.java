package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How values are read: text without outer spaces, full-width ASCII as ASCII, numbers exact and of sane size. */
final class Values {
    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int DIGITS = 60;
    private static final Pattern PLAIN = Pattern.compile("-?(\\d{1,40}(\\.\\d{1,40})?|\\.\\d{1,40})");

    private Values() {}

    /** Nothing to map: missing, null, blank text, an empty list or object. */
    static boolean absent(JsonNode value) {
        if (value instanceof TextNode text) {
            return Meant.isBlank(text.textValue());
        }
        return value instanceof ContainerNode<?> ? value.isEmpty() : value.isMissingNode() || value.isNull();
    }

    /** Whether nothing in this list is anything. */
    static boolean allAbsent(JsonNode list) {
        for (JsonNode element : list) {
            if (!absent(element)) {
                return false;
            }
        }
        return true;
    }

    /** A scalar as text; a list or object as JSON. */
    static String text(JsonNode value) {
        if (value instanceof TextNode node) {
            return Meant.of(node.textValue());
        }
        if (value instanceof IntNode) {
            return value.asText();
        }
        if (value.isNumber()) {
            return number(value).map(BigDecimal::toPlainString).orElseGet(value::asText);
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    /** A text without outer spaces, full-width as ASCII: the same node where nothing changes. */
    static TextNode trimmed(TextNode value) {
        String text = Meant.of(value.textValue());
        return text.equals(value.textValue()) ? value : NODES.textNode(text);
    }

    /** A number of at most 60 digits each side of the point; of text only the plain spelling, 1250.00 or .75. */
    static Optional<BigDecimal> number(JsonNode value) {
        return value instanceof TextNode ? plain(text(value)) : Optional.ofNullable(exact(value));
    }

    /** The same of a number node; null of any other. */
    static @Nullable BigDecimal exact(JsonNode value) {
        if (!(value instanceof NumericNode number) || number.isNaN()) {
            return null;
        }
        BigDecimal exact = number.decimalValue();
        return Math.abs((long) exact.scale()) <= DIGITS && exact.precision() <= DIGITS ? exact : null;
    }

    static Optional<BigDecimal> plain(String text) {
        BigDecimal number = plain(text, '.');
        return number == null && PLAIN.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.ofNullable(number);
    }

    /** What at most 18 digits say, which this mark may part in two, 1250 or 1250.00; null of any other text. */
    static @Nullable BigDecimal plain(String text, char mark) {
        int last = text.length() - 1;
        if (last < 0 || last >= 18) {
            return null;
        }
        long digits = 0;
        int point = last;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c == mark && i > 0 && i < last && point == last) {
                point = i;
            } else if (c < '0' || c > '9') {
                return null;
            } else {
                digits = digits * 10 + c - '0';
            }
        }
        return BigDecimal.valueOf(digits, last - point);
    }
}
