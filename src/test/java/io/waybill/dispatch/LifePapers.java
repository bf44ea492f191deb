package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.CameAlone;
import io.waybill.intake.Origin;
import io.waybill.intake.Submission;
import io.waybill.order.Content;

/** The documents that senders hand in. */
final class LifePapers {
    private LifePapers() {}

    /** An order as it is thrown: where to, by which service, weighed or not, held or not. */
    static ObjectNode order(LifeTry act) {
        int street = 1 + act.dice().nextInt(3) % 2;
        ObjectNode order = (ObjectNode)
                LifeSettings.ORDERS.parse("""
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "%d Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"}}""".formatted(act.number(), street).getBytes(UTF_8));
        if (!act.onceIn(6)) {
            ObjectNode parcel = order.putArray("parcels").addObject().put("reference", "S1");
            parcel.putObject("weight").put("value", 1).put("unit", "kg");
        }
        if (act.onceIn(8)) {
            order.put("release", "hold");
        }
        return order;
    }

    /** The n-th label of an order that was bought elsewhere, perhaps given back. */
    static ObjectNode label(LifeTry act, int which) {
        ObjectNode label = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", act.number())
                .put("account", "fake")
                .put("trackingNumber", "9X" + act.number() + which)
                .put("date", "2026-11-16")
                .put("system", "marketplace");
        if (act.onceIn(3)) {
            label.put("voided", true);
        }
        label.putObject("cost").put("amount", "5.00").put("currency", "USD");
        return label;
    }

    static Submission called(String source, ObjectNode order, boolean reopen) {
        return new Submission(source, "api", order, null, Content.hash(order), null, null, null, reopen, source);
    }

    static Submission filed(String source, ObjectNode order, boolean reopen) {
        Origin origin = CameAlone.of("f/1", order);
        return new Submission(source, "file", order, null, Content.hash(order), origin, null, null, reopen, source);
    }

    static Submission told(ObjectNode label) {
        Origin origin = CameAlone.of("l/1", label);
        return new Submission("erp", "file", label, null, Content.hash(label), origin, null, null, false, "erp");
    }

    /** A record that says why something is to be done about an order, and no more. */
    static Submission why(String number, String why) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("orderId", number);
        return new Submission(
                "erp",
                "file",
                order,
                null,
                Content.hash(order),
                CameAlone.of("f/1", order),
                "m",
                1,
                false,
                false,
                "erp",
                null,
                why);
    }
}
