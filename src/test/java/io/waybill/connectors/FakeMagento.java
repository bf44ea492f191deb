package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Magento 2's REST API, as far as the connector needs it: a page behind the last is answered with the last. */
final class FakeMagento extends FakeShop {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Pattern ORDER = Pattern.compile("/rest/V1/orders?/(\\d+)(/ship|/comments|)");
    private static final String FILTER = "searchCriteria[filter_groups][0][filters][0]";

    private final SignedCall signed = new SignedCall();
    private final Map<Integer, ObjectNode> orders = new ConcurrentHashMap<>();
    private final Map<Integer, ObjectNode> shipments = new ConcurrentHashMap<>();

    @Override
    String name() {
        return "acme-magento";
    }

    @Override
    String settings() {
        return """
                sink.acme-magento.events=order.labelled
                system.acme-magento.auth=oauth1
                system.acme-magento.consumerKey=ck
                system.acme-magento.consumerSecret=env:SHOP_SECRET
                system.acme-magento.token=env:SHOP_SECRET
                system.acme-magento.tokenSecret=env:SHOP_SECRET
                """;
    }

    @Override
    String put(int number, State state) {
        orders.put(number, order(number, state));
        return "%09d".formatted(number);
    }

    private static ObjectNode order(int number, State state) {
        ObjectNode order = NODES.objectNode();
        order.put("entity_id", number)
                .put("increment_id", "%09d".formatted(number))
                .put("state", state(state))
                .put("created_at", "2026-11-24 09:00:00")
                .put("updated_at", TIMES.format(Instant.now().atOffset(ZoneOffset.UTC)))
                .put("is_virtual", state == State.DIGITAL ? 1 : 0)
                .put("order_currency_code", "USD")
                .put("customer_email", "jane@example.com");
        order.putArray("status_histories");
        order.putArray("items")
                .addObject()
                .put("item_id", 7)
                .put("product_type", "simple")
                .put("sku", "MUG")
                .put("name", "Mug")
                .put("qty_ordered", 2)
                .put("price", 12.5)
                .put("weight", 0.3);
        ObjectNode address = order.putObject("extension_attributes")
                .putArray("shipping_assignments")
                .addObject()
                .putObject("shipping")
                .putObject("address");
        address.put("firstname", "Jane")
                .put("lastname", "Roe")
                .put("city", "Austin")
                .put("region_code", "TX")
                .put("postcode", "78701")
                .put("country_id", "US");
        address.putArray("street").add(state.street());
        return order;
    }

    /** Somebody of the shop presses "Hold": Magento remembers where the order stood. */
    void hold(int number) {
        orders.put(number, order(number, State.PAID).put("state", "holded").put("hold_before_state", "processing"));
    }

    /** Shipped whole, and billed to nobody yet: Magento calls it complete only when it is both. */
    void sendBeforeItIsBilled(int number) {
        ObjectNode order = order(number, State.PAID);
        ((ObjectNode) order.at("/items/0")).put("qty_shipped", 2);
        orders.put(number, order);
    }

    private static String state(State state) {
        return switch (state) {
            case UNPAID -> "new";
            case CALLED_OFF -> "canceled";
            case SENT -> "complete";
            case PAID, MOVED, NOWHERE, DIGITAL -> "processing";
        };
    }

    @Override
    Reply answer(Call call) {
        if (!signed.isGood(system.url(), call, "ck", ShopsHub.SECRET)) {
            return Reply.of(401, "{\"message\":\"The consumer isn't authorized to access %resources.\"}");
        }
        Matcher order = ORDER.matcher(call.path());
        if (order.matches()) {
            return ofOrder(call, Integer.parseInt(order.group(1)), order.group(2));
        }
        if (isLook(call)) {
            return Reply.json(changed(call.query()));
        }
        return call.method().equals("GET") && call.path().equals("/rest/V1/shipments")
                ? Reply.json(shipped(Integer.parseInt(call.query().get(FILTER + "[value]"))))
                : Reply.of(404, "{\"message\":\"Request does not match any route.\"}");
    }

    @Override
    boolean isLook(Call call) {
        return call.method().equals("GET") && call.path().equals("/rest/V1/orders");
    }

    private Reply ofOrder(Call call, int number, String what) {
        return switch (what) {
            case "/ship" -> ship(number, call.body());
            case "/comments" -> comment(number, call.body());
            default -> Reply.json(orders.get(number));
        };
    }

    private ObjectNode changed(Map<String, String> query) {
        if (!query.get(FILTER + "[field]").equals("updated_at")
                || !query.get(FILTER + "[condition_type]").equals("gteq")
                || !query.get("searchCriteria[sortOrders][0][direction]").equals("ASC")) {
            throw new IllegalStateException("not oldest first: " + query);
        }
        int size = Integer.parseInt(query.get("searchCriteria[pageSize]"));
        List<ObjectNode> later = orders.values().stream()
                .filter(one -> one.path("updated_at").asText().compareTo(query.get(FILTER + "[value]")) >= 0)
                .sorted(Comparator.comparing(one -> one.path("updated_at").asText()))
                .toList();
        long last = Math.max(0, (later.size() - 1) / size);
        long page = Math.min(last, Long.parseLong(query.get("searchCriteria[currentPage]")) - 1);
        ObjectNode answer = NODES.objectNode().put("total_count", later.size());
        answer.putArray("items")
                .addAll(later.stream().skip(page * size).limit(size).toList());
        return answer;
    }

    private ObjectNode shipped(int number) {
        ObjectNode answer = NODES.objectNode();
        ArrayNode items = answer.putArray("items");
        if (shipments.containsKey(number)) {
            items.add(shipments.get(number));
        }
        return answer;
    }

    private Reply ship(int number, JsonNode said) {
        if (shipments.containsKey(number)) {
            return Reply.of(400, "{\"message\":\"The order does not allow a shipment to be created.\"}");
        }
        ObjectNode shipment = NODES.objectNode().put("entity_id", 8).put("order_id", number);
        shipment.set("tracks", said.path("tracks"));
        shipments.put(number, shipment);
        return Reply.of(200, "\"8\"");
    }

    private Reply comment(int number, JsonNode said) {
        orders.computeIfPresent(number, (same, before) -> {
            ObjectNode order = before.deepCopy();
            order.withArray("/status_histories").add(said.path("statusHistory"));
            return order;
        });
        return Reply.of(200, "true");
    }

    @Override
    List<String> numbers(int number) {
        List<String> numbers = new ArrayList<>();
        if (shipments.containsKey(number)) {
            shipments
                    .get(number)
                    .path("tracks")
                    .forEach(one -> numbers.add(one.path("track_number").asText()));
        }
        return numbers;
    }

    @Override
    String cost(int number) {
        List<String> costs = new ArrayList<>();
        orders.get(number)
                .path("status_histories")
                .forEach(one -> costs.add(one.path("comment").asText().replace("Label cost: ", "")));
        return String.join(" and ", costs);
    }
}
