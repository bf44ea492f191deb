package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** {@code LabelRequest}, {@code ReturnLabelRequest} of Labels 3.9.13 and {@code InternationalLabelRequest}. */
final class UspsLabelRequest {
    private static final int MOST_DAYS_AHEAD = 7;
    private static final int MOST_REFERENCES = 4;
    private static final int MOST_BESIDE_CUSTOMS = 2;
    private static final int LONGEST_REFERENCE = 30;

    private UspsLabelRequest() {}

    static byte[] of(Shipment shipment, Ref ref, UspsSettings settings) {
        Latin.require(shipment);
        UspsLane lane = UspsLane.of(shipment);
        Order order = shipment.order();
        boolean customs = lane.isAbroad() || (lane.mayNeedCustoms(shipment) && order.customs() != null);
        ObjectNode out = RequestJson.object();
        out.set("imageInfo", UspsImage.toBuy(shipment.label(), customs, lane.isReturn()));
        out.set(
                "toAddress",
                lane.isAbroad()
                        ? UspsParties.abroad(order.shipTo(), "/shipTo")
                        : UspsParties.domestic(order.shipTo(), "/shipTo", settings.checkAddresses()));
        out.set("fromAddress", UspsParties.domestic(shipment.shipFrom(), "/shipFrom", settings.checkAddresses()));
        out.set("packageDescription", parcel(shipment, ref, lane, customs));
        if (customs) {
            out.set("customsForm", UspsCustoms.form(shipment, lane));
        }
        return RequestJson.bytes(out);
    }

    private static ObjectNode parcel(Shipment shipment, Ref ref, UspsLane lane, boolean customs) {
        String mailClass = UspsServices.mailClass(shipment.service(), lane);
        ObjectNode out = RequestJson.object();
        UspsPackage.of(shipment).put(out, mailClass, lane.isReturn());
        if (!lane.isReturn()) {
            out.put("mailingDate", mailingDate(shipment).toString());
            out.put("destinationEntryFacilityType", "NONE");
        }
        ArrayNode references = out.putArray("customerReference");
        int most = customs && !lane.isAbroad() ? MOST_BESIDE_CUSTOMS : MOST_REFERENCES;
        for (String reference : references(shipment.order(), ref, most)) {
            ObjectNode one = references.addObject().put("referenceNumber", reference);
            if (!lane.isAbroad()) {
                one.put("printReferenceNumber", true);
            }
        }
        UspsExtras.of(shipment.order(), lane, mailClass).put(out);
        return out;
    }

    /** 1 the order number, 2 our ref, 3–4 the customer's own. */
    private static List<String> references(Order order, Ref ref, int most) {
        List<String> references = new ArrayList<>();
        references.add(RequestJson.cut(ref.orderNumber(), LONGEST_REFERENCE));
        references.add(ref.value());
        if (order.billing() != null) {
            order.billing().references().stream()
                    .limit(most - 2)
                    .forEach(reference -> references.add(RequestJson.cut(reference, LONGEST_REFERENCE)));
        }
        return references;
    }

    /**
     * The day it ships; one that is over is today.
     *
     * @throws io.waybill.carrier.RefusedException when it is too far ahead
     */
    static LocalDate mailingDate(Shipment shipment) {
        LocalDate today = UspsLane.today(shipment.shipFrom());
        Order.Options options = shipment.order().options();
        LocalDate asked = options == null ? null : options.shipDate();
        if (asked == null || asked.isBefore(today)) {
            return today;
        }
        if (asked.isAfter(today.plusDays(MOST_DAYS_AHEAD))) {
            throw Refusals.takesNot(
                    asked.toString(), "/options/shipDate", "today to " + MOST_DAYS_AHEAD + " days from now");
        }
        return asked;
    }

    /** Where this request is posted to. */
    static String path(Reply request) {
        String mailClass = request.text("packageDescription", "mailClass");
        if (UspsServices.isAbroad(mailClass)) {
            return UspsCarrier.LABELS_ABROAD + "/international-label";
        }
        return UspsCarrier.LABELS + (UspsServices.isReturn(mailClass) ? "/return-label" : "/label");
    }
}
