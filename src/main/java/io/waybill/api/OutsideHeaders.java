package io.waybill.api;

import java.util.List;
import java.util.Locale;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Keeps what a caller sends from speaking to Camel. Camel turns headers, query parameters and form fields alike into
 * message headers, so all three pass here.
 */
final class OutsideHeaders extends HttpHeaderFilterStrategy {
    private static final List<String> SPOKEN_INSIDE = List.of("camel", "org.apache.camel", "waybill");

    OutsideHeaders() {
        setLowerCase(true);
        setInFilterStartsWith(SPOKEN_INSIDE.toArray(String[]::new));
    }

    /** Whatever the case of its letters. */
    static boolean speaksToCamel(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return SPOKEN_INSIDE.stream().anyMatch(name::startsWith);
    }
}
