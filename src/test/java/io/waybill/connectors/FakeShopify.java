package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shopify's GraphQL Admin API with its tokens by client credentials, as far as the connector needs them. */
final class FakeShopify extends FakeShop {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PLACE = "gid://shopify/Location/5";
    private static final int MOST = 50;

    private final Map<Integer, ObjectNode> orders = new ConcurrentHashMap<>();
    private final Map<Integer, ObjectNode> fulfilments = new ConcurrentHashMap<>();
    private final Map<Integer, String> costs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> lines = new ConcurrentHashMap<>();
    private final Map<Integer, Map<Integer, Integer>> remaining = new ConcurrentHashMap<>();
    private final Map<Integer, Map<Integer, Integer>> sent = new ConcurrentHashMap<>();
    private final Set<Integer> held = ConcurrentHashMap.newKeySet();

    @Override
    String name() {
        return "acme-shopify";
    }

    @Override
    String settings() {
        return """
                source.acme-shopify.secret=env:SHOP_SECRET
                system.acme-shopify.auth=oauth
                system.acme-shopify.header=X-Shopify-Access-Token
                system.acme-shopify.tokenUrl=%s/admin/oauth/access_token
                system.acme-shopify.clientId=app
                system.acme-shopify.clientSecret=env:SHOP_SECRET
                """.formatted(system.url());
    }

    @Override
    String put(int number, State state) {
        return put(number, state, 1);
    }

    /** A paid order of many lines. */
    String putLong(int number, int lines) {
        return put(number, State.PAID, lines);
    }

    /** A paid order of the shop's own payment test. */
    void putTest(int number) {
        put(number, State.PAID, 1, true);
    }

    private String put(int number, State state, int lines) {
        return put(number, state, lines, false);
    }

    private String put(int number, State state, int lines, boolean isTest) {
        ObjectNode order = NODES.objectNode();
        order.put("id", "gid://shopify/Order/" + number)
                .put("legacyResourceId", String.valueOf(number))
                .put("name", "#" + number)
                .put("createdAt", "2026-11-24T09:00:00Z")
                .put("updatedAt", now())
                .put("test", isTest)
                .put("requiresShipping", state != State.DIGITAL)
                .put("displayFinancialStatus", state == State.UNPAID ? "PENDING" : "PAID")
                .put("displayFulfillmentStatus", state == State.SENT ? "FULFILLED" : "UNFULFILLED")
                .put("currencyCode", "USD")
                .put("email", "jane@example.com");
        if (state == State.CALLED_OFF) {
            order.put("cancelledAt", "2026-11-24T10:00:00Z");
        }
        order.putObject("shippingAddress")
                .put("name", "Jane Roe")
                .put("address1", state.street())
                .put("city", "Austin")
                .put("provinceCode", "TX")
                .put("zip", "78701")
                .put("countryCodeV2", "US");
        order.putObject("fulfillmentOrders").putArray("nodes").addObject().put("id", fulfillmentOrder(number));
        order.set("lineItems", lines(0, Math.min(lines, 40), lines));
        this.lines.put(number, lines);
        Map<Integer, Integer> open = new ConcurrentHashMap<>();
        IntStream.range(0, lines).forEach(i -> open.put(7 + i, 2));
        remaining.putIfAbsent(number, open);
        orders.put(number, order);
        return String.valueOf(number);
    }

    /** Of a line so much is left to be fulfilled, whoever fulfilled the rest; it need not be a line the order had when it was placed. */
    void remains(int number, int line, int quantity) {
        remaining.get(number).put(line, quantity);
    }

    /** Whether its fulfilment is on hold; what of it was sent already stays sent. */
    void hold(int number, boolean isHeld) {
        if (isHeld) {
            held.add(number);
        } else {
            held.remove(number);
        }
        orders.computeIfPresent(number, (same, order) -> order.deepCopy().put("updatedAt", now()));
    }

    /** Finer than Shopify's own, so that no two changes of a quick test are the same moment. */
    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    Map<Integer, Integer> remaining(int number) {
        return remaining.get(number);
    }

    /** A part of a list, as its cursor connection gives it; the cursor is the number of the next. */
    private static ObjectNode lines(int from, int to, int all) {
        ObjectNode list = NODES.objectNode();
        list.putObject("pageInfo").put("hasNextPage", to < all).put("endCursor", String.valueOf(to));
        ArrayNode nodes = list.putArray("nodes");
        for (int i = from; i < to; i++) {
            ObjectNode line = nodes.addObject();
            line.put("id", "gid://shopify/LineItem/" + (7 + i))
                    .put("sku", i == 0 ? "MUG" : "MUG-" + i)
                    .put("name", "Mug")
                    .put("currentQuantity", 2)
                    .put("requiresShipping", true);
            line.putObject("originalUnitPriceSet")
                    .putObject("shopMoney")
                    .put("amount", "12.5")
                    .put("currencyCode", "USD");
        }
        return list;
    }

