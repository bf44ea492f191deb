package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How often both sides said the same of one field, with the first orders in which they did not. */
final class Field {
    private static final int EXAMPLES = 5;

    private final ObjectNode json;
    private final ArrayNode examples;
    private long same;
    private long different;
    private long onlyShadow;
    private long onlyLive;

    Field(ObjectNode json, String name) {
        this.json = json.put("field", name);
        this.examples = json.putArray("examples");
    }

    void same() {
        same++;
    }

    /** @param difference one side of it may say nothing */
    void differs(Difference difference) {
        if (difference.shadow() == null) {
            onlyLive++;
        } else if (difference.live() == null) {
            onlyShadow++;
        } else {
            different++;
        }
        if (examples.size() < EXAMPLES) {
            examples.addObject()
                    .put("orderId", difference.orderId())
                    .put("shadow", difference.shadow())
                    .put("live", difference.live());
        }
    }

    boolean agrees() {
        return different + onlyShadow + onlyLive == 0;
    }

    void close() {
        long all = same + different + onlyShadow + onlyLive;
        json.put("orders", all)
                .put("same", same)
                .put("different", different)
                .put("onlyShadow", onlyShadow)
                .put("onlyLive", onlyLive)
                .put(
                        "agreement",
                        new BigDecimal(same * 100).divide(new BigDecimal(Math.max(1, all)), 1, RoundingMode.HALF_UP));
    }
}
