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
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        List<String> wishes = Wishes.of(shipment);
        if (!wishes.isEmpty()) {
            wishes.forEach(out.putArray("wishes")::add);
        }
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
        ObjectNode out = Json.object();
        put(out, "reference", parcel.reference());
        out.put("kilograms", weight.grams().movePointLeft(3));
        Dimensions box = parcel.dimensions();
        if (box != null) {
            out.put("cubicCentimetres", box.cubicMillimetres().divide(CUBIC_MM_PER_CM, 3, RoundingMode.UP));
        }
        return out;
    }

    private static ObjectNode address(Address address) {
        ObjectNode out = Json.object();
        put(out, "name", address.name());
        put(out, "company", address.company());
        put(out, "line1", address.line1());
        put(out, "line2", address.line2());
        put(out, "line3", address.line3());
        put(out, "city", address.city());
        put(out, "state", address.state());
        put(out, "postalCode", address.postalCode());
        put(out, "country", address.country());
        put(out, "phone", address.phone());
        return out.put("residential", Boolean.TRUE.equals(address.residential()));
    }

    private static void put(ObjectNode out, String field, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            out.put(field, text);
        }
    }
}
