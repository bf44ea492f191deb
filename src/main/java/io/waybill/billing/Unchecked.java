package io.waybill.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.order.Json;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a rule could not look at for want of its input, each once: {@code fuel 2026-W47}. Never a silent pass. */
final class Unchecked {
    /** How the dates of its file are written, which is known when it is read and not when it is audited. */
    static final String DATES = "dates";

    private final TreeSet<String> all = new TreeSet<>();

    /** What the reading of a file left open, of all that is kept of an invoice. */
    static Unchecked ofFile(@Nullable String kept) {
        Unchecked ofFile = new Unchecked();
        ofFile.addOfFile(kept);
        return ofFile;
    }

    /** The same of one more file. */
    void addOfFile(@Nullable String kept) {
        Json.kept(kept == null ? "[]" : kept).forEach(one -> {
            if (one.path("what").asText().equals(DATES)) {
                add(DATES, one.path("value").asText());
            }
        });
    }

    /** @param what {@code dates | fuel | divisor | guarantee | numbers | scans | discounts | discount | list-price | minimums |
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
