package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes what the sandbox reads. The same shipment and ref give the same bytes. */
final class SandboxRequests {
    private static final BigDecimal CUBIC_MM_PER_CM = new BigDecimal("1000");

    private SandboxRequests() {}

    static byte[] purchase(Shipment shipment, Ref ref) {
        ObjectNode out = Json.object()
                .put("reference", ref.value())
                .put("orderNumber", ref.orderNumber())
                .put("service", shipment.service());
        describe(out, shipment);
        out.putObject("label")
                .put("format", shipment.label().format())
                .put("size", shipment.label().size())
                .put("dpi", shipment.label().dpi());
        return Json.bytes(out);
    }

    static byte[] rates(Shipment shipment) {
        ObjectNode out = Json.object();
        describe(out, shipment);
        return Json.bytes(out);
    }

    private static void describe(ObjectNode out, Shipment shipment) {
        out.set("shipFrom", address(shipment.shipFrom()));
        out.set("shipTo", address(shipment.order().shipTo()));
        ArrayNode parcels = out.putArray("parcels");
        for (int i = 0; i < shipment.parcels().size(); i++) {
            parcels.add(parcel(shipment.parcels().get(i), i));
        }
    }

    private static ObjectNode parcel(Order.Parcel parcel, int index) {
        Weight weight = parcel.weight();
        if (weight == null) {
            throw new RefusedException("the sandbox needs the weight of each parcel", "/parcels/" + index + "/weight");
        }
        ObjectNode out = Json.object()
                .put("reference", parcel.reference())
                .put("kilograms", weight.grams().movePointLeft(3));
        Dimensions box = parcel.dimensions();
        if (box != null) {
            out.put("cubicCentimetres", box.cubicMillimetres().divide(CUBIC_MM_PER_CM, 3, RoundingMode.UP));
        }
        return out;
    }

    private static ObjectNode address(Address address) {
        return Json.object()
                .put("name", address.name())
                .put("company", address.company())
                .put("line1", address.line1())
                .put("line2", address.line2())
                .put("line3", address.line3())
                .put("city", address.city())
                .put("state", address.state())
                .put("postalCode", address.postalCode())
                .put("country", address.country())
                .put("phone", address.phone())
                .put("residential", Boolean.TRUE.equals(address.residential()));
    }
}
