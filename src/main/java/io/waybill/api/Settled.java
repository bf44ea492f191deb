package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reads;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The answer for an order as far as it got: with its label, 202 while something is pending, 422 when the carrier refused. */
final class Settled {
    private static final String RETRY_SECONDS = "2";

    private Settled() {}

    /** @param ready the status when the label is there: 201 for a new order, 200 otherwise */
    static Answer answer(Reads ledger, Standing standing, int ready, Request request) {
        OrderView view = new OrderView(ledger, request);
        OrderRow order = standing.order();
        ObjectNode told = view.brief(order, standing.related());
        String word = told.path("status").asText();
        return answer(word, told, () -> view.problems(order), ready, request)
                .with("Location", "/v1/orders/" + order.id());
    }

    /** The same for one shipment of it, and what was cut from that; the answer still tells the order. */
    static Answer ofShipment(Reads ledger, Standing standing, String shipment, int ready, Request request) {
        ObjectNode told = new OrderView(ledger, request).brief(standing.order(), standing.related());
        List<ShipmentRow> its = standing.shipments().stream()
                .filter(row -> row.id().equals(shipment) || shipment.equals(row.splitFrom()))
                .toList();
        boolean isRefused = its.stream().anyMatch(row -> row.state() == ShipmentState.REFUSED);
        String word = isRefused ? ShipmentState.REFUSED.word() : ShipmentState.wordOf(its);
        return answer(word, told, () -> OrderView.problems(its), ready, request)
                .with("Location", "/v1/shipments/" + shipment);
    }

    private static Answer answer(
            String word, ObjectNode told, Supplier<List<Problem>> problems, int ready, Request request) {
        Answer answer = switch (word) {
            case "labelled", "in_transit", "delivered" -> Answer.json(ready, told);
            case "refused" -> refused(problems.get(), told, request);
            case "voided", "voiding", "cancelled", "rejected" -> Answer.json(200, told);
            default -> Answer.json(202, told).with("Retry-After", RETRY_SECONDS);
        };
        return Waits.of(request.header("Prefer"))
                .applied()
                .map(applied -> answer.with("Preference-Applied", applied))
                .orElse(answer);
    }

    private static Answer refused(List<Problem> problems, ObjectNode told, Request request) {
        ObjectNode document = ProblemJson.tree(problems, 422, request.language());
        document.set("order", told);
        return new Answer(422, ProblemJson.MEDIA_TYPE, document.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
