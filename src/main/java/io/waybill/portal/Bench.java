package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pack bench: scan a number, weigh, print. An order that has a label shows it, to be printed once more; a weight is only
 * taken while nothing is bought, so that no parcel gets a second label.
 */
final class Bench {
    private static final Set<String> OPEN = Set.of("held", "ready", "refused");

    List<Page> pages() {
        return List.of(Page.get("/bench", this::show), Page.post("/bench", this::weigh));
    }

    private Answer show(Visit visit) {
        String number = visit.query("order").orElse("");
        JsonNode order = number.isEmpty() ? JsonNodeFactory.instance.objectNode() : found(visit, number);
        boolean open = OPEN.contains(order.path("status").asText());
        return visit.page("bench", Map.of("number", number, "order", order, "open", open));
    }

    private static JsonNode found(Visit visit, String number) {
        JsonNode first =
                visit.calls().get("/orders?key=" + Address.part(number)).at("/items/0/id");
        return first.isMissingNode()
                ? JsonNodeFactory.instance.objectNode()
                : visit.calls().get("/orders/" + Address.part(first.asText()));
    }

    private Answer weigh(Visit visit) {
        ObjectNode body = Visit.json();
        body.set("parcels", Parcels.of(visit.form(), "reference"));
        visit.calls().send("put", "/orders/" + Address.part(visit.form().text("id")) + "/parcels", body);
        return visit.done("packed", "/bench?order=" + Address.part(visit.form().text("number")));
    }
}
