package io.waybill.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.EventBook.News;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentState;
import java.util.List;
import java.util.stream.Stream;

/** What is told of a shipment that starts, or starts again, because a document came. */
record Start(Submission submission, Plan plan) {
    private static final String ACCEPTED = "order.accepted";
    private static final String HELD = "order.held";

    /** For the story. */
    ObjectNode detail(int revision) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("channel", submission.channel())
                .put("source", submission.source())
                .put("revision", revision);
        if (submission.mapping() != null) {
            detail.put("mapping", submission.mapping()).put("mappingVersion", submission.mappingVersion());
        }
        if (submission.origin() != null) {
            detail.put("document", submission.origin().key());
        }
        return detail;
    }

    /** The types of its events. */
    List<String> types() {
        return plan.state() == ShipmentState.HELD ? List.of(ACCEPTED, HELD) : List.of(ACCEPTED);
    }

    /** Its events. */
    Stream<News> news(OrderRow order, String shipment) {
        return types().stream()
                .map(type -> new News(
                        order,
                        shipment,
                        List.of(type),
                        type.equals(HELD) ? held() : JsonNodeFactory.instance.objectNode()));
    }

    /** As the API says it: why the order is held, and a list of the pointers it waits for. */
    private ObjectNode held() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("holdReason", plan.holdReason());
        ArrayNode waitingFor = facts.putArray("waitingFor");
        Stream.ofNullable(plan.waitingFor())
                .flatMap(pointers -> Stream.of(pointers.split(",", -1)))
                .forEach(waitingFor::add);
        return facts;
    }
}
