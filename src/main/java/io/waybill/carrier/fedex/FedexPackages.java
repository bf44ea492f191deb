package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The parcels as FedEx measures them: weights rounded up to a tenth, sides to whole units. */
final class FedexPackages {
    private static final CodeTable PACKAGINGS = CodeTable.read(FedexPackages.class, "packagings.csv", "");
    private static final String OWN = "YOUR_PACKAGING";
    private static final Map<String, String> SIGNATURES = Map.of(
            "any", "DIRECT",
            "direct", "DIRECT",
            "indirect", "INDIRECT",
            "adult", "ADULT");

    private FedexPackages() {}

    /** @param references by FedEx's types; none for a quote */
    static ArrayNode of(Shipment shipment, FedexLane lane, Map<String, String> references) {
        ArrayNode packages = RequestJson.object().arrayNode();
        List<Order.Parcel> parcels = shipment.parcels();
        boolean named = lane.namesOwnPackaging() && packaging(shipment).equals(OWN);
        for (int i = 0; i < parcels.size(); i++) {
            ObjectNode one = packages.addObject().put("groupPackageCount", 1);
            if (named) {
                one.put("subPackagingType", "PACKAGE");
            }
            if (!references.isEmpty()) {
                one.put("sequenceNumber", i + 1);
                ArrayNode own = one.putArray("customerReferences");
                references.forEach((type, value) ->
                        own.addObject().put("customerReferenceType", type).put("value", value));
            }
            measure(one, parcels.get(i), lane, "/parcels/" + i);
            options(one, shipment.order(), lane, i, parcels.size());
        }
        return packages;
    }

    private static void measure(ObjectNode out, Order.Parcel parcel, FedexLane lane, String pointer) {
        out.set("weight", weight(Refusals.needed(parcel.weight(), pointer + "/weight"), lane));
        Dimensions box = parcel.dimensions();
        if (box != null) {
            out.putObject("dimensions")
                    .put("length", whole(box.length(), box, lane))
                    .put("width", whole(box.width(), box, lane))
                    .put("height", whole(box.height(), box, lane))
                    .put("units", lane.lengthUnit().name());
        }
    }

    static ObjectNode weight(Weight weight, FedexLane lane) {
        return RequestJson.object()
                .put("units", lane.massUnit().name())
                .put("value", FedexJson.tenths(weight.in(lane.massUnit()).value()));
    }

    private static int whole(BigDecimal side, Dimensions box, FedexLane lane) {
        return side.multiply(box.unit().millimetres())
                .divide(lane.lengthUnit().millimetres(), 6, RoundingMode.HALF_UP)
                .setScale(0, RoundingMode.UP)
                .intValue();
    }

    /** {@code totalWeight} is in pounds, whatever the unit of the parcels. */
    static BigDecimal pounds(Shipment shipment, FedexLane lane) {
        return FedexJson.tenths(
                Goods.weight(shipment, lane.massUnit()).in(MassUnit.LB).value());
    }

    private static void options(ObjectNode out, Order order, FedexLane lane, int index, int parcels) {
        Order.Options options = order.options();
        if (options == null) {
            return;
        }
        Money insured = Goods.insured(options);
        if (insured != null) {
            out.set("declaredValue", FedexJson.money(Goods.share(insured, index, parcels)));
        }
        String signature = SIGNATURES.get(Objects.requireNonNullElse(options.signature(), "none"));
        if (signature != null && !lane.isReturn()) {
            ObjectNode special = out.putObject("packageSpecialServices");
            special.putArray("specialServiceTypes").add("SIGNATURE_OPTION");
            special.put("signatureOptionType", signature);
        }
    }

    /** FedEx takes one packaging for all parcels of a shipment. */
    static String packaging(Shipment shipment) {
        String first = packaging(shipment.parcels().get(0), "/parcels/0");
        for (int i = 1; i < shipment.parcels().size(); i++) {
            String pointer = "/parcels/" + i;
            String other = packaging(shipment.parcels().get(i), pointer);
            if (!other.equals(first)) {
                throw Refusals.takesNot(other, pointer + "/packaging", first);
            }
        }
        return first;
    }

    private static String packaging(Order.Parcel parcel, String pointer) {
        String word = Objects.requireNonNullElse(parcel.packaging(), "").strip();
        if (word.isEmpty()) {
            return OWN;
        }
        if (word.matches("FEDEX_[A-Z0-9_]+|YOUR_PACKAGING")) {
            return word;
        }
        String known = word.toLowerCase(Locale.ROOT);
        if (!PACKAGINGS.codes().contains(known)) {
            throw Refusals.takesNot(word, pointer + "/packaging", PACKAGINGS.codes());
        }
        return PACKAGINGS.word(known);
    }
}
