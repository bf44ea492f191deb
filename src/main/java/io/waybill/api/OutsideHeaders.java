package io.waybill.api;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

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

    /** What the caller sent, the very values: a route may answer with one that says the same. */
    static void remember(Exchange exchange) {
        Set<Object> sent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object value : exchange.getMessage().getHeaders().values()) {
            sent.add(value);
            if (value instanceof Iterable<?> several) {
                several.forEach(sent::add);
            }
        }
        exchange.setProperty(SENT, sent);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        Set<?> sent = exchange.getProperty(SENT, Set.of(), Set.class);
        return sent.contains(value) || super.applyFilterToCamelHeaders(name, value, exchange);
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