    /** As a webhook carries the same order. */
    static String pushed(int number, State state) {
        String cancelled = state == State.CALLED_OFF ? "\"2026-11-24T05:00:00-05:00\"" : "null";
        return """
                {"id": %1$d, "admin_graphql_api_id": "gid://shopify/Order/%1$d", "name": "#%1$d", "test": false,
                 "created_at": "2026-11-24T04:00:00-05:00", "updated_at": "2026-11-24T04:00:05-05:00", "cancelled_at": %3$s, "fulfillment_status": %6$s,
                 "financial_status": "%2$s", "currency": "USD", "email": "jane@example.com",
                 "shipping_address": {"name": "Jane Roe", "address1": "%4$s", "city": "Austin", "province_code": "TX",
                   "zip": "78701", "country_code": "US"},
                 "line_items": [{"id": 7, "sku": "MUG", "name": "Mug", "quantity": 2, "current_quantity": 2, "grams": 350,
                   "requires_shipping": %5$s, "price": "12.50"}]}""".formatted(
                        number,
                        state == State.UNPAID ? "pending" : "paid",
                        cancelled,
                        state.street(),
                        state != State.DIGITAL,
                        state == State.SENT ? "\"fulfilled\"" : "null");
    }

    private static String fulfillmentOrder(int number) {
        return "gid://shopify/FulfillmentOrder/" + number;
    }

    @Override
    Reply answer(Call call) {
        if (call.path().equals("/admin/oauth/access_token")) {
            return Reply.of(200, "{\"access_token\": \"shpat_1\", \"expires_in\": 86399}");
        }
        if (!"shpat_1".equals(call.headers().get("x-shopify-access-token"))) {
            return Reply.of(401, "{\"errors\": \"[API] Invalid API key or access token\"}");
        }
        String query = call.body().path("query").asText();
        JsonNode variables = call.body().path("variables");
        ObjectNode answer = NODES.objectNode();
        ObjectNode data = answer.putObject("data");
        if (isLook(call)) {
            data.set("orders", changed(variables));
        } else if (query.contains("node(id")) {
            int from = variables.path("after").asInt();
            int all = lines.get(number(variables.path("id")));
            data.putObject("node").set("lineItems", lines(from, Math.min(all, from + 100), all));
        } else if (query.contains("order(id")) {
            data.set("order", shipped(number(variables.path("id"))));
        } else if (query.contains("fulfillmentCreate(")) {
            data.set("fulfillmentCreate", fulfil(variables.path("fulfillment")));
        } else if (query.contains("fulfillmentCancel(")) {
            cancel(number(variables.path("id")));
            data.putObject("fulfillmentCancel").putArray("userErrors");
        } else if (query.contains("metafieldsSet(")) {
            JsonNode field = variables.at("/metafields/0");
            costs.put(number(field.path("ownerId")), field.path("value").asText());
            data.putObject("metafieldsSet").putArray("userErrors");
        } else if (query.contains("fulfillmentEventCreate(")) {
            JsonNode event = variables.path("fulfillmentEvent");
            fulfilments.computeIfPresent(number(event.path("fulfillmentId")), (number, before) -> {
                ObjectNode fulfilment = before.deepCopy();
                fulfilment.withArray("/events/nodes").add(event);
                return fulfilment;
            });
            data.putObject("fulfillmentEventCreate").putArray("userErrors");
        } else {
            answer.putArray("errors").addObject().put("message", "syntax");
        }
        return Reply.json(answer);
    }

    @Override
    boolean isLook(Call call) {
        return call.body().path("query").asText().contains("orders(first: 5,");
    }

    private ObjectNode changed(JsonNode variables) {
        String since = variables.path("query").asText().replaceAll(".*'(.*)'", "$1");
        int begin = variables.path("after").asText("").isEmpty()
                ? 0
                : variables.path("after").asInt();
        List<ObjectNode> later = orders.values().stream()
                .filter(one -> one.path("updatedAt").asText().compareTo(since) >= 0)
                .sorted(Comparator.comparing(one -> one.path("updatedAt").asText()))
                .skip(begin)
                .limit(5)
                .map(ObjectNode::deepCopy)
                .toList();
        ObjectNode page = NODES.objectNode();
        page.putObject("pageInfo").put("endCursor", later.isEmpty() ? null : String.valueOf(begin + later.size()));
        page.putArray("nodes").addAll(later);
        page.path("nodes").forEach(this::asItStands);
        return page;
    }

