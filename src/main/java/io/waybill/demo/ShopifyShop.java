package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The customer's Shopify shop with one order, as its GraphQL API tells of it: it signs what it pushes, and keeps what it is told. */
final class ShopifyShop implements AutoCloseable {
    private static final String ORDER = "gid://shopify/Order/5551";

    private final HttpServer http;
    private final String secret = UUID.randomUUID().toString();
    private final List<JsonNode> orders = new CopyOnWriteArrayList<>();
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();

    ShopifyShop() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** What it signs with, and lets programs in by. */
    String secret() {
        return secret;
    }

    /** @param order as its API tells of it from now on */
    void place(JsonNode order) {
        orders.add(order);
    }

    String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tracking numbers its customer sees. */
    List<String> numbers() {
        return told.stream()
                .flatMap(one -> one.at("/fulfillment/trackingInfo/numbers").valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    /** Where the parcel was, as its customer reads it. */
    List<String> scans() {
        return told.stream()
                .map(one -> one.at("/fulfillmentEvent/status").asText(""))
                .filter(status -> !status.isEmpty())
                .toList();
    }

    /** What it was told the label costs; empty before. */
    String cost() {
        return told.stream()
                .map(one -> one.at("/metafields/0/value").asText(""))
                .filter(cost -> !cost.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
            boolean known = secret.equals(exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token"));
            byte[] answer = known ? said(asked).toString().getBytes(StandardCharsets.UTF_8) : new byte[] {'{', '}'};
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private ObjectNode said(JsonNode asked) {
        String query = asked.path("query").asText();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode data = answer.putObject("data");
        if (query.startsWith("mutation")) {
            told.add(asked.path("variables"));
        } else if (query.contains("orders(")) {
            data.putObject("orders").putArray("nodes").addAll(orders);
        } else {
            data.set("order", shipped());
        }
        return answer;
    }

    private ObjectNode shipped() {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("id", ORDER);
        order.putObject("fulfillmentOrders")
                .putArray("nodes")
                .addObject()
                .put("id", "gid://shopify/FulfillmentOrder/5551")
                .put("status", numbers().isEmpty() ? "OPEN" : "CLOSED");
        ArrayNode fulfilments = order.putArray("fulfillments");
        if (!numbers().isEmpty()) {
            ObjectNode fulfilment = fulfilments.addObject().put("id", "gid://shopify/Fulfillment/1");
            ArrayNode tracking = fulfilment.putArray("trackingInfo");
            numbers().forEach(number -> tracking.addObject().put("number", number));
            ArrayNode events = fulfilment.putObject("events").putArray("nodes");
            told.forEach(one -> {
                if (one.has("fulfillmentEvent")) {
                    events.add(one.path("fulfillmentEvent"));
                }
            });
        }
        return order;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
