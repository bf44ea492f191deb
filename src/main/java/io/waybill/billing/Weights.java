package io.waybill.billing;

import io.waybill.measure.MassUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Weights of invoices: what was entered and what is billed are compared, and a bill may say them in different units. */
final class Weights {
    private static final int DECIMALS = 4;

    private Weights() {}

    /**
     * A weight in another unit, to four decimals; as it is where either unit is not said or not known.
     *
     * @param unit and {@code of}: as the invoice spells them
     */
    static @Nullable BigDecimal in(@Nullable String unit, @Nullable BigDecimal weight, @Nullable String of) {
        Optional<MassUnit> from = known(of);
        Optional<MassUnit> to = known(unit);
        return weight == null || from.isEmpty() || to.isEmpty() || from.equals(to)
                ? weight
                : weight.multiply(from.get().grams())
                        .divide(to.get().grams(), MathContext.DECIMAL128)
                        .setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static Optional<MassUnit> known(@Nullable String unit) {
        return unit == null ? Optional.empty() : MassUnit.read(unit);
    }
}
