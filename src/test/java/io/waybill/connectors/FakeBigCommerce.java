package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BigCommerce's orders of V2 and metafields of V3, as far as the connector needs them: an empty list is answered with 204. */
final class FakeBigCommerce extends FakeShop {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final Pattern PART =
            Pattern.compile("/stores/abc123/v[23]/orders/(\\d+)/(products|shipping_addresses|shipments|metafields)");

    private final Map<Integer, ObjectNode> orders = new ConcurrentHashMap<>();
    private final Map<Integer, ArrayNode> shipments = new ConcurrentHashMap<>();
    private final Map<Integer, ArrayNode> metafields = new ConcurrentHashMap<>();

    @Override
    String name() {
        return "acme-bigcommerce";
    }

    @Override
    String url() {
        return system.url() + "/stores/abc123";
    }

    @Override
    String settings() {
        return """
                source.acme-bigcommerce.secret=env:HOOK_SECRET
                sink.acme-bigcommerce.events=order.labelled
                system.acme-bigcommerce.auth=header
                system.acme-bigcommerce.header=X-Auth-Token
                system.acme-bigcommerce.token=env:SHOP_SECRET
                """;
    }

    @Override
    String put(int number, State state) {
        ObjectNode order = NODES.objectNode();
        order.put("id", number)
                .put("status_id", status(state))
                .put("order_is_digital", state == State.DIGITAL)
                .put("is_deleted", false)
                .put("currency_code", "USD")
                .put("date_created", "Tue, 24 Nov 2026 09:00:00 +0000")
                .put("date_modified", TIMES.format(now()))
                .put("street", state.street());
        order.putObject("billing_address").put("email", "jane@example.com").put("phone", "+15125550100");
        order.putObject("products").put("url", url() + "/v2/orders/" + number + "/products");
        orders.put(number, order);
        return String.valueOf(number);
    }

    private static int status(State state) {
        return switch (state) {
            case UNPAID -> 7;
            case CALLED_OFF -> 5;
            case SENT -> 2;
            case PAID, MOVED, NOWHERE, DIGITAL -> 11;
        };
    }

    private static ZonedDateTime now() {
        return Instant.now().atZone(ZoneOffset.UTC);
    }

    @Override
    boolean isLook(Call call) {
        return call.method().equals("GET") && call.path().equals("/stores/abc123/v2/orders");
    }

    @Override
    Reply answer(Call call) {
        if (!ShopsHub.SECRET.equals(call.headers().get("x-auth-token"))) {
            return Reply.of(401, "[{\"status\":401,\"message\":\"Unauthorized\"}]");
        }
        if (isLook(call)) {
            return list(changed(call.query()));
        }
        Matcher part = PART.matcher(call.path());
        if (!part.matches()) {
            return Reply.of(404, "[{\"status\":404}]");
        }
        int number = Integer.parseInt(part.group(1));
        return switch (call.method() + " " + part.group(2)) {
            case "GET products" -> list(products(number));
            case "GET shipping_addresses" -> list(addresses(number));
            case "GET shipments" -> list(shipments.getOrDefault(number, NODES.arrayNode()));
            case "POST shipments" -> ship(number, call.body());
            case "GET metafields" ->
                Reply.json(NODES.objectNode().set("data", metafields.getOrDefault(number, NODES.arrayNode())));
            case "POST metafields" -> field(number, call.body());
            default -> Reply.of(405, "");
        };
    }

    private static Reply list(ArrayNode all) {
        return all.isEmpty() ? Reply.of(204, "") : Reply.json(all);
    }

    private ArrayNode changed(Map<String, String> query) {
        if (!query.get("sort").equals("date_modified:asc")) {
            throw new IllegalStateException("not oldest first: " + query);
        }
        ZonedDateTime since = ZonedDateTime.parse(query.get("min_date_modified"), DateTimeFormatter.RFC_1123_DATE_TIME);
        int size = Integer.parseInt(query.get("limit"));
        List<ObjectNode> later = orders.values().stream()
                .filter(one -> !modified(one).isBefore(since))
                .sorted(Comparator.comparing(FakeBigCommerce::modified))
                .skip((Long.parseLong(query.get("page")) - 1) * size)
                .limit(size)
                .toList();
        return NODES.arrayNode().addAll(later);
    }

    private static ZonedDateTime modified(ObjectNode order) {
        return ZonedDateTime.parse(order.path("date_modified").asText(), DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private ArrayNode products(int number) {
        ArrayNode all = NODES.arrayNode();
        all.addObject()
                .put("id", 31)
                .put("product_id", 77)
                .put("type", "physical")
                .put("name", "Mug")
                .put("sku", "MUG")
                .put("quantity", 2)
                .put("quantity_shipped", shipments.containsKey(number) ? 2 : 0)
                .put("price_ex_tax", "12.5000")
                .put("weight", "0.7500");
        return all;
    }

    private ArrayNode addresses(int number) {
        ArrayNode all = NODES.arrayNode();
        all.addObject()
                .put("id", 19)
                .put("first_name", "Jane")
                .put("last_name", "Roe")
                .put("street_1", orders.get(number).path("street").asText())
                .put("city", "Austin")
                .put("zip", "78701")
                .put("state", "Texas")
                .put("country_iso2", "US");
        return all;
    }

    private Reply ship(int number, JsonNode said) {
        boolean whole = said.path("order_address_id").asInt() == 19
                && said.at("/items/0/order_product_id").asInt() == 31
                && said.at("/items/0/quantity").asInt() == 2;
        if (!whole || shipments.containsKey(number)) {
            return Reply.of(400, "[{\"status\":400,\"message\":\"The quantity is not open\"}]");
        }
        ObjectNode shipment = said.deepCopy();
        shipment.put("id", 5);
        shipments.put(number, NODES.arrayNode().add(shipment));
        return Reply.of(201, shipment.toString());
    }

    private Reply field(int number, JsonNode said) {
        if (metafields.containsKey(number)) {
            return Reply.of(409, "{\"status\":409,\"title\":\"The key is taken\"}");
        }
        ObjectNode field = said.deepCopy();
        field.put("id", 7);
        metafields.put(number, NODES.arrayNode().add(field));
        return Reply.json(NODES.objectNode().set("data", field));
    }

    @Override
    List<String> numbers(int number) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode shipment : shipments.getOrDefault(number, NODES.arrayNode())) {
            String all = shipment.path("comments").asText().replace("Tracking numbers: ", "");
            numbers.addAll(
                    all.isEmpty() ? List.of(shipment.path("tracking_number").asText()) : List.of(all.split(", ")));
        }
        return numbers;
    }

    @Override
    String cost(int number) {
        return metafields
                .getOrDefault(number, NODES.arrayNode())
                .path(0)
                .path("value")
                .asText();
    }
}
