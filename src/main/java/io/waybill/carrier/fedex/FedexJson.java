package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.RequestJson;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What FedEx's requests are made of: amounts and weights are numbers. */
final class FedexJson {
    private static final int MOST_PLACES = 6;
    private static final BigDecimal LEAST = new BigDecimal("0.1");

    private FedexJson() {}

    static ObjectNode value(String value) {
        return RequestJson.object().put("value", value);
    }

    static ObjectNode money(Money money) {
        return RequestJson.object()
                .put("amount", money.amount().setScale(2, RoundingMode.HALF_UP))
                .put("currency", money.currency().getCurrencyCode());
    }

    /** Of one piece, which may cost a part of a cent: two to six decimals. */
    static ObjectNode price(Money money) {
        int places = Math.max(
                2, Math.min(MOST_PLACES, money.amount().stripTrailingZeros().scale()));
        return RequestJson.object()
                .put("amount", money.amount().setScale(places, RoundingMode.HALF_UP))
                .put("currency", money.currency().getCurrencyCode());
    }

    /** In tenths, never below the weight and never zero. */
    static BigDecimal tenths(BigDecimal weight) {
        return weight.setScale(1, RoundingMode.UP).max(LEAST);
    }

    /** In tenths, never above the weight but where that is less than one: goods weigh no more than their parcel. */
    static BigDecimal tenthsAtMost(BigDecimal weight) {
        return weight.setScale(1, RoundingMode.DOWN).max(LEAST);
    }
}
