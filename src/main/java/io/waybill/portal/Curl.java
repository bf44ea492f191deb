package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Request;
import java.util.List;

/** An act as a command, for whoever wants to do it by machine. */
final class Curl {
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    private Curl() {}

    static String get(Request request, String path) {
        return "curl " + url(request, path) + key();
    }

    static String of(Request request, String verb, String path, JsonNode body) {
        return "curl -X " + verb + " " + url(request, path) + key()
                + (body.isEmpty() ? "" : " -H 'Content-Type: application/json' -d '" + escaped(body.toString()) + "'");
    }

    /** Where this hub is, as the visitor spells it. */
    static String address(Request request) {
        String host = request.host();
        boolean plain = HERE.stream().anyMatch(name -> host.equals(name) || host.startsWith(name + ":"));
        return (plain ? "http://" : "https://") + host;
    }

    private static String url(Request request, String path) {
        return "'" + escaped(address(request) + "/v1" + path) + "'";
    }

    private static String key() {
        return " -H \"Authorization: Bearer $WAYBILL_KEY\"";
    }

    private static String escaped(String text) {
        return text.replace("'", "'\\''");
    }
}
