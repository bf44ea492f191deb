package io.waybill.api;

import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Weight;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Order.Parcel;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is packed now beside what a label was bought for: no parcel leaves with the label of another. */
final class OtherParcels {
    private OtherParcels() {}

    /**
     * @param labelled its shipments that have a label
     * @param said what the bench packed, or null for what is printed as it was bought
     * @throws ProblemException {@code bought-with-other-parcels} where there are more or fewer, or one weighs or measures
     *     otherwise; what one of both does not say is no difference
     */
    static void refuse(OrderRow order, List<ShipmentRow> labelled, @Nullable List<Parcel> said) {
        if (said == null || labelled.isEmpty()) {
            return;
        }
        List<Parcel> bought = bought(order, labelled.get(0));
        if (!areAlike(bought, said)) {
            throw new ProblemException(Problem.of(
                            ApiCode.BOUGHT_WITH_OTHER_PARCELS,
                            "orderId",
                            order.orderId(),
                            "bought",
                            told(bought),
                            "packed",
                            told(said),
                            "shipment",
                            labelled.get(0).id())
                    .at("/parcels"));
        }
    }

    private static List<Parcel> bought(OrderRow order, ShipmentRow row) {
        return Json.mapper()
                .convertValue(row.wholeContent(Json.kept(order.effective()), row.parcels() != null), Order.class)
                .parcels();
    }

    private static boolean areAlike(List<Parcel> bought, List<Parcel> said) {
        if (bought.size() != said.size()) {
            return false;
        }
        for (int parcel = 0; parcel < said.size(); parcel++) {
            if (!weighAlike(bought.get(parcel).weight(), said.get(parcel).weight())
                    || !measureAlike(
                            bought.get(parcel).dimensions(), said.get(parcel).dimensions())) {
                return false;
            }
        }
        return true;
    }

    private static boolean weighAlike(@Nullable Weight bought, @Nullable Weight said) {
        return bought == null || said == null || bought.grams().compareTo(said.grams()) == 0;
    }

    private static boolean measureAlike(@Nullable Dimensions bought, @Nullable Dimensions said) {
        return bought == null || said == null || sides(bought).equals(sides(said));
    }

    /** In millimetres, however the box lies. */
    private static List<BigDecimal> sides(Dimensions box) {
        return Stream.of(box.length(), box.width(), box.height())
                .map(side -> side.multiply(box.unit().millimetres()).stripTrailingZeros())
                .sorted()
                .toList();
    }

    /** {@code 2 (1.2 kg, 300 g 20x15x10 cm)}. */
    private static String told(List<Parcel> parcels) {
        return parcels.size()
                + parcels.stream()
                        .map(OtherParcels::told)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), text -> text.isEmpty() ? "" : " (" + text + ")"));
    }

    private static String told(Parcel parcel) {
        Weight weight = parcel.weight();
        Dimensions box = parcel.dimensions();
        String weighs = weight == null
                ? ""
                : weight.value().toPlainString() + " " + weight.unit().word();
        String measures = box == null
                ? ""
                : box.length().toPlainString()
                        + "x" + box.width().toPlainString()
                        + "x" + box.height().toPlainString()
                        + " " + box.unit().word();
        return (weighs + " " + measures).strip();
    }
}
