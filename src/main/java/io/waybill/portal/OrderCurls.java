package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page of an order does, as commands for a shell. */
final class OrderCurls {
    private OrderCurls() {}

    /** By the act they stand beside. */
    static Map<String, String> of(Request request, JsonNode order) {
        String self = "/orders/" + order.path("id").asText();
        ObjectNode parcels = Visit.json();
        if (order.at("/order/parcels").isEmpty()) {
            parcels.putArray("parcels")
                    .addObject()
                    .putObject("weight")
                    .put("value", 1)
                    .put("unit", "kg");
        } else {
            parcels.set("parcels", order.at("/order/parcels"));
        }
        ObjectNode resolve = Visit.json().put("action", "adopt").put("reason", "…");
        ObjectNode edit = Visit.json();
        edit.putObject("shipTo")
                .put("postalCode", order.at("/order/shipTo/postalCode").asText("…"));
        Map<String, String> curls = new LinkedHashMap<>();
        curls.put("get", Curl.get(request, self));
        curls.put("edit", Curl.of(request, "PATCH", self, edit));
        curls.put("parcels", Curl.of(request, "PUT", self + "/parcels", parcels));
        curls.put("resolve", Curl.of(request, "POST", self + "/resolve", resolve));
        ObjectNode another = Visit.json().put("key", "…").put("reason", "reship");
        curls.put("another", Curl.of(request, "POST", self + "/shipments", another));
        order.path("shipments").forEach(shipment -> {
            String id = shipment.path("id").asText();
            curls.put("void " + id, Curl.of(request, "POST", "/shipments/" + id + "/void", Visit.json()));
        });
        curls.put("void-all", Curl.of(request, "POST", self + "/void", Visit.json()));
        for (String act : List.of("release", "retry", "cancel")) {
            curls.put(act, Curl.of(request, "POST", self + "/" + act, Visit.json()));
        }
        return curls;
    }
}
