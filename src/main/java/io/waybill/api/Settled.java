package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reads;
import io.waybill.ledger.Standing;
import io.waybill.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The answer for an order as far as it got: with its label, 202 while something is pending, 422 when the carrier refused. */
final class Settled {
    private static final String RETRY_SECONDS = "2";

    private Settled() {}

    /** @param ready the status when the label is there: 201 for a new order, 200 otherwise */
    static Answer answer(Reads ledger, Standing standing, int ready, Request request) {
        OrderView view = new OrderView(ledger, request.language());
        OrderRow order = standing.order();
        ObjectNode told = view.brief(order, standing.related());
        Answer answer = switch (told.path("status").asText()) {
            case "labelled", "in_transit", "delivered" -> Answer.json(ready, told);
            case "refused" -> refused(view.problems(order), told, request);
            case "voided", "voiding", "cancelled", "rejected" -> Answer.json(200, told);
            default -> Answer.json(202, told).with("Retry-After", RETRY_SECONDS);
        };
        Answer located = answer.with("Location", "/v1/orders/" + order.id());
        return Waits.of(request.header("Prefer"))
                .applied()
                .map(applied -> located.with("Preference-Applied", applied))
                .orElse(located);
    }

    private static Answer refused(List<Problem> problems, ObjectNode told, Request request) {
        ObjectNode document = ProblemJson.tree(problems, 422, request.language());
        document.set("order", told);
        return new Answer(422, ProblemJson.MEDIA_TYPE, document.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
