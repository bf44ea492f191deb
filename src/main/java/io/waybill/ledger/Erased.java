package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What may stay of an order and of an event when their recipient is forgotten: a list of what stays, not of what goes. */
final class Erased {
    private static final int PREFIX = 3;
    private static final List<String> OF_THE_ORDER = List.of("orderId", "namespace", "service", "account");
    private static final List<String> OF_A_PARCEL = List.of("weight", "dimensions");
    private static final List<String> OF_THE_BILLING = List.of("costCenter", "department", "references");
    private static final List<String> OF_A_REFUND = List.of("id", "amount", "credited", "writtenOff", "currency", "by");
    private static final List<String> OF_THE_DATA = List.of(
            "hubId",
            "orderId",
            "namespace",
            "revision",
            "status",
            "shipmentId",
            "seq",
            "carrier",
            "account",
            "service",
            "trackingNumbers",
            "trackingNumber",
            "label",
            "costCenter",
            "charges",
            "total",
            "pieces",
            "refund",
            "exceptionId",
            "reason",
            "source",
            "due",
            "fact",
            "holdReason");

    private Erased() {}

    /** Of what a shipment says otherwise than its order. */
    static ObjectNode said(JsonNode patch) {
        ObjectNode rest = only(patch, OF_THE_ORDER);
        if (patch.has("parcels")) {
            ArrayNode parcels = rest.putArray("parcels");
            patch.path("parcels").forEach(parcel -> parcels.add(only(parcel, OF_A_PARCEL)));
        }
        return rest;
    }

    static ObjectNode content(JsonNode order) {
        ObjectNode rest = only(order, OF_THE_ORDER);
        rest.set("shipFrom", place(order.path("shipFrom")));
        rest.set("shipTo", place(order.path("shipTo")));
        rest.set("billing", only(order.path("billing"), OF_THE_BILLING));
        ArrayNode parcels = rest.putArray("parcels");
        order.path("parcels").forEach(parcel -> parcels.add(only(parcel, OF_A_PARCEL)));
        return rest;
    }

    /** Still a whole event, so that one not yet delivered can be. */
    static ObjectNode event(JsonNode event) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        event.fields().forEachRemaining(field -> rest.set(field.getKey(), field.getValue()));
        ObjectNode data = only(event.path("data"), OF_THE_DATA).put("erased", true);
        if (data.has("refund")) {
            data.set("refund", only(data.path("refund"), OF_A_REFUND));
        }
        rest.set("data", data);
        return rest;
    }

    private static ObjectNode place(JsonNode address) {
        ObjectNode rest = only(address, List.of("country"));
        String code = address.path("postalCode").asText();
        return code.isEmpty() ? rest : rest.put("postalCode", code.substring(0, Math.min(PREFIX, code.length())));
    }

    private static ObjectNode only(JsonNode tree, List<String> fields) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        fields.stream().filter(tree::hasNonNull).forEach(field -> rest.set(field, tree.get(field)));
        return rest;
    }
}
