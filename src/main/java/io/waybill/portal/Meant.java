package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The order a number that was scanned or typed stands for.
 *
 * @param order the only one it can be, or the one chosen by {@code id}; else empty
 * @param several those to choose from; empty where there is one or none
 */
record Meant(JsonNode order, List<JsonNode> several) {
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    /** An order's own number goes before whatever else a number may be; two namespaces may have orders of one number. */
    static Meant by(Visit visit, String number) {
        String chosen = visit.query("id").orElse("");
        if (number.isEmpty() || !chosen.isEmpty()) {
            return new Meant(chosen.isEmpty() ? NONE : order(visit, chosen), List.of());
        }
        List<JsonNode> exact = found(visit, "orderId", number);
        List<JsonNode> all = exact.isEmpty() ? found(visit, "key", number) : exact;
        return all.size() == 1
                ? new Meant(order(visit, all.get(0).path("id").asText()), List.of())
                : new Meant(NONE, all);
    }

    /** Whether an order has it for its number, or is found by it. */
    static boolean isAny(Visit visit, String number) {
        return !found(visit, "orderId", number).isEmpty()
                || !found(visit, "key", number).isEmpty();
    }

    private static List<JsonNode> found(Visit visit, String by, String number) {
        JsonNode items =
                visit.calls().get("/orders?" + by + "=" + Address.part(number)).path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private static JsonNode order(Visit visit, String id) {
        return visit.calls().get("/orders/" + Address.part(id));
    }
}
