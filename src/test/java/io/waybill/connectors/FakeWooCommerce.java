package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WooCommerce's REST API v3 with the Shipment Tracking plug-in, as far as the connector needs them. */
final class FakeWooCommerce extends FakeShop {
    private static final Pattern ORDER = Pattern.compile("/wp-json/wc/v3/orders/(\\d+)");
    private static final Pattern REFUNDS = Pattern.compile("/wp-json/wc/v3/orders/\\d+/refunds");
    private static final Pattern TRACKING =
            Pattern.compile("/wp-json/wc-shipment-tracking/v3/orders/(\\d+)/shipment-trackings");

    private final Map<Integer, ObjectNode> orders = new ConcurrentHashMap<>();
    private final Map<Integer, ArrayNode> trackings = new ConcurrentHashMap<>();
    private final Map<Integer, State> whenTold = new ConcurrentHashMap<>();

    @Override
    String name() {
        return "acme-woo";
    }

    @Override
    String settings() {
        return """
                source.acme-woo.secret=env:SHOP_SECRET
                system.acme-woo.auth=basic
                system.acme-woo.user=ck_acme
                system.acme-woo.password=env:SHOP_SECRET
                """;
    }

    @Override
    String put(int number, State state) {
        orders.put(number, order(number, state));
        return String.valueOf(number);
    }

    /** Paid, and then put on hold by somebody of the shop. */
    void hold(int number) {
        orders.put(
                number, order(number, State.PAID).put("status", "on-hold").put("date_paid_gmt", "2026-11-24T09:00:05"));
    }

    ObjectNode order(int number, State state) {
        boolean digital = state == State.DIGITAL;
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("id", number)
                .put("number", String.valueOf(number))
                .put("status", status(state))
                .put("currency", "USD")
                .put("date_created_gmt", "2026-11-24T09:00:00")
                .put("date_modified_gmt", now())
                .put("total", "25.00");
        order.putObject("billing").put("email", "jane@example.com").put("phone", "+15125550100");
        order.putObject("shipping")
                .put("first_name", digital ? "" : "Jane")
                .put("last_name", digital ? "" : "Roe")
                .put("company", "")
                .put("address_1", digital ? "" : state.street())
                .put("address_2", "")
                .put("city", digital ? "" : "Austin")
                .put("state", digital ? "" : "TX")
                .put("postcode", digital ? "" : "78701")
                .put("country", digital ? "" : "US");
        order.putArray("line_items")
                .addObject()
                .put("id", 7)
                .put("name", "Mug")
                .put("product_id", 93)
                .put("quantity", 2)
                .put("sku", "MUG")
                .put("price", 12.5);
        order.putArray("meta_data");
        return order;
    }

    private static String status(State state) {
        return switch (state) {
            case UNPAID -> "on-hold";
            case CALLED_OFF -> "cancelled";
            case SENT -> "completed";
            case PAID, MOVED, NOWHERE, DIGITAL -> "processing";
        };
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
    }

    @Override
    boolean isLook(Call call) {
        return call.method().equals("GET") && call.path().equals("/wp-json/wc/v3/orders");
    }

    @Override
    Reply answer(Call call) {
        String login = "Basic "
                + Base64.getEncoder().encodeToString(("ck_acme:" + ShopsHub.SECRET).getBytes(StandardCharsets.UTF_8));
        if (!login.equals(call.headers().get("authorization"))) {
            return Reply.of(401, "{\"code\":\"woocommerce_rest_cannot_view\",\"data\":{\"status\":401}}");
        }
        Matcher order = ORDER.matcher(call.path());
        Matcher tracking = TRACKING.matcher(call.path());
        if (isLook(call)) {
            return Reply.json(changed(call.query()));
        }
        if (call.method().equals("GET") && REFUNDS.matcher(call.path()).matches()) {
            return Reply.json(JsonNodeFactory.instance.arrayNode());
        }
        if (call.method().equals("GET") && order.matches()) {
            return Reply.json(orders.get(Integer.parseInt(order.group(1))));
        }
        if (call.method().equals("PUT") && order.matches()) {
            return Reply.json(update(Integer.parseInt(order.group(1)), call.body()));
        }
        if (tracking.matches()) {
            int number = Integer.parseInt(tracking.group(1));
            if (call.method().equals("GET")) {
                return Reply.json(trackings.getOrDefault(number, JsonNodeFactory.instance.arrayNode()));
            }
            trackings.merge(
                    number,
                    JsonNodeFactory.instance.arrayNode().add(call.body()),
                    (known, more) -> known.deepCopy().addAll(more));
            State then = whenTold.remove(number);
            if (then != null) {
                put(number, then);
            }
            return Reply.of(201, call.body().toString());
        }
        return Reply.of(404, "{\"code\":\"rest_no_route\",\"data\":{\"status\":404}}");
    }

    private ArrayNode changed(Map<String, String> query) {
        if (!query.get("order").equals("asc") || !query.get("orderby").equals("modified")) {
            throw new IllegalStateException("not oldest first: " + query);
        }
        int size = Integer.parseInt(query.get("per_page"));
        List<ObjectNode> later = orders.values().stream()
                .filter(one -> one.path("date_modified_gmt").asText().compareTo(query.get("modified_after")) > 0)
                .sorted(Comparator.comparing(
                        one -> one.path("date_modified_gmt").asText()))
                .skip((Long.parseLong(query.get("page")) - 1) * size)
                .limit(size)
                .toList();
        return JsonNodeFactory.instance.arrayNode().addAll(later);
    }

    private ObjectNode update(int number, JsonNode said) {
        return orders.compute(number, (same, before) -> {
            ObjectNode order =
                    before.deepCopy().put("status", said.path("status").asText());
            order.set("meta_data", said.path("meta_data"));
            return order.put("date_modified_gmt", now());
        });
    }

    @Override
    List<String> numbers(int number) {
        List<String> numbers = new ArrayList<>();
        trackings
                .getOrDefault(number, JsonNodeFactory.instance.arrayNode())
                .forEach(one -> numbers.add(one.path("tracking_number").asText()));
        return numbers;
    }

    @Override
    String cost(int number) {
        JsonNode meta = orders.get(number).path("meta_data");
        return meta.size() < 2
                ? ""
                : meta.at("/0/value").asText() + " " + meta.at("/1/value").asText();
    }

    String status(int number) {
        return orders.get(number).path("status").asText();
    }

    /** An order is so from the moment its first tracking number is written. */
    void putWhenTold(int number, State state) {
        whenTold.put(number, state);
    }

    /** As a webhook carries it. */
    String body(int number, State state) throws Exception {
        return body(number, state, now());
    }

    /** @param modified in the shop's form, without its zone, which is UTC */
    String body(int number, State state, String modified) throws Exception {
        return Json.mapper().writeValueAsString(order(number, state).put("date_modified_gmt", modified));
    }
}
