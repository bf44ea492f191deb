package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The customer's OMS: a web server that checks the signature of what it is told, by Standard Webhooks, and keeps it. */
final class OmsListener implements AutoCloseable {
    private final HttpServer http;
    private final byte[] key = new byte[32];
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** One call as it came in. */
    record Call(String line, Map<String, String> headers, JsonNode event) {
        boolean is(String type, String orderId) {
            return event.path("type").asText().equals(type)
                    && event.path("subject").asText().equals(orderId);
        }
    }

    OmsListener() throws IOException {
        new SecureRandom().nextBytes(key);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::take);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/hooks/waybill";
    }

    String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /** Only calls whose signature was right. */
    List<Call> calls() {
        return calls;
    }

    Optional<Call> call(String type, String orderId) {
        return calls.stream().filter(call -> call.is(type, orderId)).findFirst();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean genuine = isGenuine(exchange, body);
            if (genuine) {
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
                String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
                calls.add(new Call(line, headers, Json.mapper().readTree(body)));
            }
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        }
    }

    private boolean isGenuine(HttpExchange exchange, byte[] body) {
        String head = header(exchange, "webhook-id") + "." + header(exchange, "webhook-timestamp") + ".";
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8),
                    header(exchange, "webhook-signature").getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
