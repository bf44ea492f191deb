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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is packed now beside what a label was bought for: no parcel leaves with the label of another. */
final class OtherParcels {
    /** What two scales may make of one parcel: a twentieth, but 25 g where that is less and 500 g where that is more. */
    private static final BigDecimal SHARE = new BigDecimal("0.05");

    private static final BigDecimal LEAST = BigDecimal.valueOf(25);
    private static final BigDecimal MOST = BigDecimal.valueOf(500);

    /** In millimetres, what two hands make of one box. */
    private static final BigDecimal RULERS = BigDecimal.TEN;

    private static final String PARCELS = "/parcels/";

    private OtherParcels() {}

    /**
     * @param labelled its shipments that have a label
     * @param said what the bench packed, or null for what is printed as it was bought
     * @throws ProblemException {@code bought-with-other-parcels} where there are more or fewer, or one weighs or measures
     *     otherwise; what one of both does not say is no difference, nor is what scales and rules make of the same
     */
    static void refuse(OrderRow order, List<ShipmentRow> labelled, @Nullable List<Parcel> said) {
        if (said == null || labelled.isEmpty()) {
            return;
        }
        List<Parcel> bought = bought(order, labelled);
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
                            labelled.get(0).id(),
                            "id",
                            order.id())
                    .at("/parcels"));
        }
    }

    /** Of pieces their own, as their order has them: what they were cut from may have been called off but for them. */
    private static List<Parcel> bought(OrderRow order, List<ShipmentRow> labelled) {
        Map<Integer, Parcel> byPlace = new TreeMap<>();
        for (ShipmentRow row : labelled) {
            List<Parcel> own = Json.mapper()
                    .convertValue(row.content(Json.kept(order.effective())), Order.class)
                    .parcels();
            for (int parcel = 0; parcel < own.size(); parcel++) {
                byPlace.put(place(row, parcel), own.get(parcel));
            }
        }
        return List.copyOf(byPlace.values());
    }

    private static int place(ShipmentRow row, int parcel) {
        String pointer = Objects.requireNonNull(row.inOrder(PARCELS + parcel));
        return Integer.parseInt(pointer.substring(PARCELS.length()));
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
        return bought == null || said == null || isAlike(bought.grams(), said.grams(), scales(bought.grams()));
    }

    private static boolean measureAlike(@Nullable Dimensions bought, @Nullable Dimensions said) {
        if (bought == null || said == null) {
            return true;
        }
        List<BigDecimal> sides = sides(bought);
        List<BigDecimal> others = sides(said);
        return IntStream.range(0, sides.size()).allMatch(side -> isAlike(sides.get(side), others.get(side), RULERS));
    }

    private static BigDecimal scales(BigDecimal grams) {
        return grams.multiply(SHARE).max(LEAST).min(MOST);
    }

    private static boolean isAlike(BigDecimal bought, BigDecimal said, BigDecimal within) {
        return bought.subtract(said).abs().compareTo(within) <= 0;
    }

    /** In millimetres, however the box lies. */
    private static List<BigDecimal> sides(Dimensions box) {
        return Stream.of(box.length(), box.width(), box.height())
                .map(side -> side.multiply(box.unit().millimetres()))
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
