package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Latin;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.order.Address;
import io.waybill.order.Order;

/** {@code RateRequest} of the Rating API v2409, asking for every service, negotiated rates, taxes and days. */
final class UpsRateRequest {
    private static final String DOCUMENTS = "02";
    private static final String NO_DOCUMENTS = "03";
    private static final int LONGEST_STATE = 2;

    private UpsRateRequest() {}

    static byte[] of(Shipment shipment, String number) {
        Latin.require(shipment);
        Order order = shipment.order();
        UpsLane lane = UpsLane.of(shipment);
        UpsShipDate.require(order);
        ObjectNode out = RequestJson.object();
        ObjectNode request = out.putObject("RateRequest");
        request.putObject("Request").put("SubVersion", "2205").put("RequestOption", "Shop");
        ObjectNode what = request.putObject("Shipment");
        ObjectNode shipper =
                lane.isReturn() ? party(order.shipTo(), "/shipTo") : party(shipment.shipFrom(), "/shipFrom");
        shipper.put("ShipperNumber", number);
        what.set("Shipper", shipper);
        ObjectNode to = party(order.shipTo(), "/shipTo");
        if (Boolean.TRUE.equals(order.shipTo().residential())) {
            UpsJson.mark((ObjectNode) to.path("Address"), "ResidentialAddressIndicator");
        }
        what.set("ShipTo", to);
        what.set("ShipFrom", party(shipment.shipFrom(), "/shipFrom"));
        UpsBilling.put(what.putObject("PaymentDetails"), order, lane, number);
        UpsJson.mark(what.putObject("ShipmentRatingOptions"), "NegotiatedRatesIndicator");
        UpsJson.mark(what, "TaxInformationIndicator");
        boolean documents = lane.isOfDocuments(order);
        if (documents) {
            UpsJson.mark(what, "DocumentsOnlyIndicator");
        }
        ObjectNode time =
                what.putObject("DeliveryTimeInformation").put("PackageBillType", documents ? DOCUMENTS : NO_DOCUMENTS);
        UpsShipDate.putForPrices(time, order);
        what.set("ShipmentTotalWeight", total(shipment, lane));
        if (lane.hasInvoice(order)) {
            UpsCustoms.requireFits(order);
        }
        if (lane.hasInvoice(order) || lane.hasInvoiceTotal()) {
            what.set("InvoiceLineTotal", UpsJson.money(Goods.worth(order)));
        }
        ObjectNode options = options(order, lane);
        if (!options.isEmpty()) {
            what.set("ShipmentServiceOptions", options);
        }
        what.set("Package", UpsPackages.toRate(shipment, lane));
        return RequestJson.bytes(out);
    }

    /** Of a state's code two letters are taken at most, where a shipment takes five. */
    private static ObjectNode party(Address address, String pointer) {
        ObjectNode party = RequestJson.object();
        UpsParties.name(party, address, pointer);
        ObjectNode place = UpsParties.address(address, pointer);
        if (place.path("StateProvinceCode").asText().length() > LONGEST_STATE) {
            place.remove("StateProvinceCode");
        }
        party.set("Address", place);
        return party;
    }

    private static ObjectNode total(Shipment shipment, UpsLane lane) {
        ObjectNode total = RequestJson.object();
        total.set("UnitOfMeasurement", UpsJson.weighedIn(lane.isImperial()));
        return total.put(
                "Weight",
                UpsPackages.tenths(Goods.weight(shipment, lane.isImperial() ? MassUnit.LB : MassUnit.KG)
                        .value()));
    }

    private static ObjectNode options(Order order, UpsLane lane) {
        ObjectNode out = RequestJson.object();
        Order.Options options = order.options();
        if (options == null) {
            return out;
        }
        if (Boolean.TRUE.equals(options.saturday())) {
            UpsJson.mark(out, "SaturdayDeliveryIndicator");
        }
        if (lane.isReturn()) {
            out.set("ReturnService", UpsJson.code("9"));
        } else if (!lane.hasPackageSignature()) {
            UpsPackages.signature(options.signature(), "1", "2")
                    .ifPresent(type -> out.putObject("DeliveryConfirmation").put("DCISType", type));
        }
        return out;
    }
}
