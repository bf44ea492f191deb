package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names and numbers a spreadsheet shortened when it saved a table as text: {@code 450789469123} became
 * {@code 4.50789E+11}, and many orders may have become one.
 */
final class LostDigits {
    private static final Pattern SHORTENED = Pattern.compile("\\d([.,]\\d+)?[eE]\\+\\d{1,3}");

    private static final Set<String> NAMES = Set.of(
            "orderId",
            "reference",
            "phone",
            "postalCode",
            "taxId",
            "sku",
            "externalId",
            "hsCode",
            "invoiceNumber",
            "trackingNumber");

    private LostDigits() {}

    /** Where in what was written, as JSON pointers. */
    static List<String> in(JsonNode written) {
        List<String> found = new ArrayList<>();
        look(written, "", "", found);
        return found;
    }

    private static void look(JsonNode node, String field, String pointer, List<String> found) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                String name = each.getKey();
                boolean isIdentifier = name.equals("value") && field.equals("identifiers");
                look(each.getValue(), isIdentifier ? "orderId" : name, pointer + "/" + escaped(name), found);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                look(node.get(i), field, pointer + "/" + i, found);
            }
        } else if (node.isTextual()
                && NAMES.contains(field)
                && SHORTENED.matcher(node.textValue()).matches()) {
            found.add(pointer);
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
