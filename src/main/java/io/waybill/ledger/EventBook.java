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
                .allMatch(type ->
                        subscriptions.sinks(order.namespace(), type).isEmpty())) {
            return;
        }
        ObjectNode data = new EventFacts(handle).about(order, shipment);
        data.setAll(extra);
        Latest latest = latest(order.id());
        PreparedBatch owed = handle.prepareBatch(OWE);
        for (int i = 0; i < types.size(); i++) {
            long sequence = latest.sequence() - types.size() + 1 + i;
            for (String sink : subscriptions.sinks(order.namespace(), types.get(i))) {
                put(owed, sink, order, types.get(i), new Latest(sequence, latest.now()), data);
            }
        }
        owed.execute();
    }

    /** @param now the database's clock */
    record Latest(long sequence, Instant now) {}

    private static void put(
            PreparedBatch owed, String sink, OrderRow order, String type, Latest at, ObjectNode data) {
        String id = Ids.next("evt");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", order.namespace())
                .put("type", type)
                .put("time", at.now().toString())
                .put("subject", order.orderId())
                .put("sequence", Long.toString(at.sequence()))
                .put("datacontenttype", "application/json")
                .set("data", data);
        owed.bind("id", id)
                .bind("sink", sink)
                .bind("type", type)
                .bind("entity", order.id())
                .bind("sequence", at.sequence())
                .bind("namespace", order.namespace())
                .bind("subject", order.orderId())
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
        return handle.createQuery("SELECT event_sequence AS sequence, CURRENT_TIMESTAMP AS now FROM orders WHERE id = :id")
                .bind("id", orderUid)
                .map(LATEST)
                .one();
    }
}
