package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import io.waybill.format.CellValue;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The verbs that read and round a number. */
final class NumberVerbs {
    /** What bills and office programs print for a hyphen that means less. */
    private static final char MINUS = '\u2212';

    private static final Pattern INT = Pattern.compile("[+-]?\\d{1,18}(?:[.,]0{1,9})?");

    private static final Pattern PERHAPS_THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(?:[.,]000)+");

    private static final Pattern WITH_COMMA = Pattern.compile("-?\\d{0,40}(\\.\\d{3}){0,12},\\d{1,40}");
    private static final Pattern WITH_POINT = Pattern.compile("\\d{0,40}\\.\\d{1,40}");
    /** {@code EUR 12,00}, {@code 2,5 kg}, {@code 12.00€}. */
    private static final Pattern WITH_WORD = Pattern.compile(
            "[\\p{L}\\p{Sc}]{1,5}[.\\s]?\\s*-?\\d[\\d.,'’\\s]*|-?\\d[\\d.,'’\\s]*[\\p{L}\\p{Sc}]{1,5}\\.?");

    private static final Pattern ONE_GROUP = Pattern.compile("\\d{1,3}\\.\\d{3}");
    private static final Pattern BELOW_ONE = Pattern.compile("0{1,3}[.,](?!000)\\d{3}");
    private static final Pattern AROUND_INT = Pattern.compile("^\\+|[.,]0+$");
    private static final Pattern SIGN = Pattern.compile("^[+-]|-$");

    /** As books write what is less than nothing; a sign within would be a second one. */
    private static final Pattern LESS = Pattern.compile("\\(([^+-]*[^+-])\\)");

    private NumberVerbs() {}

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
                return refused(text, spot, meant(mark, digits));
            }
            String spelled = separators.matcher(digits).replaceAll("").replace(mark, '.');
            BigDecimal number = new BigDecimal(spelled);
            return Values.NODES.numberNode(negative ? number.negate() : number);
        };
    }

    /** @param legal how it would look; of one with a unit or currency beside it, what takes that off */
    private static @Nullable JsonNode refused(String text, Spot spot, String legal) {
        return WITH_WORD.matcher(text).matches()
                ? spot.refuse(MappingCode.NOT_A_NUMBER, "legal", "legal.number-alone", "such", legal)
                : spot.refuse(MappingCode.NOT_A_NUMBER, "legal", legal);
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

    /** Rounds half up to this many decimals, and fills up to them. */
    static Step scale(int decimals) {
        return (value, spot) -> {
            JsonNode number = number(value, spot);
            return number == null
                    ? null
                    : Values.NODES.numberNode(number.decimalValue().setScale(decimals, RoundingMode.HALF_UP));
        };
    }

    /** The value as an exact number, or refused. */
    static @Nullable JsonNode number(JsonNode value, Spot spot) {
        BigDecimal number = value instanceof NumericNode
                ? Values.exact(value)
                : Values.number(value).orElse(null);
        if (number == null) {
            boolean comma = WITH_COMMA.matcher(Values.text(value)).matches();
            return refused(Values.text(value), spot, comma ? "legal.decimal-comma" : "1234.56");
        }
        return value instanceof IntNode || value instanceof DecimalNode ? value : Values.NODES.numberNode(number);
    }
}
