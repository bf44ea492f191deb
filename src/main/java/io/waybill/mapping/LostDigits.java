package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a spreadsheet lost when it saved a table as text. Names and numbers it shortened: {@code 450789469123} became
 * {@code 4.50789E+11}, {@code 9400111899223197428490} became {@code 9400111899223190000000}, and many orders may have become
 * one. Formulas that came to nothing: {@code #N/A} is nobody's name.
 */
final class LostDigits {
    private static final Pattern SHORTENED = Pattern.compile("\\d([.,]\\d+)?[eE]\\+\\d{1,3}");

    /** Of its 15 digits; seven zeros behind them are hardly a carrier's own, fewer may be, and an order's own may be as many. */
    private static final Pattern ZEROS = Pattern.compile("[1-9]\\d{14}0{7,}");

    /** As English and German programs write them. */
    private static final Set<String> ERRORS = Set.of(
            "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#NV", "#BEZUG!",
            "#WERT!", "#ZAHL!");

    private static final Set<String> CARRIERS = Set.of("trackingNumber", "originalNumber", "leadNumber", "account");

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
            "trackingNumber",
            "originalNumber",
            "leadNumber",
            "account");

    private LostDigits() {}

    /** Whether there is any, asked of every document. */
    static boolean isIn(JsonNode written) {
        return isIn(written, "");
    }

    private static boolean isIn(JsonNode node, String field) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                if (isIn(each.getValue(), named(each.getKey(), field))) {
                    return true;
                }
            }
            return false;
        }
        if (node.isArray()) {
            for (JsonNode each : node) {
                if (isIn(each, field)) {
                    return true;
                }
            }
            return false;
        }
        return isShortened(node, field) || isError(node);
    }

    private static boolean isError(JsonNode node) {
        return node.isTextual() && node.textValue().startsWith("#") && ERRORS.contains(node.textValue());
    }

    private static boolean isShortened(JsonNode node, String field) {
        return node.isTextual()
                && ((NAMES.contains(field)
                                && SHORTENED.matcher(node.textValue()).matches())
                        || (CARRIERS.contains(field)
                                && ZEROS.matcher(node.textValue()).matches()));
    }

    /** A field's name, and that of a number where identifiers are told by kind and value. */
    private static String named(String name, String above) {
        return name.equals("value") && above.equals("identifiers") ? "orderId" : name;
    }

    /** Where in what was written, as JSON pointers, and what was lost. */
    static Map<String, MappingCode> in(JsonNode written) {
        Map<String, MappingCode> found = new LinkedHashMap<>();
        look(written, "", "", found);
        return found;
    }

    private static void look(JsonNode node, String field, String pointer, Map<String, MappingCode> found) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                String name = each.getKey();
                look(each.getValue(), named(name, field), pointer + "/" + escaped(name), found);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                look(node.get(i), field, pointer + "/" + i, found);
            }
        } else if (isShortened(node, field)) {
            found.put(pointer, MappingCode.DIGITS_LOST);
        } else if (isError(node)) {
            found.put(pointer, MappingCode.ERROR_OF_CELL);
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
