package io.waybill.api;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
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

    /** No header may speak to Camel, and no secret travels further than here. */
    static void strip(MultiMap headers) {
        List<String> keptOut = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (isKeptOut(name)) {
                keptOut.add(name);
            }
        });
        keptOut.forEach(headers::remove);
    }

    private static boolean isKeptOut(String header) {
        return speaksToCamel(header)
                || header.equalsIgnoreCase("Authorization")
                || header.equalsIgnoreCase("X-Api-Key")
                || header.equalsIgnoreCase("Cookie");
    }

    /** Whatever the case of its letters. */
    private static boolean speaksToCamel(String header) {
        for (String word : SPOKEN_INSIDE) {
            if (header.regionMatches(true, 0, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
