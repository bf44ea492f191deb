package io.waybill.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.TreeSet;

/** What a rule could not look at for want of its input, each once: {@code fuel 2026-W47}. Never a silent pass. */
final class Unchecked {
    private final TreeSet<String> all = new TreeSet<>();

    /** @param what {@code fuel | divisor | guarantee | numbers | scans | discounts | discount | list-price | minimums |
     *     accessorials | zone-chart | zones | contract-currency}, whose text is {@code audit.not-checked.<what>} */
    void add(String what, String value) {
        all.add(what + " " + value);
    }

    String json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.forEach(one -> {
            int space = one.indexOf(' ');
            list.addObject().put("what", one.substring(0, space)).put("value", one.substring(space + 1));
        });
        return list.toString();
    }
}
