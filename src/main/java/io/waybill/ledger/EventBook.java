package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes canonical events into the outbox, in the transaction that records their fact: one row a subscribed sink. */
public final class EventBook {
    private final Handle handle;
    private final Subscriptions subscriptions;
    private final NewLines newLines;
    private final Handover handover;
    private final EventSequences sequences;

    EventBook(Handle handle, Subscriptions subscriptions, NewLines newLines, Handover handover) {
        this.handover = handover;
        this.handle = handle;
        this.subscriptions = subscriptions;
        this.newLines = newLines;
        this.sequences = new EventSequences(handle);
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

    /** Several events of one fact, in this order. */
    public void emit(OrderRow order, @Nullable String shipment, List<String> types, ObjectNode extra) {
        emit(List.of(new News(order, shipment, types, extra)));
    }

    /**
     * What is told of one fact.
     *
     * @param shipment the one it is about, or null
     * @param types of its events, in their order
     * @param extra fields added to {@code data}
     */
    public record News(OrderRow order, @Nullable String shipment, List<String> types, ObjectNode extra) {}

    /** The events of many facts. What they say of their orders is read once for all of them. */
    public void emit(List<News> all) {
        owe(all, sequences.raise(all).get(), Optional.empty());
    }

    /**
     * Events that have their places among those of their orders, and are still to be told.
     *
     * @param latest the sequences of their orders with all of them counted
     */
    public record Counted(List<News> all, Asked<Map<String, EventSequences.Latest>> latest) {}

    /** The first half of {@link #emit(List)}, which may go with other things {@linkplain Tx#together together}. */
    public Counted count(List<News> all) {
        return new Counted(all, sequences.raise(all));
    }

    /** The other half, where what they say is read already. */
    public void tell(Counted counted, Related related) {
        owe(counted.all(), counted.latest().get(), Optional.of(related));
    }

    /** The first events of orders that begin, counted when they were {@linkplain OrderBook#insert(List) inserted}. */
    public void begin(List<News> all) {
        Set<String> wanted = orders(all.stream().filter(this::isWanted));
        owe(all, wanted.isEmpty() ? Map.of() : sequences.of(wanted), Optional.empty());
    }

    /** Whether any sink takes any of these. */
    public boolean isWanted(String namespace, List<String> types) {
        return types.stream()
                .anyMatch(type -> !subscriptions.sinks(namespace, type).isEmpty());
    }

    private static Set<String> orders(Stream<News> all) {
        return all.map(news -> news.order().id()).collect(Collectors.toSet());
    }

    /** @param latest the sequences of orders with all their events counted */
    private void owe(List<News> all, Map<String, EventSequences.Latest> latest, Optional<Related> known) {
        Set<String> wanted = orders(all.stream().filter(this::isWanted));
        if (wanted.isEmpty()) {
            return;
        }
        EventFacts facts =
                new EventFacts(known.orElseGet(() -> Related.to(handle, wanted).get()));
        Map<String, Integer> untold = new HashMap<>();
        all.forEach(news -> untold.merge(news.order().id(), news.types().size(), Integer::sum));
        Owed owed = new Owed(handle, handover);
        for (News news : all) {
            String id = news.order().id();
            int left = Objects.requireNonNull(untold.merge(id, -news.types().size(), Integer::sum));
            if (isWanted(news)) {
                ObjectNode data = facts.about(news.order(), news.shipment());
                data.setAll(news.extra());
                EventSequences.Latest now = Objects.requireNonNull(latest.get(id));
                tell(owed, news, now.sequence() - left - news.types().size(), now.now(), data);
            }
        }
        owed.write();
    }

    private boolean isWanted(News news) {
        return isWanted(news.order().namespace(), news.types());
    }

    /** @param before the sequence of the order's last event before these */
    private void tell(Owed owed, News news, long before, Instant now, ObjectNode data) {
        OrderRow order = news.order();
        long sequence = before;
        for (String type : news.types()) {
            EventEnvelope envelope = new EventEnvelope(order.id(), order.namespace(), order.orderId(), ++sequence, now);
            newLines.mark(data, type);
            subscriptions.sinks(order.namespace(), type).forEach(sink -> owed.add(envelope.claim(sink, type, data, 1)));
        }
    }

    /** Whether any sink takes this type of event for a namespace; of {@code *}, whose namespaces are several, nobody knows. */
    public boolean isWanted(String namespace, String type) {
        return namespace.equals(Subscriptions.OF_NONE)
                || !subscriptions.sinks(namespace, type).isEmpty();
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
        EventEnvelope envelope = new EventEnvelope(entity, namespace, entity, sequence, now());
        Owed owed = new Owed(handle, Handover.none());
        sinks.forEach(sink -> owed.add(envelope.claim(sink, type, data, 1)));
        owed.write();
    }

    /**
     * An event that is about nothing and recorded nowhere, to try a sink with.
     *
     * @param subject what its receiver may show
     */
    public OutboxBook.Claim test(String sink, String type, String namespace, String subject) {
        EventEnvelope envelope = new EventEnvelope("", namespace, subject, 0, now());
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", namespace)
                .put("test", true);
        return envelope.claim(sink, type, data, 0);
    }

    private Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }
}
