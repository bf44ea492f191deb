package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Pattern;

/** One text for all documents that say the same: fields sorted, numbers and amounts in one spelling, without what says nothing. */
final class CanonicalText {
    private static final String AMOUNT = "amount";
    private static final Pattern PLAIN_AMOUNT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");

    private CanonicalText() {}

    /** @param name of the field it stands in, which says what its text is; empty at the top */
    static String of(JsonNode node, String name) {
        StringBuilder out = new StringBuilder();
        return tell(node, name, out) ? out.toString() : "null";
    }

    /** @return false, and nothing is written, when the node says nothing */
    private static boolean tell(JsonNode node, String name, StringBuilder out) {
        if (node.isObject()) {
            return tellFields(node, out);
        }
        if (node.isArray()) {
            return tellMembers(node, name, out);
        }
        if (Content.saysNothing(node)) {
            return false;
        }
        scalar(node, name, out);
        return true;
    }

    private static boolean tellFields(JsonNode object, StringBuilder out) {
        int start = out.length();
        String[] fields = new String[object.size()];
        Iterator<String> names = object.fieldNames();
        Arrays.setAll(fields, i -> names.next());
        Arrays.sort(fields);
        out.append('{');
        for (String field : fields) {
            int before = out.length();
            quote(field, out);
            out.append(':');
            if (tell(object.get(field), field, out)) {
                out.append(',');
            } else {
                out.setLength(before);
            }
        }
        return ended(out, start, out.length(), '}');
    }

    /** Without the members at its end that say nothing. */
    private static boolean tellMembers(JsonNode list, String name, StringBuilder out) {
        int start = out.length();
        out.append('[');
        int spoken = out.length();
        for (JsonNode member : list) {
            boolean speaks = tell(member, name, out);
            out.append(speaks ? "," : "null,");
            spoken = speaks ? out.length() : spoken;
        }
        return ended(out, start, spoken, ']');
    }

    /** What was opened at {@code start} is closed at {@code end}, or taken back when there is nothing in it. */
    private static boolean ended(StringBuilder out, int start, int end, char close) {
        boolean speaks = end > start + 1;
        out.setLength(speaks ? end : start);
        if (speaks) {
            out.append(close);
        }
        return speaks;
    }

    private static void scalar(JsonNode node, String name, StringBuilder out) {
        if (node.isNumber()) {
            out.append(number(node.decimalValue()));
        } else if (!node.isTextual()) {
            out.append(node.asText());
        } else if (name.equals(AMOUNT) && PLAIN_AMOUNT.matcher(node.textValue()).matches()) {
            out.append(number(new BigDecimal(node.textValue())));
        } else {
            quote(node.textValue(), out);
        }
    }

    /** Never written out plain, so that an exponent cannot fill the memory. */
    private static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    private static void quote(String text, StringBuilder out) {
        boolean isPlain = text.indexOf('\\') < 0 && text.indexOf('"') < 0;
        out.append('"')
                .append(isPlain ? text : text.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
