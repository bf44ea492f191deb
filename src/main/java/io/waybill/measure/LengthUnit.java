package io.waybill.measure;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units of length, each with its exact size in millimetres. */
public enum LengthUnit {
    MM("1"),
    CM("10"),
    IN("25.4");

    private static final Map<String, LengthUnit> ALIASES = Map.of(
            "inch", IN, "inches", IN, "cmt", CM, "centimeter", CM, "centimetre", CM, "mmt", MM, "厘米", CM, "毫米", MM);

    private final BigDecimal millimetres;

    LengthUnit(String millimetres) {
        this.millimetres = new BigDecimal(millimetres);
    }

    public BigDecimal millimetres() {
        return millimetres;
    }

    /** The word in canonical JSON: {@code cm}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a unit by its word or one of the aliases, in any case. */
    public static Optional<LengthUnit> read(String text) {
        String key = text.strip().toLowerCase(Locale.ROOT);
        for (LengthUnit unit : values()) {
            if (unit.word().equals(key)) {
                return Optional.of(unit);
            }
        }
        return Optional.ofNullable(ALIASES.get(key));
    }
}
