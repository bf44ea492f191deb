package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Latin;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The body of {@code POST /rate/v1/rates/quotes}, asking for every service, the account's rates beside the list, and days. */
final class FedexRateRequest {
    /** FedEx takes a label of a day that is over for today's, and refuses a quote for it: a day that is today or over is not said. */
    private static final ZoneOffset WHERE_DAYS_END_LAST = ZoneOffset.ofHours(-11);

    private FedexRateRequest() {}

    static byte[] of(Shipment shipment, FedexSettings settings) {
        Latin.require(shipment);
        Order order = shipment.order();
        FedexLane lane = FedexLane.of(shipment);
        ObjectNode out = RequestJson.object();
        out.set("accountNumber", FedexJson.value(settings.number()));
        ObjectNode control = out.putObject("rateRequestControlParameters").put("returnTransitTimes", true);
        ObjectNode what = out.putObject("requestedShipment");
        party(what.putObject("shipper"), shipment.shipFrom(), "/shipFrom");
        party(what.putObject("recipient"), order.shipTo(), "/shipTo");
        what.put("pickupType", settings.pickup());
        what.put("packagingType", FedexPackages.packaging(shipment));
        what.putArray("rateRequestType").add("ACCOUNT").add("LIST");
        what.put("totalPackageCount", shipment.parcels().size());
        what.put("totalWeight", FedexPackages.pounds(shipment, lane));
        options(control, what, order, lane);
        FedexCustoms.where(shipment, lane, () -> FedexCustoms.toRate(shipment, lane))
                .ifPresent(customs -> what.set("customsClearanceDetail", customs));
        what.set("requestedPackageLineItems", FedexPackages.of(shipment, lane, Map.of()));
        return RequestJson.bytes(out);
    }

    /** What the label would be refused for is told before it is chosen for its price. */
    private static void party(ObjectNode out, Address address, String pointer) {
        FedexParties.names(address, pointer);
        FedexParties.STREET.require(address, pointer);
        FedexParties.place(out.putObject("address"), address, pointer);
    }

    /** Saturday is an option of the question here, and no special service. */
    private static void options(ObjectNode control, ObjectNode out, Order order, FedexLane lane) {
        Order.Options options = order.options();
        if (options == null) {
            return;
        }
        if (Boolean.TRUE.equals(options.saturday())) {
            control.put("variableOptions", "SATURDAY_DELIVERY");
        }
        if (options.shipDate() != null && options.shipDate().isAfter(LocalDate.now(WHERE_DAYS_END_LAST))) {
            out.put("shipDateStamp", options.shipDate().toString());
        }
        if (lane.isReturn()) {
            ObjectNode special = out.putObject("shipmentSpecialServices");
            special.putArray("specialServiceTypes").add("RETURN_SHIPMENT");
            special.putObject("returnShipmentDetail").put("returnType", "PRINT_RETURN_LABEL");
        }
    }
}
