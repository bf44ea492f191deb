package io.waybill.measure;

import java.math.BigDecimal;
import java.math.MathContext;

/** A weight as it was given: value and unit are kept, sums are made in grams. Never negative. */
public record Weight(BigDecimal value, MassUnit unit) {
    public Weight {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(
                    "a weight is not negative: " + value.toPlainString() + " " + unit.word());
        }
    }

    public static Weight of(String value, MassUnit unit) {
        return new Weight(new BigDecimal(value), unit);
    }

    /** Exact grams. */
    public BigDecimal grams() {
        return value.multiply(unit.grams());
    }

    public Weight plus(Weight other) {
        return other.unit == unit
                ? new Weight(value.add(other.value), unit)
                : new Weight(grams().add(other.grams()), MassUnit.G);
    }

    /** The same weight in another unit, to 34 digits. */
    public Weight in(MassUnit target) {
        return target == unit ? this : new Weight(grams().divide(target.grams(), MathContext.DECIMAL128), target);
    }
}
