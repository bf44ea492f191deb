package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;

/** {@code POST /rates}, asking for every product of the account, with the day it arrives after customs. */
final class ExpressRateRequest {
    private ExpressRateRequest() {}

    static byte[] of(Shipment shipment, ExpressSettings settings, Tender tender) {
        Latin.require(shipment);
        Order order = shipment.order();
        Lane lane = Lane.of(shipment);
        boolean customs = ExpressShipRequest.isDeclarable(order, lane);
        ObjectNode out = RequestJson.object();
        out.set("customerDetails", ExpressParties.places(shipment));
        ExpressBilling billing = ExpressBilling.of(order, lane, settings);
        out.set("accounts", billing.accountsToRate());
        ArrayNode services = ExpressOptions.forAll(order, billing);
        if (!services.isEmpty()) {
            out.set("valueAddedServices", services);
        }
        out.put("plannedShippingDateAndTime", Tender.text(tender.of(order)));
        out.put("unitOfMeasurement", lane.isImperial() ? "imperial" : "metric");
        out.put("isCustomsDeclarable", customs);
        if (customs) {
            ExpressCustoms.requireFits(order);
            Money worth = Goods.worth(order);
            out.putArray("monetaryAmount")
                    .addObject()
                    .put("typeCode", "declaredValue")
                    .put("value", ExpressPackages.amount(worth))
                    .put("currency", worth.currency().getCurrencyCode());
        }
        out.putObject("estimatedDeliveryDate").put("isRequested", true).put("typeCode", "QDDC");
        out.put("nextBusinessDay", true);
        out.put("productTypeCode", "all");
        out.set("packages", ExpressPackages.of(shipment, lane, false));
        return RequestJson.bytes(out);
    }
}
