package io.waybill.carrier;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service of a rate sheet.
 *
 * @param cubicCmPerKg what a kilogram of volume is, or null where volume is not charged
 * @param dimRound what a volume weighs is rounded up to full units of this many kilograms; null: not rounded
 * @param mostKg the heaviest parcel it takes, charged weight; null for none stated
 * @param mostCm the longest side, in cm
 * @param mostGirthCm the longest side plus twice the other two, in cm
 */
record SheetService(
        String code,
        Currency currency,
        @Nullable Integer days,
        @Nullable BigDecimal cubicCmPerKg,
        @Nullable BigDecimal dimRound,
        @Nullable BigDecimal mostKg,
        @Nullable BigDecimal mostCm,
        @Nullable BigDecimal mostGirthCm) {
    static final List<String> NEEDED = List.of("service", "currency");
    static final List<String> ALLOWED = List.of(
            "days", "dim_cm3_per_kg", "dim_in3_per_lb", "dim_round", "max_kg", "max_cm", "max_girth_cm", "note");

    /** 1 in³/lb in cm³/kg: 16.387064 / 0.45359237. */
    private static final BigDecimal IN3_PER_LB = new BigDecimal("36.1272920");

    private static final BigDecimal KG_PER_LB = new BigDecimal("0.45359237");

    /** Null when a cell of the row is wrong; then it is told. */
    static @Nullable SheetService read(SheetRow row) {
        BigDecimal metric = row.decimal("dim_cm3_per_kg");
        BigDecimal imperial = row.decimal("dim_in3_per_lb");
        Currency currency = row.currency("currency");
        if (zero(metric)) {
            row.refuse("dim_cm3_per_kg", "5000");
        }
        if (zero(imperial)) {
            row.refuse("dim_in3_per_lb", "139");
        }
        String code = row.required("service");
        boolean up = row.oneOf("dim_round", List.of("none", "up")).equals("up");
        BigDecimal unit = metric != null || imperial == null ? BigDecimal.ONE : KG_PER_LB;
        BigDecimal divisor = metric != null || imperial == null ? metric : imperial.multiply(IN3_PER_LB);
        return currency == null
                ? null
                : new SheetService(
                        code,
                        currency,
                        row.whole("days"),
                        divisor,
                        up ? unit : null,
                        row.decimal("max_kg"),
                        row.decimal("max_cm"),
                        row.decimal("max_girth_cm"));
    }

    /** What a volume weighs, in kilograms. */
    BigDecimal volume(BigDecimal cubicCm) {
        if (cubicCmPerKg == null) {
            return BigDecimal.ZERO;
        }
        return dimRound == null
                ? cubicCm.divide(cubicCmPerKg, 3, RoundingMode.HALF_UP)
                : cubicCm.divide(cubicCmPerKg.multiply(dimRound), 6, RoundingMode.HALF_UP)
                        .setScale(0, RoundingMode.CEILING)
                        .multiply(dimRound);
    }

    private static boolean zero(@Nullable BigDecimal divisor) {
        return divisor != null && divisor.signum() == 0;
    }
}
