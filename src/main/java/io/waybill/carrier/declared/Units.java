package io.waybill.carrier.declared;

import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * The units a carrier reads. What does not come out even is rounded up: grams to whole ones, kilograms to a gram, pounds and
 * lengths to a hundredth.
 */
record Units(MassUnit mass, LengthUnit length) {
    static final List<String> WORDS = List.of("kg/cm", "lb/in", "g/cm", "g/mm", "oz/in");

    static Units of(String word) {
        String[] parts = word.toUpperCase(Locale.ROOT).split("/", 2);
        return new Units(MassUnit.valueOf(parts[0]), LengthUnit.valueOf(parts[1]));
    }

    BigDecimal of(Weight weight) {
        int scale = mass == MassUnit.G ? 0 : mass == MassUnit.KG ? 3 : 2;
        return plain(weight.in(mass).value().setScale(scale, RoundingMode.CEILING));
    }

    BigDecimal of(BigDecimal value, LengthUnit given) {
        BigDecimal millimetres = value.multiply(given.millimetres());
        int scale = length == LengthUnit.MM ? 0 : 2;
        return plain(millimetres.divide(length.millimetres(), scale, RoundingMode.CEILING));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
