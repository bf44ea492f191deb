package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import io.waybill.format.CellValue;
import io.waybill.measure.Country;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The verbs that change a value; those that read and round a number are {@link NumberVerbs}. */
final class Verbs {
    /** As the day of a cell is read. */
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?)?");

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

    /** Warns of a day where a text is written: a spreadsheet takes {@code 1-2} for one when it is typed in. */
    static Step noDateOfCell() {
        return (value, spot) -> {
            if (value instanceof CellValue && DAY.matcher(value.textValue()).matches()) {
                spot.warn(MappingCode.DATE_OF_CELL);
            }
            return value;
        };
    }

    /** Numbers: the least value. Text: the least length. */
    static Step min(BigDecimal least) {
        return (value, spot) -> {
            if (value instanceof NumericNode) {
                JsonNode number = NumberVerbs.number(value, spot);
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
                JsonNode number = NumberVerbs.number(value, spot);
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

    private static int length(JsonNode value) {
        String text = Values.text(value);
        return text.codePointCount(0, text.length());
    }

    /** In the order they act, whatever the order in the file. */
    static final List<String> ORDER = List.of(
            "split", "trim", "replace", "case", "lookup", "country", "date", "decimal", "int", "unit", "scale", "min",
            "max");
}
