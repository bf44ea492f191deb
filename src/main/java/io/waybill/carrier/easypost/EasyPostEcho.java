package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a shipment of EasyPost's is the one that is asked for: everything that is asked for stands in it, numbers and times by
 * their value, and nothing that was left out. What EasyPost wrote otherwise is another shipment, which costs nothing, but for
 * whether somebody lives there, which EasyPost may know better, and for what it hides of a tax number.
 */
final class EasyPostEcho {
    private static final Set<String> NOT_ECHOED = Set.of("carrier_accounts", "reference", "residential");

    /** What an order may leave out, and what EasyPost then leaves empty; it names the payment itself. */
    private static final Set<String> OPTIONAL = Set.of(
            "name",
            "company",
            "street2",
            "state",
            "zip",
            "phone",
            "email",
            "federal_tax_id",
            "is_return",
            "length",
            "width",
            "height",
            "predefined_package",
            "customs_info",
            "contents_explanation",
            "eel_pfc",
            "hs_tariff_number",
            "code",
            "tax_identifiers",
            "print_custom_3",
            "incoterm",
            "invoice_number",
            "delivery_confirmation",
            "saturday_delivery",
            "label_date",
            "payment",
            "duty_payment",
            "account",
            "postal_code");

    private static final String OWN_ACCOUNT = "SENDER";
    private static final Set<String> TAX_NUMBERS = Set.of("federal_tax_id", "tax_id");

    /** {@code HIDDEN}, {@code *****6789}. */
    private static final Pattern HIDDEN = Pattern.compile("HIDDEN|\\*+(?<end>[^*]*)", Pattern.CASE_INSENSITIVE);

    private EasyPostEcho() {}

    static boolean isOf(JsonNode asked, JsonNode has) {
        if (asked.isObject()) {
            return hasAll(asked, has) && hasNothingElse(asked, has);
        }
        if (asked.isArray()) {
            for (int i = 0; i < asked.size(); i++) {
                if (!isOf(asked.path(i), has.path(i))) {
                    return false;
                }
            }
            return has.size() == asked.size();
        }
        return asked.isNumber()
                ? isSame(has, asked)
                : has.asText().equals(asked.asText()) || isSameTime(has.asText(), asked.asText());
    }

    private static boolean hasAll(JsonNode asked, JsonNode has) {
        return asked.properties().stream()
                .filter(field -> !NOT_ECHOED.contains(field.getKey()))
                .allMatch(field -> isOf(field.getValue(), has.path(field.getKey()))
                        || (TAX_NUMBERS.contains(field.getKey())
                                && isHidden(
                                        has.path(field.getKey()).asText(),
                                        field.getValue().asText())));
    }

    private static boolean hasNothingElse(JsonNode asked, JsonNode has) {
        return OPTIONAL.stream().filter(name -> !asked.has(name)).allMatch(name -> isEmpty(has.path(name)));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode()
                ? value.isEmpty() || value.path("type").asText().equals(OWN_ACCOUNT)
                : Set.of("", "null", "false").contains(value.asText());
    }

    private static boolean isHidden(String shown, String number) {
        Matcher hidden = HIDDEN.matcher(shown);
        return hidden.matches() && (hidden.group("end") == null || number.endsWith(hidden.group("end")));
    }

    private static boolean isSame(JsonNode has, JsonNode asked) {
        try {
            return new BigDecimal(has.asText()).compareTo(asked.decimalValue()) == 0;
        } catch (NumberFormatException words) {
            return false;
        }
    }

    /** EasyPost writes Greenwich's clocks with {@code Z} or with {@code +00:00}. */
    private static boolean isSameTime(String has, String asked) {
        try {
            return OffsetDateTime.parse(has).isEqual(OffsetDateTime.parse(asked));
        } catch (DateTimeParseException words) {
            return false;
        }
    }
}
