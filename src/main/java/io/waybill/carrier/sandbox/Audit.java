package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Counts over the whole book; {@code sold} has the voided ones in it and the pending ones not. */
final class Audit {
    private Audit() {}

    static ObjectNode of(Book book, Instant now) {
        ObjectNode out = Json.object().put("sold", 0).put("voided", 0).put("pending", 0);
        ObjectNode orders = out.putObject("orders");
        ObjectNode references = out.putObject("references");
        book.forEach(entry -> {
            if (entry.inEffect(now)) {
                tally(out, entry);
                tally(under(orders, entry.sale().orderNumber()), entry);
                tally(under(references, entry.sale().reference()), entry);
            } else {
                count(out, "pending");
            }
        });
        return out;
    }

    private static ObjectNode under(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode known ? known : parent.putObject(name);
    }

    private static void tally(ObjectNode counts, Book.Entry entry) {
        count(counts, "sold");
        if (entry.voidedAt() != null) {
            count(counts, "voided");
        }
    }

    private static void count(ObjectNode counts, String what) {
        counts.put(what, counts.path(what).asInt() + 1);
    }
}
