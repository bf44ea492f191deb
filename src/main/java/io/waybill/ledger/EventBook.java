package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical events into the outbox, in the transaction that records their fact: CloudEvents 1.0 JSON, one row a
 * subscribed sink, {@code sequence} rising by one for each event of an order.
 */
public final class EventBook {
    private static final String OWE = """
            INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload,
                state, attempts, due, created_at)
            VALUES (:id, :sink, :type, :entity, :sequence, :namespace, :subject, :payload,
                'PENDING', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""";

    private final Handle handle;
    private final Subscriptions subscriptions;

    EventBook(Handle handle, Subscriptions subscriptions) {
        this.handle = handle;
        this.subscriptions = subscriptions;
    }

    /**
     * Emits one event about an order.
     *
     * @param type {@code order.labelled}
     * @param shipment the shipment it is about, or null
     * @param extra fields added to {@code data}
     */
    public void emit(OrderRow order, @Nullable String shipment, String type, ObjectNode extra) {
        long sequence = nextSequence(order.id());
        List<String> sinks = subscriptions.sinks(order.namespace(), type);
        if (sinks.isEmpty()) {
            return;
        }
        ObjectNode data = new EventFacts(handle).about(order, shipment);
        data.setAll(extra);
        About about = new About(order.id(), order.namespace(), order.orderId(), sequence);
        sinks.forEach(sink -> put(sink, about, type, data));
    }

    /**
     * Emits one event about something that belongs to no order: a file, a document without a number.
     *
     * @param entity its hub id; its events reach a sink in their sequence
     */
    public void emitOf(String namespace, String entity, long sequence, String type, ObjectNode facts) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("namespace", namespace);
        data.setAll(facts);
        About about = new About(entity, namespace, entity, sequence);
        subscriptions.sinks(namespace, type).forEach(sink -> put(sink, about, type, data));
    }

    /** @param subject what people call it: the order's number */
    private record About(String entity, String namespace, String subject, long sequence) {}

    private void put(String sink, About about, String type, ObjectNode data) {
        String id = Ids.next("evt");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", about.namespace())
                .put("type", type)
                .put("time", now().toString())
                .put("subject", about.subject())
                .put("sequence", Long.toString(about.sequence()))
                .put("datacontenttype", "application/json")
                .set("data", data);
        handle.createUpdate(OWE)
                .bind("id", id)
                .bind("sink", sink)
                .bind("type", type)
                .bind("entity", about.entity())
                .bind("sequence", about.sequence())
                .bind("namespace", about.namespace())
                .bind("subject", about.subject())
                .bind("payload", event.toString())
                .execute();
    }

    private long nextSequence(String orderUid) {
        handle.createUpdate("UPDATE orders SET event_sequence = event_sequence + 1 WHERE id = :id")
                .bind("id", orderUid)
                .execute();
        return handle.createQuery("SELECT event_sequence FROM orders WHERE id = :id")
                .bind("id", orderUid)
                .mapTo(Long.class)
                .one();
    }

    private Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }
}
