package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
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

    private static final RecordMapper<Latest> LATEST = RecordMapper.of(Latest.class);

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
        emit(order, shipment, List.of(type), extra);
    }

    /** Several events of one fact, in this order. What they say of the order is read once. */
    public void emit(OrderRow order, @Nullable String shipment, List<String> types, ObjectNode extra) {
        if (types.isEmpty()) {
            return;
        }
        raise(order.id(), types.size());
        if (types.stream()
                .allMatch(type -> subscriptions.sinks(order.namespace(), type).isEmpty())) {
            return;
        }
        ObjectNode data = new EventFacts(handle).about(order, shipment);
        data.setAll(extra);
        Latest latest = latest(order.id());
        PreparedBatch owed = handle.prepareBatch(OWE);
        for (int i = 0; i < types.size(); i++) {
            long sequence = latest.sequence() - types.size() + 1 + i;
            About about = new About(order.id(), order.namespace(), order.orderId(), sequence, latest.now());
            for (String sink : subscriptions.sinks(order.namespace(), types.get(i))) {
                put(owed, sink, about, types.get(i), data);
            }
        }
        owed.execute();
    }

    /**
     * Emits one event about something that belongs to no order: a file, a document without a number.
     *
     * @param entity its hub id; its events reach a sink in their sequence
     */
    public void emitOf(String namespace, String entity, long sequence, String type, ObjectNode facts) {
        List<String> sinks = subscriptions.sinks(namespace, type);
        if (sinks.isEmpty()) {
            return;
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("namespace", namespace);
        data.setAll(facts);
        About about = new About(entity, namespace, entity, sequence, now());
        PreparedBatch owed = handle.prepareBatch(OWE);
        sinks.forEach(sink -> put(owed, sink, about, type, data));
        owed.execute();
    }

    /**
     * @param subject what people call it: the order's number
     * @param now the database's clock
     */
    private record About(String entity, String namespace, String subject, long sequence, Instant now) {}

    /** @param now the database's clock */
    record Latest(long sequence, Instant now) {}

    private static void put(PreparedBatch owed, String sink, About about, String type, ObjectNode data) {
        String id = Ids.next("evt");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", about.namespace())
                .put("type", type)
                .put("time", about.now().toString())
                .put("subject", about.subject())
                .put("sequence", Long.toString(about.sequence()))
                .put("datacontenttype", "application/json")
                .set("data", data);
        owed.bind("id", id)
                .bind("sink", sink)
                .bind("type", type)
                .bind("entity", about.entity())
                .bind("sequence", about.sequence())
                .bind("namespace", about.namespace())
                .bind("subject", about.subject())
                .bind("payload", event.toString())
                .add();
    }

    private void raise(String orderUid, int events) {
        handle.createUpdate("UPDATE orders SET event_sequence = event_sequence + :events WHERE id = :id")
                .bind("events", events)
                .bind("id", orderUid)
                .execute();
    }

    private Latest latest(String orderUid) {
        return handle.createQuery(
                        "SELECT event_sequence AS sequence, CURRENT_TIMESTAMP AS now FROM orders WHERE id = :id")
                .bind("id", orderUid)
                .map(LATEST)
                .one();
    }

    private Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }
}
