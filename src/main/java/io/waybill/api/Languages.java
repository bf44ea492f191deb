package io.waybill.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language a caller reads, from {@code Accept-Language}: Chinese or English. */
final class Languages {
    private static final int LONGEST = 200;

    private Languages() {}

    static Locale of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST) {
            return Locale.ENGLISH;
        }
        try {
            Locale found =
                    Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), List.of(Locale.ENGLISH, Locale.CHINESE));
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException unreadable) {
            return Locale.ENGLISH;
        }
    }
}
