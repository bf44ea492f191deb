package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shop of docs/connectors/new-shop.md. */
final class FakeFern {
    static final String TOKEN = "fern-token";
    private static final Pattern SHIPMENT = Pattern.compile("/api/orders/(F-\\d+)/shipments/(shp_\\w+)");

    final FakeSystem system;
    private final Map<Integer, ObjectNode> orders = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> shipments = new ConcurrentHashMap<>();

    FakeFern() throws IOException {
        system = new FakeSystem(this::answer);
    }

    void put(int number, String state) {
        orders.put(number, order(number, state));
    }

    static ObjectNode order(int number, String state) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("id", number)
                .put("number", "F-" + number)
                .put("state", state)
                .put("placed", "2026-11-24T09:30:00Z")
                .put("updated", Instant.now().toString())
                .put("currency", "USD");
        order.putObject("ship_to")
                .put("name", "Jane Roe")
                .put("street", "1 Main St")
                .put("city", "Austin")
                .put("state", "TX")
                .put("zip", "78701")
                .put("country", "US");
        order.putArray("lines")
                .addObject()
                .put("id", 7)
                .put("sku", "MUG-1")
                .put("title", "Mug")
                .put("qty", 2)
                .put("price", "12.50");
        return order;
    }

    /** What it was told of an order; missing before. */
    JsonNode shipment(String number) {
        return shipments.getOrDefault(number, MissingNode.getInstance());
    }

    private Reply answer(Call call) {
        if (!("Bearer " + TOKEN).equals(call.headers().get("authorization"))) {
            return Reply.of(401, "");
        }
        Matcher shipment = SHIPMENT.matcher(call.path());
        if (call.method().equals("PUT") && shipment.matches()) {
            shipments.put(shipment.group(1), call.body());
            return Reply.of(204, "");
        }
        if (call.method().equals("GET") && call.path().equals("/api/orders")) {
            return Reply.json(changed(
                    Instant.parse(call.query().get("changed_since")),
                    Integer.parseInt(call.query().get("page"))));
        }
        return Reply.of(404, "");
    }

    private ObjectNode changed(Instant since, int page) {
        List<ObjectNode> found = orders.values().stream()
                .filter(one -> !Instant.parse(one.path("updated").asText()).isBefore(since))
                .sorted(Comparator.comparing(
                        one -> Instant.parse(one.path("updated").asText())))
                .skip((page - 1) * 50L)
                .limit(50)
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("orders").addAll(found);
        return answer;
    }
}
