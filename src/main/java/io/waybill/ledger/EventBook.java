package io.waybill.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
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

/**
 * Writes canonical events into the outbox, in the transaction that records their fact: CloudEvents 1.0 JSON, one row a
 * subscribed sink, {@code sequence} rising by one for each event of an order.
 */
public final class EventBook {
    private static final String SEQUENCE = "id, event_sequence AS sequence, CURRENT_TIMESTAMP AS now";
    private static final String SEQUENCES = "SELECT " + SEQUENCE + " FROM orders WHERE id = ANY(:ids)";
    private static final String RAISE =
            "UPDATE orders SET event_sequence = event_sequence + :events WHERE id = ANY(:ids)";
    private static final String RAISED_BY_SERVER = RAISE + " RETURNING " + SEQUENCE;
    private static final String RAISED_EMBEDDED = "SELECT " + SEQUENCE + " FROM FINAL TABLE (" + RAISE + ")";

    private static final RecordMapper<Latest> LATEST = RecordMapper.of(Latest.class);

    private final Handle handle;
    private final Subscriptions subscriptions;
    private final NewLines newLines;
    private final Handover handover;

    EventBook(Handle handle, Subscriptions subscriptions, NewLines newLines, Handover handover) {
        this.handover = handover;
        this.handle = handle;
        this.subscriptions = subscriptions;
        this.newLines = newLines;
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
        owe(all, raise(all).get(), Optional.empty());
    }

    /**
     * Events that have their places among those of their orders, and are still to be told.
     *
     * @param latest the sequences of their orders with all of them counted
     */
    public record Counted(List<News> all, Asked<Map<String, Latest>> latest) {}

    /** The first half of {@link #emit(List)}, which may go with other things {@linkplain Tx#together together}. */
    public Counted count(List<News> all) {
        return new Counted(all, raise(all));
    }

    /** The other half, where what they say is read already. */
    public void tell(Counted counted, Related related) {
        owe(counted.all(), counted.latest().get(), Optional.of(related));
    }

    /** The first events of orders that begin, counted when they were {@linkplain OrderBook#insert(List) inserted}. */
    public void begin(List<News> all) {
        Set<String> wanted = orders(all.stream().filter(this::isWanted));
        owe(all, wanted.isEmpty() ? Map.of() : latest(wanted), Optional.empty());
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
    private void owe(List<News> all, Map<String, Latest> latest, Optional<Related> known) {
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
                Latest now = Objects.requireNonNull(latest.get(id));
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
            About about = new About(order.id(), order.namespace(), order.orderId(), ++sequence, now);
            newLines.mark(data, type);
            subscriptions.sinks(order.namespace(), type).forEach(sink -> put(owed, sink, about, type, data));
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
        About about = new About(entity, namespace, entity, sequence, now());
        Owed owed = new Owed(handle, Handover.none());
        sinks.forEach(sink -> put(owed, sink, about, type, data));
        owed.write();
    }

    /**
     * @param subject what people call it: the order's number
     * @param now the database's clock
     */
    private record About(String entity, String namespace, String subject, long sequence, Instant now) {}

    /** @param now the database's clock */
    public record Latest(String id, long sequence, Instant now) {}

    private static void put(Owed owed, String sink, About about, String type, ObjectNode data) {
        owed.add(claim(sink, about, type, data, 1));
    }

    private static OutboxBook.Claim claim(String sink, About about, String type, ObjectNode data, int attempts) {
        String id = Ids.next("evt");
        return new OutboxBook.Claim(
                id,
                sink,
                type,
                about.entity(),
                about.sequence(),
                about.namespace(),
                about.subject(),
                Json.text(event(id, about, type, data)),
                attempts,
                null);
    }

    /**
     * An event that is about nothing and recorded nowhere, to try a sink with.
     *
     * @param subject what its receiver may show
     */
    public OutboxBook.Claim test(String sink, String type, String namespace, String subject) {
        About about = new About("", namespace, subject, 0, now());
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", namespace)
                .put("test", true);
        return claim(sink, about, type, data, 0);
    }

    private static ObjectNode event(String id, About about, String type, ObjectNode data) {
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
        return event;
    }

    /** Those with as many events at once. */
    private Asked<Map<String, Latest>> raise(List<News> all) {
        Map<String, Integer> events = new HashMap<>();
        all.forEach(news -> events.merge(news.order().id(), news.types().size(), Integer::sum));
        String raise = Trips.of(handle).isToServer() ? RAISED_BY_SERVER : RAISED_EMBEDDED;
        List<Asked<List<Latest>>> raised = events.values().stream()
                .filter(count -> count > 0)
                .distinct()
                .sorted()
                .map(count -> Sql.of(handle, raise)
                        .bind("events", count.intValue())
                        .bindArray(
                                "ids",
                                events.entrySet().stream()
                                        .filter(each -> each.getValue().equals(count))
                                        .map(Map.Entry::getKey)
                                        .toList())
                        .ask(LATEST))
                .toList();
        return Asked.answered(raised)
                .map(parts -> parts.stream()
                        .flatMap(each -> each.get().stream())
                        .collect(Collectors.toMap(Latest::id, each -> each)));
    }

    private Map<String, Latest> latest(Set<String> orders) {
        return Sql.of(handle, SEQUENCES).bindArray("ids", orders).list(LATEST).stream()
                .collect(Collectors.toMap(Latest::id, each -> each));
    }

    private Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }
}
