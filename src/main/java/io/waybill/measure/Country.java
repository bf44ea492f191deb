package io.waybill.measure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A country by its ISO 3166-1 alpha-2 code, {@code DE}, or Kosovo by that of the posts, {@code XK}. */
public record Country(String alpha2) {
    private static final Locale[] NAME_LANGUAGES = {Locale.ENGLISH, Locale.CHINESE, Locale.GERMAN, Locale.FRENCH};
    private static final Map<String, Country> KNOWN = known();

    /** Reads alpha-2, alpha-3 or a name in English, Chinese, German or French: DE, DEU, Germany, 德国; also UK, Hong Kong. */
    public static Optional<Country> read(String text) {
        Country coded = KNOWN.get(text.strip().toLowerCase(Locale.ROOT));
        return Optional.ofNullable(coded != null ? coded : KNOWN.get(CountryNames.fold(text)));
    }

    public String alpha3() {
        return alpha2.equals("XK") ? "XKX" : new Locale("", alpha2).getISO3Country();
    }

    private static Map<String, Country> known() {
        Map<String, Country> known = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Country country = new Country(code);
            Locale locale = new Locale("", code);
            for (Locale language : NAME_LANGUAGES) {
                known.putIfAbsent(CountryNames.fold(locale.getDisplayCountry(language)), country);
            }
            known.put(locale.getISO3Country().toLowerCase(Locale.ROOT), country);
        }
        for (String code : Locale.getISOCountries()) {
            known.put(code.toLowerCase(Locale.ROOT), new Country(code));
        }
        CountryNames.others().forEach((name, code) -> known.put(name, new Country(code)));
        return Map.copyOf(known);
    }
}
