package io.waybill.api;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a caller sends from speaking to Camel, and from coming back as headers of the answer. Camel turns headers, query
 * parameters and form fields alike into message headers, and these into headers of the answer, so all pass here both ways.
 */
final class OutsideHeaders extends HttpHeaderFilterStrategy {
    private static final List<String> SPOKEN_INSIDE = List.of("camel", "org.apache.camel", "waybill");

    private static final String SENT = "waybill.sent";

    OutsideHeaders() {
        setLowerCase(true);
        setInFilterStartsWith(SPOKEN_INSIDE.toArray(String[]::new));
    }

    /** What the caller sent, by its name and as the very values: a route may answer with one that says the same, or by another name. */
    static void remember(Exchange exchange) {
        Map<String, Object> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(exchange.getMessage().getHeaders());
        exchange.setProperty(SENT, sent);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        Map<?, ?> sent = exchange.getProperty(SENT, Map.of(), Map.class);
        return isOf(sent.get(name), value) || super.applyFilterToCamelHeaders(name, value, exchange);
    }

    private static boolean isOf(@Nullable Object sent, Object value) {
        return sent != null
                && (sent == value
                        || (sent instanceof Collection<?> several
                                && several.stream().anyMatch(one -> one == value)));
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
