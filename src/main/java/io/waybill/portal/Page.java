package io.waybill.portal;

import io.waybill.api.Answer;
import java.util.Optional;

/**
 * A page, or an act a form sends.
 *
 * @param verb {@code GET} or {@code POST}
 * @param path {@code /orders/{id}}
 * @param open to whoever is not signed in
 */
record Page(String verb, String path, boolean open, Handler handler) {

    /** What a page does with a visit. What a call refuses is shown where the visitor came from. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Visit visit) throws Exception;
    }

    static Page get(String path, Handler handler) {
        return new Page("GET", path, false, handler);
    }

    static Page post(String path, Handler handler) {
        return new Page("POST", path, false, handler);
    }

    /** The values of the path's parameters, in order; empty when the path is another's. */
    Optional<String[]> match(String asked) {
        String[] pattern = path.split("/", -1);
        String[] given = asked.split("/", -1);
        if (pattern.length != given.length) {
            return Optional.empty();
        }
        String[] values = new String[pattern.length];
        int found = 0;
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{") && !given[i].isEmpty()) {
                values[found++] = given[i];
            } else if (!pattern[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
