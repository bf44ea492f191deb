package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Breaker.Health;

/** Tells of accounts that cannot be bought with now. */
final class Availability {
    private final Accounts accounts;

    Availability(Accounts accounts) {
        this.accounts = accounts;
    }

    static ObjectNode view(Health health) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("available", health.available())
                .put("since", health.since().toString());
        if (health.nextTry() != null) {
            view.put("nextTryAt", health.nextTry().toString()).put("why", health.why());
        }
        return view;
    }

    /** Adds what its ready shipments wait for to an order's {@code pending}. */
    ObjectNode tell(ObjectNode order) {
        for (JsonNode shipment : order.path("shipments")) {
            String account = shipment.path("account").asText();
            if (shipment.path("status").asText().equals("ready")
                    && accounts.find(account).isPresent()) {
                Health health = accounts.breaker(account).health();
                if (!health.available() && order.get("pending") instanceof ArrayNode pending) {
                    pending.add(waiting(account, health));
                }
            }
        }
        return order;
    }

    /** What a shipment waits for whose carrier is away. */
    static ObjectNode waiting(String account, Health health) {
        ObjectNode waiting = JsonNodeFactory.instance
                .objectNode()
                .put("what", "carrier")
                .put("account", account)
                .put("unavailableSince", health.since().toString());
        if (health.nextTry() != null) {
            waiting.put("nextTryAt", health.nextTry().toString());
        }
        return waiting.put("href", "/v1/accounts");
    }
}
