package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parcels as UPS measures them: weights rounded up to a tenth, sides to whole units, the longest first. */
final class UpsPackages {
    private static final CodeTable PACKAGINGS = CodeTable.read(UpsPackages.class, "packagings.csv", "");

    private UpsPackages() {}

    /** For the Rating API, which calls some things otherwise and asks for less. */
    static ArrayNode toRate(Shipment shipment, UpsLane lane) {
        ArrayNode packages = RequestJson.object().arrayNode();
        List<Order.Parcel> parcels = shipment.parcels();
        for (int i = 0; i < parcels.size(); i++) {
            ObjectNode one = packages.addObject();
            one.set("PackagingType", UpsJson.code(packaging(parcels.get(i), "/parcels/" + i)));
            measure(one, parcels.get(i), lane, "/parcels/" + i);
            options(one, shipment.order(), lane, i, parcels.size());
        }
        return packages;
    }

    /** For the Shipping API. */
    static ArrayNode toShip(Shipment shipment, UpsLane lane, List<String> references) {
        ArrayNode packages = RequestJson.object().arrayNode();
        List<Order.Parcel> parcels = shipment.parcels();
        for (int i = 0; i < parcels.size(); i++) {
            ObjectNode one = packages.addObject();
            one.set("Packaging", UpsJson.code(packaging(parcels.get(i), "/parcels/" + i)));
            measure(one, parcels.get(i), lane, "/parcels/" + i);
            String goods = Goods.description(shipment.order(), 50);
            RequestJson.put(one, "Description", lane.isReturn() && goods == null ? "Returned goods" : goods, 35);
            if (!references.isEmpty()) {
                ArrayNode own = one.putArray("ReferenceNumber");
                references.forEach(reference -> own.addObject().put("Value", reference));
            }
            options(one, shipment.order(), lane, i, parcels.size());
        }
        return packages;
    }

    private static void measure(ObjectNode out, Order.Parcel parcel, UpsLane lane, String pointer) {
        Weight weight = Refusals.needed(parcel.weight(), pointer + "/weight");
        MassUnit unit = lane.isImperial() ? MassUnit.LB : MassUnit.KG;
        ObjectNode heavy = out.putObject("PackageWeight");
        heavy.set("UnitOfMeasurement", UpsJson.weighedIn(lane.isImperial()));
        heavy.put("Weight", tenths(weight.in(unit).value()));
        Dimensions box = parcel.dimensions();
        if (box != null) {
            List<String> sides = Stream.of(box.length(), box.width(), box.height())
                    .map(side -> whole(side, box.unit(), lane.isImperial() ? LengthUnit.IN : LengthUnit.CM))
                    .sorted(Comparator.reverseOrder())
                    .map(BigDecimal::toPlainString)
                    .toList();
            ObjectNode large = out.putObject("Dimensions");
            large.set("UnitOfMeasurement", UpsJson.measuredIn(lane.isImperial()));
            large.put("Length", sides.get(0)).put("Width", sides.get(1)).put("Height", sides.get(2));
        }
    }

    /** In tenths, never below the weight and never zero. */
    static String tenths(BigDecimal value) {
        return value.setScale(1, RoundingMode.UP).max(new BigDecimal("0.1")).toPlainString();
    }

    private static BigDecimal whole(BigDecimal side, LengthUnit given, LengthUnit wanted) {
        return side.multiply(given.millimetres())
                .divide(wanted.millimetres(), 6, RoundingMode.HALF_UP)
                .setScale(0, RoundingMode.UP);
    }

    private static void options(ObjectNode out, Order order, UpsLane lane, int index, int parcels) {
        Order.Options options = order.options();
        if (options == null) {
            return;
        }
        String batteries = Objects.requireNonNullElse(options.batteries(), "none");
        if (!batteries.equals("none")) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
        ObjectNode service = RequestJson.object();
        if (lane.hasPackageSignature() && !lane.isReturn()) {
            signature(options.signature(), "2", "3")
                    .ifPresent(type -> service.putObject("DeliveryConfirmation").put("DCISType", type));
        }
        Money insured = Goods.insured(options);
        if (insured != null) {
            service.set("DeclaredValue", UpsJson.money(Goods.share(insured, index, parcels)));
        }
        if (!service.isEmpty()) {
            out.set("PackageServiceOptions", service);
        }
    }

    /** Any signature and an adult's have codes of their own at the package and at the shipment. */
    static Optional<String> signature(@Nullable String asked, String any, String adult) {
        return switch (Objects.requireNonNullElse(asked, "none")) {
            case "none" -> Optional.empty();
            case "adult" -> Optional.of(adult);
            default -> Optional.of(any);
        };
    }

    private static String packaging(Order.Parcel parcel, String pointer) {
        String word = parcel.packaging();
        if (word == null || word.isBlank()) {
            return "02";
        }
        if (word.matches("\\d[\\da-c]")) {
            return word;
        }
        if (!PACKAGINGS.codes().contains(word)) {
            throw Refusals.takesNot(word, pointer + "/packaging", PACKAGINGS.codes());
        }
        return PACKAGINGS.word(word);
    }
}
