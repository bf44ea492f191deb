package io.waybill.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language a caller reads, from {@code Accept-Language}: Chinese or English. */
final class Languages {
    /** Which language a person chose in a page. */
    static final String COOKIE = "waybill_language";

    private static final int LONGEST = 200;

    private Languages() {}

    /** What a person chose goes before what the browser asks for. */
    static void chosen(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        if (cookie != null
                && (cookie.getValue().equals("en") || cookie.getValue().equals("zh"))) {
            request.headers().set("Accept-Language", cookie.getValue());
        }
    }

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
