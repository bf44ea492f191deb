package io.waybill.measure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A country by its ISO 3166-1 alpha-2 code, {@code DE}. */
public record Country(String alpha2) {
    private static final Locale[] NAME_LANGUAGES = {Locale.ENGLISH, Locale.CHINESE, Locale.GERMAN, Locale.FRENCH};
    private static final Map<String, Country> KNOWN = known();

    /** Reads alpha-2, alpha-3 or a name in English, Chinese, German or French: DE, DEU, Germany, 德国. */
    public static Optional<Country> read(String text) {
        return Optional.ofNullable(KNOWN.get(text.strip().toLowerCase(Locale.ROOT)));
    }

    public String alpha3() {
        return new Locale("", alpha2).getISO3Country();
    }

    private static Map<String, Country> known() {
        Map<String, Country> known = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Country country = new Country(code);
            Locale locale = new Locale("", code);
            for (Locale language : NAME_LANGUAGES) {
                known.putIfAbsent(locale.getDisplayCountry(language).toLowerCase(Locale.ROOT), country);
            }
            known.put(locale.getISO3Country().toLowerCase(Locale.ROOT), country);
        }
        for (String code : Locale.getISOCountries()) {
            known.put(code.toLowerCase(Locale.ROOT), new Country(code));
        }
        known.put("usa", new Country("US"));
        known.put("uk", new Country("GB"));
        known.put("united states of america", new Country("US"));
        known.put("england", new Country("GB"));
        known.put("中国大陆", new Country("CN"));
        return Map.copyOf(known);
    }
}
