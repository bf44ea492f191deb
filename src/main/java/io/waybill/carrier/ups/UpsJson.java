package io.waybill.carrier.ups;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.measure.Money;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How requests are written: every value is a string, what is empty is left out. */
final class UpsJson {
    private UpsJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(UTF_8);
    }

    /** Cut to the length UPS takes. */
    static void put(ObjectNode out, String field, @Nullable String text, int most) {
        if (text != null && !text.isBlank()) {
            out.put(field, cut(text.strip(), most));
        }
    }

    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)).strip();
    }

    static ObjectNode code(String code) {
        return object().put("Code", code);
    }

    static ObjectNode money(Money money) {
        return object().put("CurrencyCode", money.currency().getCurrencyCode())
                .put(
                        "MonetaryValue",
                        money.amount().setScale(2, RoundingMode.HALF_UP).toPlainString());
    }

    /** Its presence says it; any value is ignored. */
    static void mark(ObjectNode out, String indicator) {
        out.put(indicator, "");
    }
}
