package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An order as one row of a table. */
final class OrderRows {
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

    private OrderRows() {}

    /** @param order as it stands in a list */
    static ObjectNode of(JsonNode order) {
        JsonNode shipment = order.at("/shipments/0");
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (String field : COLUMNS.subList(0, 6)) {
            row.put(field, order.path(field).asText(null));
        }
        row.put("name", order.at("/shipTo/name").asText(null))
                .put("city", order.at("/shipTo/city").asText(null))
                .put("country", order.at("/shipTo/country").asText(null))
                .put("account", shipment.path("account").asText(null))
                .put("service", shipment.path("service").asText(null))
                .put("trackingNumber", shipment.at("/trackingNumbers/0").asText(null))
                .put("amount", shipment.at("/total/amount").asText(null))
                .put("currency", shipment.at("/total/currency").asText(null))
                .put("problem", order.at("/problems/0/detail").asText(null));
        return row.put("id", order.path("id").asText());
    }
}
