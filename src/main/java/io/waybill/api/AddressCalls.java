package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import java.util.List;

/**
 * {@code POST /addresses/check}: an address by the rules of its country, as orders are checked by: what it lacks, what is
 * surely wrong, and how it would be written on a label. It is not asked whether somebody lives there.
 */
record AddressCalls(Orders orders) {
    private static final String FIELD = "/shipTo";

    List<Resource> resources() {
        return List.of(Resource.post("/addresses/check", Scope.READ, this::check));
    }

    private Answer check(Request request) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("orderId", "address");
        order.set("shipTo", orders.parse(request.body()));
        List<Problem> problems = orders.check(order);
        JsonNode address = problems.isEmpty() ? orders.write(orders.read(order)).path("shipTo") : order.path("shipTo");
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("good", problems.isEmpty());
        answer.set("address", address);
        ArrayNode errors = answer.putArray("errors");
        problems.stream()
                .map(problem -> ProblemJson.error(problem, request.language()))
                .map(AddressCalls::ofTheAddress)
                .forEach(errors::add);
        return Answer.ok(answer);
    }

    private static ObjectNode ofTheAddress(ObjectNode error) {
        String pointer = error.path("pointer").asText("");
        return error.put("pointer", pointer.startsWith(FIELD) ? pointer.substring(FIELD.length()) : pointer);
    }
}
