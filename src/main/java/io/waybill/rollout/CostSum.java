package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Prices of the orders both sides had, in one currency. */
final class CostSum {
    private BigDecimal shadow = BigDecimal.ZERO;
    private BigDecimal live = BigDecimal.ZERO;
    private long orders;
    private long dearer;
    private long cheaper;

    void add(BigDecimal shadowCost, BigDecimal liveCost) {
        orders++;
        shadow = shadow.add(shadowCost);
        live = live.add(liveCost);
        dearer += shadowCost.compareTo(liveCost) > 0 ? 1 : 0;
        cheaper += shadowCost.compareTo(liveCost) < 0 ? 1 : 0;
    }

    /** Positive: it would have cost more. */
    void into(ObjectNode json) {
        json.put("orders", orders)
                .put("shadow", plain(shadow))
                .put("live", plain(live))
                .put("difference", plain(shadow.subtract(live)))
                .put("dearer", dearer)
                .put("cheaper", cheaper);
    }

    static String plain(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
    }
}
