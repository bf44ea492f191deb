package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Reply;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
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

    private static final String SHIPMENT = "shipment";
    private static final String PAYMENT = "payment";

    private static final Set<String> ADDRESS_PARTS =
            Set.of("name", "company", "street2", "state", "zip", "phone", "email", "federal_tax_id");
    private static final Set<String> PAYMENT_PARTS = Set.of("country", "postal_code");

    /** What an order may leave out of each object, and what EasyPost then leaves empty. {@code eel_pfc} follows from the addresses. */
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            SHIPMENT,
            Set.of("is_return", "customs_info", "tax_identifiers"),
            "to_address",
            ADDRESS_PARTS,
            "from_address",
            ADDRESS_PARTS,
            "parcel",
            Set.of("length", "width", "height", "predefined_package"),
            "customs_info",
            Set.of("contents_explanation"),
            "customs_items",
            Set.of("hs_tariff_number", "code"),
            "options",
            Set.of(
                    "print_custom_3",
                    "incoterm",
                    "invoice_number",
                    "delivery_confirmation",
                    "saturday_delivery",
                    "label_date",
                    PAYMENT,
                    "duty_payment"),
            PAYMENT,
            PAYMENT_PARTS,
            "duty_payment",
            PAYMENT_PARTS);

    /** The payment that EasyPost names itself where none was asked for. */
    private static final String OWN_ACCOUNT = "SENDER";

    private static final Set<String> TAX_NUMBERS = Set.of("federal_tax_id", "tax_id");

    /** {@code HIDDEN}, {@code *****6789}. */
    private static final Pattern HIDDEN = Pattern.compile("HIDDEN|\\*+(?<end>[^*]*)", Pattern.CASE_INSENSITIVE);

    private EasyPostEcho() {}

    static boolean isOf(JsonNode asked, JsonNode has) {
        return isOf(SHIPMENT, asked, has);
    }

    /** @param name of the object, or of the list it stands in */
    private static boolean isOf(String name, JsonNode asked, JsonNode has) {
        if (asked.isObject()) {
            return hasAll(asked, has) && hasNothingElse(name, asked, has);
        }
        if (asked.isArray()) {
            for (int i = 0; i < asked.size(); i++) {
                if (!isOf(name, asked.path(i), has.path(i))) {
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
                .allMatch(field -> isOf(field.getKey(), field.getValue(), has.path(field.getKey()))
                        || (TAX_NUMBERS.contains(field.getKey())
                                && isHidden(
                                        has.path(field.getKey()).asText(),
                                        field.getValue().asText())));
    }

    private static boolean hasNothingElse(String name, JsonNode asked, JsonNode has) {
        return OPTIONAL.getOrDefault(name, Set.of()).stream()
                .filter(part -> !asked.has(part))
                .allMatch(part -> isEmpty(part, has.path(part)));
    }

    private static boolean isEmpty(String name, JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty()
                    || (name.equals(PAYMENT) && value.path("type").asText().equals(OWN_ACCOUNT));
        }
        return value.isNumber()
                ? value.decimalValue().signum() == 0
                : Set.of("", "null", "false").contains(value.asText());
    }

    private static boolean isHidden(String shown, String number) {
        Matcher hidden = HIDDEN.matcher(shown);
        return hidden.matches() && (hidden.group("end") == null || number.endsWith(hidden.group("end")));
    }

    private static boolean isSame(JsonNode has, JsonNode asked) {
        try {
            return Reply.number(has.asText()).compareTo(asked.decimalValue()) == 0;
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
