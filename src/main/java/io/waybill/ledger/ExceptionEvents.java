package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import org.jdbi.v3.core.Handle;

/** Tells the sinks of exceptions that are opened and closed. */
final class ExceptionEvents {
    private final Handle handle;
    private final EventBook events;

    ExceptionEvents(Handle handle, EventBook events) {
        this.handle = handle;
        this.events = events;
    }

    void opened(ExceptionBook.Row row) {
        ObjectNode facts = about(row);
        facts.set("problems", row.orderUid() == null ? unquoted(row.problems()) : Json.kept(row.problems()));
        tell(row, 1, "exception.opened", facts.put("due", row.due().toString()));
    }

    void closed(ExceptionBook.Row row, Fact fact) {
        tell(row, 2, "exception.closed", about(row).put("fact", fact.word()));
    }

    /** The story of an order tells its own; what belongs to no order is an entity by itself. */
    private void tell(ExceptionBook.Row row, int sequence, String type, ObjectNode facts) {
        if (row.orderUid() != null) {
            OrderRow order =
                    new OrderBook(handle).find(row.orderUid(), Namespaces.ALL).orElseThrow();
            events.emit(order, row.shipmentUid(), type, facts);
        } else if (!row.reason().equals(Reason.DELIVERY_PARKED.code())) {
            String namespace = row.namespace().isEmpty() ? Subscriptions.OF_NONE : row.namespace();
            events.emitOf(namespace, row.id(), sequence, type, facts);
        }
    }

    private static ObjectNode about(ExceptionBook.Row row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("exceptionId", row.id())
                .put("reason", row.reason())
                .put("subject", row.subjectId())
                .put("source", row.source());
    }

    /** Without the values, which may quote a document: what is told of no order is not found again when one is erased. */
    private static ArrayNode unquoted(String problems) {
        ArrayNode told = JsonNodeFactory.instance.arrayNode();
        Json.kept(problems).forEach(problem -> {
            ObjectNode one = told.addObject().put("code", problem.path("code").asText());
            if (problem.hasNonNull("pointer")) {
                one.put("pointer", problem.path("pointer").asText());
            }
        });
        return told;
    }
}