    /** With what is left to be sent, and where that stands. */
    private void asItStands(JsonNode order) {
        int number = number(order.path("id"));
        Map<Integer, Integer> left = remaining.get(number);
        order.at("/lineItems/nodes")
                .forEach(line -> ((ObjectNode) line).put("unfulfilledQuantity", left.get(number(line.path("id")))));
        boolean isOpen = left.values().stream().anyMatch(quantity -> quantity > 0);
        boolean isPart = left.values().stream().anyMatch(quantity -> quantity < 2);
        boolean isHeld = held.contains(number);
        if (!order.path("displayFulfillmentStatus").asText().equals("FULFILLED")) {
            String word = !isOpen ? "FULFILLED" : isPart ? "PARTIALLY_FULFILLED" : isHeld ? "ON_HOLD" : "UNFULFILLED";
            ((ObjectNode) order).put("displayFulfillmentStatus", word);
        }
        ((ObjectNode) order.at("/fulfillmentOrders/nodes/0"))
                .put("status", !isOpen ? "CLOSED" : isHeld ? "ON_HOLD" : isPart ? "IN_PROGRESS" : "OPEN");
    }

    private ObjectNode shipped(int number) {
        ObjectNode order = NODES.objectNode().put("id", "gid://shopify/Order/" + number);
        ObjectNode fulfilment = fulfilments.get(number);
        boolean open = remaining.get(number).values().stream().anyMatch(left -> left > 0);
        ObjectNode part = order.putObject("fulfillmentOrders")
                .putArray("nodes")
                .addObject()
                .put("id", fulfillmentOrder(number))
                .put("status", !open ? "CLOSED" : isLive(fulfilment) ? "IN_PROGRESS" : "OPEN");
        part.putObject("assignedLocation").putObject("location").put("id", PLACE);
        ObjectNode list = part.putObject("lineItems");
        list.putObject("pageInfo").put("hasNextPage", remaining.get(number).size() > MOST);
        ArrayNode nodes = list.putArray("nodes");
        remaining.get(number).entrySet().stream()
                .limit(MOST)
                .forEach(line -> nodes.addObject()
                        .put("id", "gid://shopify/FulfillmentOrderLineItem/" + line.getKey())
                        .put("remainingQuantity", line.getValue())
                        .putObject("lineItem")
                        .put("id", "gid://shopify/LineItem/" + line.getKey()));
        ArrayNode all = order.putArray("fulfillments");
        if (fulfilment != null) {
            all.add(fulfilment);
        }
        return order;
    }

    private ObjectNode fulfil(JsonNode said) {
        ObjectNode payload = NODES.objectNode();
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode which = said.at("/lineItemsByFulfillmentOrder/0/fulfillmentOrderId");
        if (which.isMissingNode() || isLive(fulfilments.get(number(which)))) {
            errors.addObject().put("message", "nothing to fulfil");
            return payload;
        }
        Map<Integer, Integer> left = remaining.get(number(which));
        Map<Integer, Integer> before = Map.copyOf(left);
        JsonNode wanted = said.at("/lineItemsByFulfillmentOrder/0/fulfillmentOrderLineItems");
        if (wanted.isMissingNode()) {
            left.replaceAll((line, quantity) -> 0);
        }
        wanted.forEach(
                one -> left.merge(number(one.path("id")), -one.path("quantity").asInt(), Integer::sum));
        before.forEach((line, quantity) -> before(number(which)).put(line, quantity - left.get(line)));
        ObjectNode fulfilment = NODES.objectNode()
                .put("id", "gid://shopify/Fulfillment/" + number(which))
                .put("status", "SUCCESS");
        fulfilment.putObject("location").put("id", PLACE);
        ArrayNode numbers = fulfilment.putArray("trackingInfo");
        said.at("/trackingInfo/numbers").forEach(one -> numbers.addObject().put("number", one.asText()));
        fulfilment.putObject("events").putArray("nodes");
        fulfilments.put(number(which), fulfilment);
        return payload;
    }

    private Map<Integer, Integer> before(int number) {
        return sent.computeIfAbsent(number, none -> new ConcurrentHashMap<>());
    }

    private static boolean isLive(@Nullable ObjectNode fulfilment) {
        return fulfilment != null && !fulfilment.path("status").asText().equals("CANCELLED");
    }

    /** What it sent is open again. */
    private void cancel(int number) {
        ObjectNode cancelled = fulfilments.get(number).deepCopy().put("status", "CANCELLED");
        fulfilments.put(number, cancelled);
        before(number).forEach((line, quantity) -> remaining.get(number).merge(line, quantity, Integer::sum));
        before(number).clear();
    }

    private static int number(JsonNode gid) {
        return Integer.parseInt(gid.asText().replaceAll(".*/", ""));
    }

    @Override
    List<String> numbers(int number) {
        List<String> numbers = new ArrayList<>();
        ObjectNode fulfilment = fulfilments.get(number);
        if (fulfilment != null && isLive(fulfilment)) {
            fulfilment
                    .path("trackingInfo")
                    .forEach(one -> numbers.add(one.path("number").asText()));
        }
        return numbers;
    }

    @Override
    String cost(int number) {
        return costs.getOrDefault(number, "");
    }

    List<String> scans(int number) {
        List<String> scans = new ArrayList<>();
        fulfilments
                .get(number)
                .at("/events/nodes")
                .forEach(one -> scans.add(one.path("status").asText()));
        return scans;
    }
}
