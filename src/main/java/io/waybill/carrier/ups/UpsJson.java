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
