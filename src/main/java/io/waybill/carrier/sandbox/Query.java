package io.waybill.carrier.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The query part of a request to the sandbox. */
record Query(Map<String, String> values) {

    static Query of(HttpExchange exchange) {
        Map<String, String> values = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", 20)) {
            String[] parts = pair.split("=", 2);
            values.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return new Query(values);
    }

    String required(String name) {
        String value = get(name, "");
        if (value.isBlank()) {
            throw Refusal.of(400, "missing_parameter", "the parameter " + name + " is missing");
        }
        return value;
    }

    String get(String name, String fallback) {
        return values.getOrDefault(name, fallback);
    }

    int number(String name, int fallback) {
        try {
            return Integer.parseInt(get(name, Integer.toString(fallback)));
        } catch (NumberFormatException e) {
            throw Refusal.of(400, "bad_parameter", "the parameter " + name + " is not a whole number");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_parameter", "a parameter is not percent-encoded");
        }
    }
}
