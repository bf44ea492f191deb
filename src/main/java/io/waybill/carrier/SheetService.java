package io.waybill.carrier;

import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One service of a rate sheet.
 *
 * @param cubicCmPerUnit what a unit of volume is, or null where volume is not charged
 * @param unit so many kilograms: one, or a pound
 * @param fullUnits whether what a volume weighs is rounded up to full units
 * @param mostKg the heaviest parcel it takes, charged weight; null for none stated
 * @param mostCm the longest side, in cm
 * @param mostGirthCm the longest side plus twice the other two, in cm
 */
record SheetService(
        String code,
        Currency currency,
        @Nullable Integer days,
        @Nullable BigDecimal cubicCmPerUnit,
        BigDecimal unit,
        boolean fullUnits,
        @Nullable BigDecimal mostKg,
        @Nullable BigDecimal mostCm,
        @Nullable BigDecimal mostGirthCm) {
    static final List<String> NEEDED = List.of("service", "currency");
    static final List<String> ALLOWED = List.of(
            "days", "dim_cm3_per_kg", "dim_in3_per_lb", "dim_round", "max_kg", "max_cm", "max_girth_cm", "note");

    private static final BigDecimal CM3_PER_IN3 = new BigDecimal("16.387064");

    /** Far less than any scale shows; a volume that is a full unit is found to be one. */
    private static final int DECIMALS = 6;

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
        if (code.length() > Rates.LONGEST_SERVICE) {
            row.refuse("service", "length <= " + Rates.LONGEST_SERVICE);
        }
        boolean up = row.oneOf("dim_round", List.of("none", "up")).equals("up");
        BigDecimal unit = metric != null || imperial == null ? BigDecimal.ONE : KG_PER_LB;
        BigDecimal divisor = metric != null || imperial == null ? metric : imperial.multiply(CM3_PER_IN3);
        return currency == null
                ? null
                : new SheetService(
                        code,
                        currency,
                        row.whole("days"),
                        divisor,
                        unit,
                        up,
                        row.decimal("max_kg"),
                        row.decimal("max_cm"),
                        row.decimal("max_girth_cm"));
    }

    /** What a volume weighs, in kilograms. */
    BigDecimal volume(BigDecimal cubicCm) {
        if (cubicCmPerUnit == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal units = cubicCm.divide(cubicCmPerUnit, DECIMALS, RoundingMode.HALF_UP);
        return (fullUnits ? units.setScale(0, RoundingMode.CEILING) : units).multiply(unit);
    }

    /** Why it does not take these parcels. */
    Optional<Problem> limit(List<SheetParcel> parcels) {
        for (SheetParcel parcel : parcels) {
            if (mostKg != null && parcel.kilograms().compareTo(mostKg) > 0) {
                return Optional.of(Problem.of(
                        CarrierCode.RATE_TOO_HEAVY, "weight", plain(parcel.kilograms()), "most", plain(mostKg)));
            }
            if (isOver(parcel.longest(), mostCm) || isOver(parcel.girth(), mostGirthCm)) {
                return Optional.of(Problem.of(
                        CarrierCode.RATE_TOO_LONG, "longest", plain(parcel.longest()), "girth", plain(parcel.girth())));
            }
        }
        return Optional.empty();
    }

    private static boolean isOver(BigDecimal value, @Nullable BigDecimal most) {
        return most != null && value.compareTo(most) > 0;
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Transit days are counted Monday to Friday; the sheet knows no holidays. Null when it states none. */
    @Nullable
    LocalDate promised(LocalDate day) {
        if (days == null) {
            return null;
        }
        LocalDate date = day;
        for (int left = days; left > 0; ) {
            date = date.plusDays(1);
            boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
            left -= weekend ? 0 : 1;
        }
        return date;
    }

    private static boolean zero(@Nullable BigDecimal divisor) {
        return divisor != null && divisor.signum() == 0;
    }
}
