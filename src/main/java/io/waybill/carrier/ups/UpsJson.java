package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.RequestJson;
import io.waybill.measure.Money;
import java.math.RoundingMode;

/** What UPS's requests are made of: every value is a string. */
final class UpsJson {
    private UpsJson() {}

    static ObjectNode code(String code) {
        return RequestJson.object().put("Code", code);
    }

    /** The unit of a weight, told in words too, without which the Rating API's document takes none. */
    static ObjectNode weighedIn(boolean isImperial) {
        return isImperial
                ? code("LBS").put("Description", "Pounds")
                : code("KGS").put("Description", "Kilograms");
    }

    /** The unit of a side, told as {@link #weighedIn} is. */
    static ObjectNode measuredIn(boolean isImperial) {
        return isImperial ? code("IN").put("Description", "Inches") : code("CM").put("Description", "Centimeters");
    }

    static ObjectNode money(Money money) {
        return RequestJson.object()
                .put("CurrencyCode", money.currency().getCurrencyCode())
                .put(
                        "MonetaryValue",
                        money.amount().setScale(2, RoundingMode.HALF_UP).toPlainString());
    }

    /** Its presence says it; any value is ignored. */
    static void mark(ObjectNode out, String indicator) {
        out.put(indicator, "");
    }
}
