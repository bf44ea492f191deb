package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical events into the outbox, in the transaction that records their fact: CloudEvents 1.0 JSON, one row a
 * subscribed sink, {@code sequence} rising by one for each event of an order.
 */
public final class EventBook {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        ObjectNode data = facts(order, shipment);
        data.setAll(extra);
        for (String sink : sinks) {
            put(sink, order, type, sequence, data);
        }
    }

    private void put(String sink, OrderRow order, String type, long sequence, ObjectNode data) {
        String id = Ids.next("evt");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0")
                .put("id", id)
                .put("source", order.namespace())
                .put("type", type)
                .put("time", now().toString())
                .put("subject", order.orderId())
                .put("sequence", Long.toString(sequence))
                .put("datacontenttype", "application/json")
                .set("data", data);
        handle.createUpdate("""
                        INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload, state, attempts, due, created_at)
                        VALUES (:id, :sink, :type, :entity, :sequence, :namespace, :subject, :payload, 'PENDING', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""")
                .bind("id", id)
                .bind("sink", sink)
                .bind("type", type)
                .bind("entity", order.id())
                .bind("sequence", sequence)
                .bind("namespace", order.namespace())
                .bind("subject", order.orderId())
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

    private ObjectNode facts(OrderRow order, @Nullable String shipment) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        JsonNode content = read(order.effective());
        data.put("hubId", order.id())
                .put("orderId", order.orderId())
                .put("namespace", order.namespace())
                .put("revision", order.revision());
        for (String field : List.of("reference", "identifiers", "metadata")) {
            if (content.has(field)) {
                data.set(field, content.get(field));
            }
        }
        ShipmentBook book = new ShipmentBook(handle);
        data.put("status", ShipmentState.wordOf(book.of(order.id())));
        if (shipment != null) {
            book.find(shipment, Namespaces.ALL).ifPresent(row -> shipmentFacts(data, row, content));
        }
        return data;
    }

    private void shipmentFacts(ObjectNode data, ShipmentRow row, JsonNode content) {
        data.put("shipmentId", row.id()).put("seq", row.seq()).put("status", row.word());
        data.put("carrier", row.carrier()).put("account", row.account()).put("service", row.service());
        List<String> numbers = new NumberBook(handle).tracking(row.id());
        ArrayNode list = data.putArray("trackingNumbers");
        numbers.forEach(list::add);
        if (!numbers.isEmpty()) {
            data.put("trackingNumber", numbers.get(0));
        }
        if (row.state() == ShipmentState.LABELLED) {
            data.putObject("label")
                    .put("format", row.labelFormat())
                    .put("size", row.labelSize())
                    .put("href", "/v1/shipments/" + row.id() + "/label");
        }
        JsonNode costCenter = content.path("billing").path("costCenter");
        if (!costCenter.isMissingNode()) {
            data.set("costCenter", costCenter);
        }
        money(data, new ChargeBook(handle).ofShipment(row.id()));
    }

    private static void money(ObjectNode data, List<ChargeBook.Row> charges) {
        List<ChargeBook.Row> expected =
                charges.stream().filter(row -> row.side().equals("expected")).toList();
        ArrayNode lines = data.putArray("charges");
        for (ChargeBook.Row row : expected) {
            lines.addObject()
                    .put("id", row.id())
                    .put("side", row.side())
                    .put("kind", row.kind())
                    .put("type", row.type())
                    .put("amount", Amounts.plain(row.amount()))
                    .put("currency", row.currency())
                    .put("code", row.carrierCode());
        }
        if (expected.stream().map(ChargeBook.Row::currency).distinct().count() == 1) {
            BigDecimal total = expected.stream().map(ChargeBook.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            data.putObject("total")
                    .put("amount", Amounts.plain(total))
                    .put("currency", expected.get(0).currency());
        }
    }

    private Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds unreadable content", e);
        }
    }
}
