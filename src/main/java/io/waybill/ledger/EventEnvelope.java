package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.time.Instant;

/**
 * What an event is about and when it was: with its type and its data that is CloudEvents 1.0 JSON.
 *
 * @param entity its hub id; its events reach a sink in their sequence
 * @param subject what people call it: the order's number
 * @param now the database's clock
 */
record EventEnvelope(String entity, String namespace, String subject, long sequence, Instant now) {
    /** The event for one sink, under an id of its own. */
    OutboxBook.Claim claim(String sink, String type, ObjectNode data, int attempts) {
        String id = Ids.next("evt");
        return new OutboxBook.Claim(
                id, sink, type, entity, sequence, namespace, subject, Json.text(event(id, type, data)), attempts, null);
    }

    private ObjectNode event(String id, String type, ObjectNode data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", namespace)
                .put("type", type)
                .put("time", now.toString())
                .put("subject", subject)
                .put("sequence", Long.toString(sequence))
                .put("datacontenttype", "application/json")
                .set("data", data);
        return event;
    }
}
