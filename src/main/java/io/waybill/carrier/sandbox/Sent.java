package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** How the sandbox's answers leave. */
final class Sent {
    private Sent() {}

    static void answer(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        byte[] body = Json.bytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Promises the whole answer and sends its beginning. */
    static void cut(HttpExchange exchange, byte[] body, int bytes) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body, 0, Math.min(bytes, body.length - 1));
            exchange.getResponseBody().flush();
        }
    }

    static ObjectNode errors(Refusal refusal) {
        ObjectNode out = Json.object();
        out.putArray("errors")
                .addObject()
                .put("code", refusal.code)
                .put("message", refusal.getMessage())
                .put("field", refusal.field);
        return out;
    }
}
