package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** In how many orders both sides said the same of one field, with the first in which they did not. */
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

    /**
     * What one order says of it, which is counted once however many items it has.
     *
     * @param differences one side of each may say nothing; none where both say the same
     */
    void order(List<Difference> differences) {
        if (differences.isEmpty()) {
            same++;
            return;
        }
        if (differences.stream().allMatch(one -> one.shadow() == null)) {
            onlyLive++;
        } else if (differences.stream().allMatch(one -> one.live() == null)) {
            onlyShadow++;
        } else {
            different++;
        }
        Difference difference = differences.get(0);
        if (examples.size() < EXAMPLES) {
            examples.addObject()
                    .put("orderId", difference.orderId())
                    .put("shadow", difference.shadow())
                    .put("live", difference.live());
        }
    }

    /** Nothing is rounded up: all of them agree only at 100. */
    void close() {
        long all = same + different + onlyShadow + onlyLive;
        json.put("orders", all)
                .put("same", same)
                .put("different", different)
                .put("onlyShadow", onlyShadow)
                .put("onlyLive", onlyLive)
                .put(
                        "agreement",
                        new BigDecimal(same * 100).divide(new BigDecimal(Math.max(1, all)), 1, RoundingMode.DOWN));
    }
}
