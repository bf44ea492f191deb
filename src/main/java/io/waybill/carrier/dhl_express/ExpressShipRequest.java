package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code POST /shipments}. */
final class ExpressShipRequest {
    static final int MOST_PARCELS = 999;
    private static final int MOST_REFERENCES = 5;
    private static final int LONGEST_REFERENCE = 35;
    private static final int LONGEST_DESCRIPTION = 70;

    private ExpressShipRequest() {}

    static byte[] of(Shipment shipment, Ref ref, ExpressSettings settings, Tender tender) {
        Latin.require(shipment);
        Refusals.requireParcels(shipment, MOST_PARCELS);
        Order order = shipment.order();
        Lane lane = Lane.of(shipment);
        ZonedDateTime when = tender.of(order);
        ExpressBilling billing = ExpressBilling.of(order, lane, settings);
        ObjectNode out = RequestJson.object();
        out.put("plannedShippingDateAndTime", Tender.text(when));
        out.putObject("pickup").put("isRequested", false);
        out.put("productCode", ExpressFactory.SERVICES.code(shipment.service()));
        out.put("getRateEstimates", billing.isPaidByAccount());
        out.set("accounts", billing.accounts());
        ArrayNode services = ExpressOptions.services(order, lane, billing, settings.paperless());
        if (!services.isEmpty()) {
            out.set("valueAddedServices", services);
        }
        boolean customs = isDeclarable(order, lane);
        out.set("outputImageProperties", ExpressLabels.properties(shipment.label(), customs, lane.isReturn()));
        out.set("customerReferences", references(order, ref));
        out.set("customerDetails", ExpressParties.details(shipment));
        out.set("content", content(shipment, ref, lane, billing, customs, when));
        if (shipment.parcels().size() > 1) {
            out.putArray("getAdditionalInformation")
                    .addObject()
                    .put("typeCode", "linkLabelsByPieces")
                    .put("isRequested", true);
        }
        return ExpressLabels.marked(RequestJson.bytes(out), shipment.label());
    }

    /** Goods that cross a border of the customs; documents do so without a declaration. */
    static boolean isDeclarable(Order order, Lane lane) {
        boolean documents =
                order.customs() != null && "documents".equals(order.customs().contents());
        return !lane.isFreeOfCustoms() && !documents;
    }

    /** 1 the order number, 2 our ref, 3–5 the customer's own. */
    private static ArrayNode references(Order order, Ref ref) {
        List<String> references = new ArrayList<>(List.of(ref.orderNumber(), ref.value()));
        if (order.billing() != null) {
            references.addAll(order.billing().references());
        }
        ArrayNode out = RequestJson.object().arrayNode();
        references.stream().limit(MOST_REFERENCES).forEach(value -> out.add(reference(value)));
        return out;
    }

    static ObjectNode reference(String value) {
        return RequestJson.object()
                .put("value", RequestJson.cut(value, LONGEST_REFERENCE))
                .put("typeCode", "CU");
    }

    private static ObjectNode content(
            Shipment shipment, Ref ref, Lane lane, ExpressBilling billing, boolean customs, ZonedDateTime when) {
        Order order = shipment.order();
        ObjectNode out = RequestJson.object();
        out.set("packages", ExpressPackages.of(shipment, lane, true));
        out.put("isCustomsDeclarable", customs);
        if (customs) {
            Money worth = Goods.worthInOneCurrency(order);
            out.put("declaredValue", ExpressPackages.amount(worth));
            out.put("declaredValueCurrency", worth.currency().getCurrencyCode());
            out.set("exportDeclaration", ExpressCustoms.declaration(shipment, ref, lane, when.toLocalDate()));
        }
        out.put("description", description(order));
        out.put("incoterm", incoterm(order, billing));
        out.put("unitOfMeasurement", lane.isImperial() ? "imperial" : "metric");
        return out;
    }

    /** DHL asks for one, whatever is shipped. */
    private static String description(Order order) {
        String goods = Goods.description(order, LONGEST_DESCRIPTION);
        for (int i = 0; i < order.items().size(); i++) {
            Latin.require(order.items().get(i).description(), "/items/" + i + "/description");
        }
        boolean documents =
                order.customs() != null && "documents".equals(order.customs().contents());
        return Objects.requireNonNullElse(goods, documents ? "Documents" : "Goods");
    }

    private static String incoterm(Order order, ExpressBilling billing) {
        String incoterm = order.customs() == null ? null : order.customs().incoterm();
        if (incoterm == null || incoterm.isBlank()) {
            return billing.areDutiesPrepaid() ? "DDP" : "DAP";
        }
        return incoterm;
    }
}
