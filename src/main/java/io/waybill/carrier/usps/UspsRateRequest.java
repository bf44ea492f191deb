package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;

/** {@code OptionsRequest} of Shipping Options 3.1.29, asking for every service of a lane. */
final class UspsRateRequest {
    private UspsRateRequest() {}

    static byte[] of(Shipment shipment, UspsSettings settings) {
        Latin.require(shipment);
        UspsLane lane = UspsLane.of(shipment);
        UspsParties.require(shipment.shipFrom(), "/shipFrom");
        UspsParties.require(shipment.order().shipTo(), "/shipTo");
        ObjectNode out = RequestJson.object();
        ArrayNode pricing = out.putArray("pricingOptions");
        if (settings.contract()) {
            pricing.addObject()
                    .put("priceType", "CONTRACT")
                    .putObject("paymentAccount")
                    .put(
                            "accountType",
                            lane.isReturn() ? "MID" : settings.payer().type())
                    .put(
                            "accountNumber",
                            lane.isReturn()
                                    ? settings.payer().mid()
                                    : settings.payer().number());
        }
        pricing.addObject().put("priceType", "COMMERCIAL");
        out.put("originZIPCode", UspsParties.zipCode(shipment.shipFrom(), "/shipFrom"));
        if (lane.isAbroad()) {
            String code = UspsParties.postalCode(shipment.order().shipTo());
            RequestJson.fit(out, "foreignPostalCode", code, 11, "/shipTo/postalCode");
            out.put("destinationCountryCode", Lane.country(shipment.order().shipTo()));
        } else {
            out.put("destinationZIPCode", UspsParties.zipCode(shipment.order().shipTo(), "/shipTo"));
            out.put("destinationEntryFacilityType", "NONE");
        }
        ObjectNode parcel = out.putObject("packageDescription");
        UspsPackage.of(shipment).putForPrices(parcel);
        parcel.put("mailClass", lane.isAbroad() ? "ALL" : lane.isReturn() ? "ALL_RETURNS" : "ALL_OUTBOUND");
        UspsExtras.of(shipment.order(), lane).putForPrices(parcel);
        parcel.put("mailingDate", UspsLabelRequest.mailingDate(shipment).toString());
        return RequestJson.bytes(out);
    }
}
