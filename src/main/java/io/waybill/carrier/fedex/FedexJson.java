package io.waybill.carrier.fedex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How requests are written: amounts and weights are numbers, what is empty is left out. */
final class FedexJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private FedexJson() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(UTF_8);
    }

    /** Cut to the length FedEx takes. */
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

    static ObjectNode value(String value) {
        return object().put("value", value);
    }

    static ObjectNode money(Money money) {
        return object().put("amount", money.amount().setScale(2, RoundingMode.HALF_UP))
                .put("currency", money.currency().getCurrencyCode());
    }

    /** In tenths, never below the weight and never zero. */
    static BigDecimal tenths(BigDecimal weight) {
        return weight.setScale(1, RoundingMode.UP).max(new BigDecimal("0.1"));
    }
}
