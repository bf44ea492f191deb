package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How values are read: text without outer spaces, full-width ASCII as ASCII, numbers exact and of sane size. */
final class Values {
    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int DIGITS = 60;
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    private Values() {}

    /** Nothing to map: missing, null, blank text, an empty list or object. */
    static boolean absent(JsonNode value) {
        if (value instanceof TextNode text) {
            return blank(text.textValue());
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
            String text = node.textValue();
            return plainly(text) ? text : ascii(strip(text));
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
        if (plainly(value.textValue())) {
            return value;
        }
        String text = text(value);
        return text.equals(value.textValue()) ? value : NODES.textNode(text);
    }

    /** A number of at most 60 digits each side of the point; of text only the plain spelling, 1250.00. */
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

    /** ASCII without outer spaces, as almost every text is. */
    private static boolean plainly(String text) {
        int length = text.length();
        if (length > 0 && (text.charAt(0) <= ' ' || text.charAt(length - 1) <= ' ')) {
            return false;
        }
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= text.charAt(i);
        }
        return all < 0x80;
    }

    private static boolean blank(String text) {
        int at = 0;
        while (at < text.length() && space(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && space(text.charAt(from))) {
            from++;
        }
        while (to > from && space(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** １２３ becomes 123 when the whole text is full-width or ASCII; text with other letters keeps its punctuation. */
    static String ascii(String text) {
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fullWidth = c >= '！' && c <= '～';
            if (c > 0x7F && !fullWidth && c != '\u3000') {
                return text;
            }
            wide |= c > 0x7F;
        }
        return wide ? narrow(text) : text;
    }

    static String narrow(String text) {
        return plainly(text) ? text : narrowed(text);
    }

    private static String narrowed(String text) {
        StringBuilder narrow = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            narrow.append(c == '\u3000' ? ' ' : c >= '！' && c <= '～' ? (char) (c - 0xFEE0) : c);
        }
        return narrow.toString();
    }

    private static boolean space(char c) {
        if (c > ' ' && c < 0x7F) {
            return false;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }
}
