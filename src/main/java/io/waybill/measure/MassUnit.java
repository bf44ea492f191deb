package io.waybill.measure;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units of weight, each with its exact size in grams (international avoirdupois pound, 1959). */
public enum MassUnit {
    G("1"),
    KG("1000"),
    OZ("28.349523125"),
    LB("453.59237");

    /** Other spellings: UPS L/K/O, X12 LB/KG/OZ, SAP KGM/LBR/GRM/ONZ, and words. */
    private static final Map<String, MassUnit> ALIASES = Map.ofEntries(
            Map.entry("k", KG),
            Map.entry("kgs", KG),
            Map.entry("kgm", KG),
            Map.entry("kilogram", KG),
            Map.entry("kilograms", KG),
            Map.entry("grm", G),
            Map.entry("gram", G),
            Map.entry("grams", G),
            Map.entry("l", LB),
            Map.entry("lbs", LB),
            Map.entry("lbr", LB),
            Map.entry("pound", LB),
            Map.entry("pounds", LB),
            Map.entry("o", OZ),
            Map.entry("onz", OZ),
            Map.entry("ounce", OZ),
            Map.entry("ounces", OZ),
            Map.entry("公斤", KG),
            Map.entry("千克", KG),
            Map.entry("克", G),
            Map.entry("磅", LB));

    private final BigDecimal grams;

    MassUnit(String grams) {
        this.grams = new BigDecimal(grams);
    }

    public BigDecimal grams() {
        return grams;
    }

    /** The word in canonical JSON: {@code kg}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a unit by its word or one of the aliases, in any case. */
    public static Optional<MassUnit> read(String text) {
        String key = text.strip().toLowerCase(Locale.ROOT);
        for (MassUnit unit : values()) {
            if (unit.word().equals(key)) {
                return Optional.of(unit);
            }
        }
        return Optional.ofNullable(ALIASES.get(key));
    }
}
