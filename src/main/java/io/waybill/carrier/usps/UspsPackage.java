package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parcel in pounds and inches, never less than it is.
 *
 * @param pounds to the ten-thousandth, rounded up
 * @param sides in inches to the hundredth, rounded up, the longest first; empty when they are not known
 * @param packaging USPS's packaging type, or the rate indicator an order names by its two characters
 */
record UspsPackage(BigDecimal pounds, List<BigDecimal> sides, String packaging) {
    /** A label is one parcel. */
    static final int MOST = 1;

    static final String OWN = "VARIABLE";

    private static final CodeTable PACKAGINGS = CodeTable.read(UspsPackage.class, "packagings.csv", "");
    private static final CodeTable INDICATORS = CodeTable.read(UspsPackage.class, "indicators.csv", "");

    /** Indicators that labels of returns lack: what stays near (USPS Connect Local), and what is presorted or not. */
    private static final Set<String> ONE_WAY = Set.of("CM", "LC", "LF", "LL", "LO", "LS", "NP");

    /** What a machine sorts: 22 by 18 by 15 inches and 25 pounds (DMM 201.7.5). */
    private static final List<BigDecimal> LARGEST_SORTED =
            List.of(new BigDecimal(22), new BigDecimal(18), new BigDecimal(15));

    private static final BigDecimal HEAVIEST_SORTED = new BigDecimal(25);

    /** Beyond the US flat rate envelopes and boxes have no words of their own, only indicators; Express has its own ones. */
    private static final Map<String, String> EXPRESS_ABROAD =
            Map.of(OWN, "PA", "FLAT_RATE_ENVELOPE", "E4", "LEGAL_FLAT_RATE_ENVELOPE", "E6");

    private static final Map<String, String> ABROAD = Map.of(
            OWN,
            "SP",
            "FLAT_RATE_ENVELOPE",
            "FE",
            "LEGAL_FLAT_RATE_ENVELOPE",
            "FA",
            "PADDED_FLAT_RATE_ENVELOPE",
            "FP",
            "SM_FLAT_RATE_BOX",
            "FS",
            "MD_FLAT_RATE_BOX",
            "FB",
            "LG_FLAT_RATE_BOX",
            "PL");

    /** @throws io.waybill.carrier.RefusedException when there is more than one, or it has no weight */
    static UspsPackage of(Shipment shipment) {
        Refusals.requireParcels(shipment, MOST);
        Order.Parcel parcel = shipment.parcels().get(0);
        return new UspsPackage(
                pounds(Refusals.needed(parcel.weight(), "/parcels/0/weight")),
                sides(parcel),
                packaging(Objects.requireNonNullElse(parcel.packaging(), "")));
    }

    static BigDecimal pounds(Weight weight) {
        return pounds(weight, RoundingMode.UP);
    }

    /** Never above the weight but where that is less than nothing: USPS refuses goods that weigh more than their parcel. */
    static BigDecimal poundsAtMost(Weight weight) {
        return pounds(weight, RoundingMode.DOWN);
    }

    private static BigDecimal pounds(Weight weight, RoundingMode rounding) {
        return plain(weight.in(MassUnit.LB).value().setScale(4, rounding).max(new BigDecimal("0.0001")));
    }

    private static List<BigDecimal> sides(Order.Parcel parcel) {
        Dimensions box = parcel.dimensions();
        return box == null
                ? List.of()
                : Stream.of(box.length(), box.width(), box.height())
                        .map(side -> plain(side.multiply(box.unit().millimetres())
                                .divide(LengthUnit.IN.millimetres(), MathContext.DECIMAL64)
                                .setScale(2, RoundingMode.UP)))
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }

    private static String packaging(String word) {
        if (word.isBlank()) {
            return OWN;
        }
        if (INDICATORS.codes().contains(word)) {
            return word;
        }
        if (!PACKAGINGS.codes().contains(word)) {
            throw Refusals.takesNot(word, "/parcels/0/packaging", PACKAGINGS.codes());
        }
        return PACKAGINGS.word(word);
    }

    /** For a label. A rate indicator says what to charge, a packaging type lets USPS say it. */
    void put(ObjectNode out, String mailClass, boolean isReturn) {
        if (isReturn && ONE_WAY.contains(packaging)) {
            throw Refusals.takesNot(packaging, "/parcels/0/packaging", PACKAGINGS.codes());
        }
        out.put("mailClass", mailClass);
        out.put("processingCategory", processingCategory());
        if (isIndicator()) {
            out.put("rateIndicator", packaging);
        } else if (UspsServices.isAbroad(mailClass)) {
            out.put("rateIndicator", abroad(mailClass));
        } else {
            out.put("shape", "RECTANGULAR").put("packagingType", packaging);
        }
        out.put("weightUOM", "lb").put("weight", pounds);
        if (!sides.isEmpty()) {
            out.put("dimensionsUOM", "in");
            putSides(out);
        } else if (isReturn || !UspsServices.isAbroad(mailClass)) {
            throw Refusals.needs("/parcels/0/dimensions");
        }
    }

    /** For prices, which are given by size. */
    void putForPrices(ObjectNode out) {
        out.put("weight", pounds);
        if (sides.isEmpty()) {
            throw Refusals.needs("/parcels/0/dimensions");
        }
        putSides(out);
    }

    private void putSides(ObjectNode out) {
        out.put("length", sides.get(0)).put("width", sides.get(1)).put("height", sides.get(2));
    }

    private String abroad(String mailClass) {
        String indicator = UspsServices.isExpress(mailClass) ? EXPRESS_ABROAD.get(packaging) : null;
        String known = indicator == null ? ABROAD.get(packaging) : indicator;
        if (known == null) {
            throw Refusals.takesNot(packaging, "/parcels/0/packaging", ABROAD.keySet());
        }
        return known;
    }

    String processingCategory() {
        String type = isIndicator() ? INDICATORS.word(packaging) : packaging;
        if (type.endsWith("ENVELOPE")) {
            return "FLATS";
        }
        boolean small = true;
        for (int i = 0; i < sides.size(); i++) {
            small &= sides.get(i).compareTo(LARGEST_SORTED.get(i)) <= 0;
        }
        return small && pounds.compareTo(HEAVIEST_SORTED) <= 0 ? "MACHINABLE" : "NONSTANDARD";
    }

    /** Whether a price is for what this parcel is packed in. */
    boolean isPricedAs(String rateIndicator) {
        return isIndicator()
                ? packaging.equals(rateIndicator)
                : rateIndicator.isEmpty()
                        || (INDICATORS.codes().contains(rateIndicator)
                                && INDICATORS.word(rateIndicator).equals(packaging));
    }

    private boolean isIndicator() {
        return packaging.length() == 2;
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
