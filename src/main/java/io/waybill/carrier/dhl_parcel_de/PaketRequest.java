package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;

/** {@code POST /orders}: a shipment a parcel. */
final class PaketRequest {
    private static final String GERMANY = "DE";

    private PaketRequest() {}

    /** @param today in Germany: a ship date that is not later is left out, for DHL takes no past one */
    static byte[] of(Shipment shipment, Ref ref, PaketSettings settings, LocalDate today) {
        Latin.require(shipment);
        Lane lane = Lane.of(shipment);
        requireTaken(shipment.order(), lane);
        Refusals.requireParcels(shipment, mostParcels(shipment));
        ObjectNode out = RequestJson.object().put("profile", settings.profile());
        ArrayNode shipments = out.putArray("shipments");
        for (int i = 0; i < shipment.parcels().size(); i++) {
            shipments.add(parcel(shipment, i, ref, settings, today));
        }
        return RequestJson.bytes(out);
    }

    private static ObjectNode parcel(Shipment shipment, int index, Ref ref, PaketSettings settings, LocalDate today) {
        Order order = shipment.order();
        Lane lane = Lane.of(shipment);
        PaketProduct product = PaketProduct.of(shipment.service(), settings);
        ObjectNode out =
                RequestJson.object().put("product", product.code()).put("billingNumber", product.billingNumber());
        out.put("refNo", ref.value());
        RequestJson.put(out, "costCenter", printed(order, ref), 50);
        LocalDate shipDate = order.options() == null ? null : order.options().shipDate();
        if (shipDate != null && shipDate.isAfter(today)) {
            out.put("shipDate", shipDate.toString());
        }
        out.set("shipper", PaketParties.shipper(shipment.shipFrom()));
        out.set("consignee", PaketParties.consignee(order.shipTo(), lane));
        out.set("details", details(shipment.parcels().get(index), "/parcels/" + index));
        ObjectNode services = PaketServices.of(shipment, index, lane, product, settings);
        if (!services.isEmpty()) {
            out.set("services", services);
        }
        if (isDeclared(lane)) {
            out.set("customs", PaketCustoms.of(shipment, ref, product, settings));
        }
        return out;
    }

    /** The one other text on the label, which DHL calls the cost centre: the order number, then the order's own cost centre. */
    private static String printed(Order order, Ref ref) {
        String centre = order.billing() == null ? null : order.billing().costCenter();
        return centre == null || centre.isBlank() ? ref.orderNumber() : ref.orderNumber() + " / " + centre.strip();
    }

    static boolean isDeclared(Lane lane) {
        return !lane.isFreeOfCustoms();
    }

    static int mostParcels(Shipment shipment) {
        return isDeclared(Lane.of(shipment)) ? 1 : PaketNumbers.MOST;
    }

    /** In whole grams and millimetres, never less than was measured. */
    private static ObjectNode details(Order.Parcel parcel, String pointer) {
        ObjectNode out = RequestJson.object();
        Dimensions box = parcel.dimensions();
        if (box != null) {
            out.putObject("dim")
                    .put("uom", "mm")
                    .put("height", millimetres(box.height(), box.unit()))
                    .put("length", millimetres(box.length(), box.unit()))
                    .put("width", millimetres(box.width(), box.unit()));
        }
        BigDecimal grams = Refusals.needed(parcel.weight(), pointer + "/weight").grams();
        out.putObject("weight").put("uom", "g").put("value", whole(grams));
        return out;
    }

    static int whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.UP).max(BigDecimal.ONE).intValueExact();
    }

    private static int millimetres(BigDecimal side, LengthUnit unit) {
        return whole(side.multiply(unit.millimetres()));
    }

    /** What an order may ask for and this interface has no place for. */
    private static void requireTaken(Order order, Lane lane) {
        if (!lane.from().equals(GERMANY)) {
            throw Refusals.takesNot(lane.from(), "/shipFrom/country", GERMANY);
        }
        if (lane.isReturn()) {
            throw Refusals.takesNot("true", "/options/isReturn", "false; a return label comes with a shipment");
        }
        Payers payers = Payers.of(order, false);
        if (!payers.transport().equals("sender")) {
            throw Refusals.takesNot(payers.transport(), "/billing/payer", "sender");
        }
        if (payers.duties().map("thirdParty"::equals).orElse(false)) {
            throw Refusals.takesNot("thirdParty", "/billing/dutiesPayer", "sender, recipient");
        }
        String batteries = order.options() == null
                ? "none"
                : Objects.requireNonNullElse(order.options().batteries(), "none");
        if (!batteries.equals("none")) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
    }
}
