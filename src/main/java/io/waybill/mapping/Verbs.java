package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import io.waybill.format.CellValue;
import io.waybill.measure.Country;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The verbs that change a value. */
final class Verbs {
    /** What bills and office programs print for a hyphen that means less. */
    private static final char MINUS = '\u2212';

    private static final Pattern INT = Pattern.compile("[+-]?\\d{1,18}(?:[.,]0{1,9})?");

    private static final Pattern PERHAPS_THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(?:[.,]000)+");

    /** As the day of a cell is read. */
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?)?");

    private static final Pattern WITH_COMMA = Pattern.compile("-?\\d{0,40}(\\.\\d{3}){0,12},\\d{1,40}");
    private static final Pattern WITH_POINT = Pattern.compile("\\d{0,40}\\.\\d{1,40}");
    private static final Pattern ONE_GROUP = Pattern.compile("\\d{1,3}\\.\\d{3}");
    private static final Pattern BELOW_ONE = Pattern.compile("0{1,3}[.,](?!000)\\d{3}");
    private static final Pattern AROUND_INT = Pattern.compile("^\\+|[.,]0+$");
    private static final Pattern SIGN = Pattern.compile("^[+-]|-$");

    /** As books write what is less than nothing; a sign within would be a second one. */
    private static final Pattern LESS = Pattern.compile("\\(([^+-]*[^+-])\\)");

    private Verbs() {}

    /** Parts of a text at a separator, empty parts left out. */
    static Step split(String at) {
        Pattern separator = Pattern.compile(at, Pattern.LITERAL);
        return (value, spot) -> {
            ArrayNode parts = Values.NODES.arrayNode();
            for (String part : separator.split(Values.text(value), -1)) {
                String text = Meant.strip(part);
                if (!text.isEmpty()) {
                    parts.add(text);
                }
            }
            return parts;
        };
    }

    /** One part of a text at a separator: 1 is the first, -1 the last; missing where there are fewer. */
    static Step part(String at, int number) {
        Pattern separator = Pattern.compile(at, Pattern.LITERAL);
        return (value, spot) -> {
            String[] parts = separator.split(Values.text(value), -1);
            int index = number > 0 ? number - 1 : parts.length + number;
            return index >= 0 && index < parts.length
                    ? changed(value, Meant.strip(parts[index]))
                    : MissingNode.getInstance();
        };
    }

    /** Takes these characters off both ends. */
    static Step trim(String characters) {
        return (value, spot) -> {
            String text = Values.text(value);
            int from = 0;
            int to = text.length();
            while (from < to && characters.indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            return changed(value, Meant.strip(text.substring(from, to)));
        };
    }

    static Step upper() {
        return (value, spot) -> Values.NODES.textNode(Values.text(value).toUpperCase(Locale.ROOT));
    }

    static Step lower() {
        return (value, spot) -> Values.NODES.textNode(Values.text(value).toLowerCase(Locale.ROOT));
    }

    /** First letter of each word large, the rest small. */
    static Step title() {
        Pattern word = Pattern.compile("\\p{L}+");
        return (value, spot) -> Values.NODES.textNode(word.matcher(Values.text(value))
                .replaceAll(match ->
                        Matcher.quoteReplacement(match.group().substring(0, 1).toUpperCase(Locale.ROOT)
                                + match.group().substring(1).toLowerCase(Locale.ROOT))));
    }

    /** Plain text by plain text, in the order given. */
    static Step replace(Map<String, String> pairs) {
        return (value, spot) -> {
            String text = Values.text(value);
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                text = text.replace(pair.getKey(), pair.getValue());
            }
            return changed(value, Meant.strip(text));
        };
    }

    /** The number of a cell in which there was nothing to change is still one. */
    private static JsonNode changed(JsonNode value, String text) {
        return value instanceof CellValue && value.textValue().equals(text) ? value : Values.NODES.textNode(text);
    }

    /** The ISO 3166-1 code of two letters, or of three, from a code or a name. */
    static Step country(boolean alpha3) {
        return (value, spot) -> {
            Country country = Country.read(Meant.narrow(Values.text(value))).orElse(null);
            return country == null
                    ? spot.refuse(MappingCode.NOT_A_COUNTRY)
                    : Values.NODES.textNode(alpha3 ? country.alpha3() : country.alpha2());
        };
    }

    /**
     * A decimal number with this mark, thousands grouped or not, a sign before or behind or parentheses around it, with or without the zero of 0.75.
     * The number of a workbook's cell has a point: under a comma its 1.125 is refused, where that of a text is a thousand.
     * So is 0.125 of any: nobody writes 125 like that.
     */
    static Step decimal(char mark) {
        String grouping = mark == ',' ? ".'’ \u00A0\u202F" : ",'’ \u00A0\u202F";
        Pattern plain =
                Pattern.compile("(?:\\d{1,40}(?:%1$s\\d{1,40})?|%1$s\\d{1,40})".formatted(Pattern.quote("" + mark)));
        Pattern grouped = Pattern.compile(
                "\\d{1,3}(?:[" + grouping + "]\\d{3}){1,12}(?:" + Pattern.quote("" + mark) + "\\d{1,40})?");
        Pattern separators = Pattern.compile("[" + grouping + "]");
        return (value, spot) -> {
            if (value instanceof NumericNode) {
                return number(value, spot);
            }
            String text = Meant.strip(Meant.narrow(Values.text(value)));
            BigDecimal simple = Values.plain(text, mark);
            if (simple != null) {
                return Values.NODES.numberNode(simple);
            }
            Matcher less = LESS.matcher(text.replace(MINUS, '-'));
            String signed = less.matches() ? "-" + Meant.strip(less.group(1)) : text.replace(MINUS, '-');
            boolean negative = signed.startsWith("-") || signed.endsWith("-");
            String digits = Meant.strip(SIGN.matcher(signed).replaceAll(""));
            boolean isOfCell = value instanceof CellValue
                    && mark == ','
                    && ONE_GROUP.matcher(digits).matches();
            boolean isGrouped = grouped.matcher(digits).matches()
                    && !isOfCell
                    && !BELOW_ONE.matcher(digits).matches();
            if (!isGrouped && !plain.matcher(digits).matches()) {
                return spot.refuse(MappingCode.NOT_A_NUMBER, "legal", meant(mark, digits));
            }
            String spelled = separators.matcher(digits).replaceAll("").replace(mark, '.');
            BigDecimal number = new BigDecimal(spelled);
            return Values.NODES.numberNode(negative ? number.negate() : number);
        };
    }

    /** How a number with this mark looks; of one that has the other what says so in the line. */
    private static String meant(char mark, String digits) {
        if (mark == ',') {
            return WITH_POINT.matcher(digits).matches() ? "legal.decimal-point" : "1.234,56";
        }
        return WITH_COMMA.matcher(digits).matches() ? "legal.decimal-comma" : "1,234.56";
    }

    /** A whole number of at most 18 digits; 3.0 is 3, and of a text 1.000 is refused, which many write for a thousand. */
    static Step whole() {
        return (value, spot) -> {
            if (value instanceof IntNode) {
                return value;
            }
            String text = Meant.narrow(Values.text(value));
            BigDecimal simple = Values.plain(text, '\0');
            if (simple != null) {
                return Values.NODES.numberNode(simple.longValue());
            }
            if (!(value instanceof NumericNode)
                    && PERHAPS_THOUSANDS.matcher(text).matches()) {
                return spot.refuse(MappingCode.THOUSAND_OR_DECIMAL);
            }
            if (!INT.matcher(text).matches()) {
                return spot.refuse(MappingCode.NOT_A_WHOLE_NUMBER, "legal", "12");
            }
            return Values.NODES.numberNode(
                    Long.parseLong(AROUND_INT.matcher(text).replaceAll("")));
        };
    }

    /** Warns of a day where a text is written: a spreadsheet takes {@code 1-2} for one when it is typed in. */
    static Step noDateOfCell() {
        return (value, spot) -> {
            if (value instanceof CellValue && DAY.matcher(value.textValue()).matches()) {
                spot.warn(MappingCode.DATE_OF_CELL);
            }
            return value;
        };
    }

    /** Rounds half up to this many decimals, and fills up to them. */
    static Step scale(int decimals) {
        return (value, spot) -> {
            JsonNode number = number(value, spot);
            return number == null
                    ? null
                    : Values.NODES.numberNode(number.decimalValue().setScale(decimals, RoundingMode.HALF_UP));
        };
    }

    /** Numbers: the least value. Text: the least length. */
    static Step min(BigDecimal least) {
        return (value, spot) -> {
            if (value instanceof NumericNode) {
                JsonNode number = number(value, spot);
                return number == null || number.decimalValue().compareTo(least) >= 0
                        ? number
                        : spot.refuse(MappingCode.OUT_OF_RANGE, "legal", ">= " + least.toPlainString());
            }
            return length(value) >= least.intValue()
                    ? value
                    : spot.refuse(MappingCode.TOO_SHORT, "min", least.toPlainString());
        };
    }

    /** Numbers: the greatest value. Text: the greatest length in characters, beyond it error, cut or warn. */
    static Step max(BigDecimal most, String tooLong) {
        return (value, spot) -> {
            if (value instanceof NumericNode) {
                JsonNode number = number(value, spot);
                return number == null || number.decimalValue().compareTo(most) <= 0
                        ? number
                        : spot.refuse(MappingCode.OUT_OF_RANGE, "legal", "<= " + most.toPlainString());
            }
            int length = length(value);
            if (length <= most.intValue()) {
                return value;
            }
            if (tooLong.equals("error")) {
                return spot.refuse(MappingCode.TOO_LONG, "max", most.toPlainString(), "length", length);
            }
            spot.warn(MappingCode.TOO_LONG, "max", most.toPlainString(), "length", length);
            String text = Values.text(value);
            return tooLong.equals("warn")
                    ? value
                    : Values.NODES.textNode(
                            Meant.strip(text.substring(0, text.offsetByCodePoints(0, most.intValue()))));
        };
    }

    /** The value as an exact number, or refused. */
    static @Nullable JsonNode number(JsonNode value, Spot spot) {
        BigDecimal number = value instanceof NumericNode
                ? Values.exact(value)
                : Values.number(value).orElse(null);
        if (number == null) {
            boolean comma = WITH_COMMA.matcher(Values.text(value)).matches();
            return spot.refuse(MappingCode.NOT_A_NUMBER, "legal", comma ? "legal.decimal-comma" : "1234.56");
        }
        return value instanceof IntNode || value instanceof DecimalNode ? value : Values.NODES.numberNode(number);
    }

    private static int length(JsonNode value) {
        String text = Values.text(value);
        return text.codePointCount(0, text.length());
    }

    /** In the order they act, whatever the order in the file. */
    static final List<String> ORDER = List.of(
            "split", "trim", "replace", "case", "lookup", "country", "date", "decimal", "int", "unit", "scale", "min",
            "max");
}
