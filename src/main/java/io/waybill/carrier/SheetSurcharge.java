package io.waybill.carrier;

import io.waybill.carrier.SheetPrice.PricedParcel;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a price where all conditions of its row hold; a blank condition always holds.
 *
 * @param amount of money, beside or instead of {@code percent} of the price
 * @param perParcel for each parcel that meets the conditions, of that parcel's price, instead of once of the whole
 * @param fuelled fuel is charged on it too
 * @param overKg of what is charged, {@code overActualKg} of what the scale says
 */
record SheetSurcharge(
        String code,
        String text,
        String type,
        BigDecimal amount,
        BigDecimal percent,
        boolean perParcel,
        boolean fuelled,
        String service,
        String country,
        String area,
        @Nullable Boolean residential,
        @Nullable Boolean saturday,
        @Nullable Boolean signature,
        @Nullable BigDecimal overKg,
        @Nullable BigDecimal overActualKg,
        @Nullable BigDecimal overCm,
        @Nullable BigDecimal overGirthCm,
        Validity validity) {
    static final List<String> NEEDED = List.of("code", "type");
    static final List<String> ALLOWED = Stream.concat(
                    Stream.of(
                            "text",
                            "amount",
                            "percent",
                            "per",
                            "fuel",
                            "service",
                            "country",
                            "area",
                            "residential",
                            "saturday",
                            "signature",
                            "over_kg",
                            "over_actual_kg",
                            "over_cm",
                            "over_girth_cm"),
                    SheetRow.DATES.stream())
            .toList();
    static final List<String> TYPES = List.of(
            "additional_fees",
            "confirmation",
            "delivery",
            "handling",
            "location_fee",
            "oversize",
            "pickup",
            "special_goods",
            "tax",
            "duties_and_taxes",
            "uncategorized");
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    static SheetSurcharge read(SheetRow row) {
        if (row.text("amount").isEmpty() && row.text("percent").isEmpty()) {
            row.refuse("amount", "amount, percent");
        }
        return new SheetSurcharge(
                row.required("code"),
                row.text("text"),
                row.oneOf("type", TYPES),
                row.decimalOrZero("amount"),
                row.decimalOrZero("percent"),
                row.oneOf("per", List.of("shipment", "parcel")).equals("parcel"),
                Boolean.TRUE.equals(row.flag("fuel")),
                row.text("service"),
                row.anyCountry("country"),
                row.text("area"),
                row.flag("residential"),
                row.flag("saturday"),
                row.flag("signature"),
                row.decimal("over_kg"),
                row.decimal("over_actual_kg"),
                row.decimal("over_cm"),
                row.decimal("over_girth_cm"),
                row.validity());
    }

    /** What a row is known by when a newer one takes its place: its code and its conditions. */
    record Key(String code, List<String> conditions) {}

    Key key() {
        return new Key(
                code,
                Stream.of(
                                service,
                                country,
                                area,
                                residential,
                                saturday,
                                signature,
                                plain(overKg),
                                plain(overActualKg),
                                plain(overCm),
                                plain(overGirthCm))
                        .map(String::valueOf)
                        .toList());
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    /** The parcels that meet its conditions. */
    List<PricedParcel> those(Order order, String ofService, Set<String> areas, List<PricedParcel> parcels) {
        Order.Options options = order.options();
        boolean holds = (service.isEmpty() || service.equals(ofService))
                && (country.isEmpty() || country.equals(order.shipTo().country()))
                && (area.isEmpty() || areas.contains(area))
                && is(residential, isHome(order.shipTo()))
                && is(saturday, options != null && Boolean.TRUE.equals(options.saturday()))
                && is(signature, options != null && isAsked(options.signature()));
        return holds
                ? parcels.stream().filter(priced -> isOver(priced.parcel())).toList()
                : List.of();
    }

    /**
     * What it comes to.
     *
     * @param base the price it is a percentage of
     */
    BigDecimal of(BigDecimal base, int times, int digits) {
        BigDecimal share = base.multiply(percent).divide(HUNDRED);
        return amount.multiply(new BigDecimal(times)).add(share).setScale(digits, RoundingMode.HALF_UP);
    }

    private boolean isOver(SheetParcel parcel) {
        return over(parcel.kilograms(), overKg)
                && over(parcel.actual(), overActualKg)
                && over(parcel.longest(), overCm)
                && over(parcel.girth(), overGirthCm);
    }

    private static boolean over(BigDecimal value, @Nullable BigDecimal most) {
        return most == null || value.compareTo(most) > 0;
    }

    private static boolean is(@Nullable Boolean wanted, boolean fact) {
        return wanted == null || wanted == fact;
    }

    /** Where the order does not say, a recipient without a company is at home. */
    private static boolean isHome(Address to) {
        return to.residential() == null ? to.company() == null || to.company().isBlank() : to.residential();
    }

    private static boolean isAsked(@Nullable String signature) {
        return signature != null && !signature.isBlank() && !signature.equals("none");
    }
}
