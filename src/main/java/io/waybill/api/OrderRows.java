package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.ShipmentState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An order as one row of a table: what stands of it, several numbers with a blank between them and the sum of what they cost. */
public final class OrderRows {
    /** In the order of the table. */
    static final List<String> COLUMNS = List.of(
            "orderId",
            "namespace",
            "status",
            "channel",
            "source",
            "receivedAt",
            "name",
            "city",
            "country",
            "account",
            "service",
            "trackingNumber",
            "amount",
            "currency",
            "problem",
            "id");

    private static final Set<String> OVER =
            Set.of(ShipmentState.VOIDED.word(), ShipmentState.VOIDING.word(), ShipmentState.CANCELLED.word());

    private OrderRows() {}

    /** @param order as it stands in a list */
    public static ObjectNode of(JsonNode order) {
        List<JsonNode> shipments = standing(order);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (String field : COLUMNS.subList(0, 6)) {
            row.put(field, order.path(field).asText(null));
        }
        row.put("name", order.at("/shipTo/name").asText(null))
                .put("city", order.at("/shipTo/city").asText(null))
                .put("country", order.at("/shipTo/country").asText(null))
                .put("account", words(shipments.stream().map(shipment -> shipment.path("account"))))
                .put("service", words(shipments.stream().map(shipment -> shipment.path("service"))))
                .put("trackingNumber", words(shipments.stream().flatMap(OrderRows::numbers)));
        total(row, shipments);
        return row.put("problem", order.at("/problems/0/detail").asText(null))
                .put("id", order.path("id").asText());
    }

    /** Not what was given back or given up, unless that is all there is. */
    private static List<JsonNode> standing(JsonNode order) {
        List<JsonNode> all = StreamSupport.stream(order.path("shipments").spliterator(), false)
                .toList();
        List<JsonNode> standing = all.stream()
                .filter(shipment -> !OVER.contains(shipment.path("status").asText()))
                .toList();
        return standing.isEmpty()
                ? all.stream().skip(Math.max(0, all.size() - 1)).toList()
                : standing;
    }

    private static Stream<JsonNode> numbers(JsonNode shipment) {
        return StreamSupport.stream(shipment.path("trackingNumbers").spliterator(), false);
    }

    private static @Nullable String words(Stream<JsonNode> values) {
        String words = values.map(value -> value.asText(""))
                .filter(word -> !word.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? null : words;
    }

    /** None where there are several currencies. */
    private static void total(ObjectNode row, List<JsonNode> shipments) {
        List<JsonNode> totals = shipments.stream()
                .map(shipment -> shipment.path("total"))
                .filter(JsonNode::isObject)
                .toList();
        Set<String> currencies =
                totals.stream().map(total -> total.path("currency").asText()).collect(Collectors.toSet());
        boolean isOne = currencies.size() == 1;
        row.put(
                        "amount",
                        isOne
                                ? totals.stream()
                                        .map(total -> new BigDecimal(
                                                total.path("amount").asText()))
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                                        .toPlainString()
                                : null)
                .put("currency", isOne ? currencies.iterator().next() : null);
    }
}
