package io.waybill.ledger;

import io.waybill.ledger.OutboxBook.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Events on their way into the outbox, in one statement: one for which its sink's line has room is claimed from its first
 * moment, unless an earlier one of its entity is still to be sent.
 */
final class Owed {
    /** Without the OFFSET PostgreSQL would look four times for what was owed before. */
    private static final String OWE = """
            INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload,
                state, attempts, due, created_at, owner, lease_until)
            SELECT n.id, n.sink, n.type, n.entity_id, n.sequence, n.namespace, n.subject, n.payload,
                CASE WHEN n.goes THEN 'CLAIMED' ELSE 'PENDING' END, CASE WHEN n.goes THEN 1 ELSE 0 END,
                CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CASE WHEN n.goes THEN n.owner END,
                CASE WHEN n.goes THEN CURRENT_TIMESTAMP + n.lease * INTERVAL '1' SECOND END
            FROM (SELECT o.*, o.owner <> '' AND %s AS goes
                FROM UNNEST(CAST(:ids AS VARCHAR ARRAY), :sinks, :types, :entities, CAST(:sequences AS BIGINT ARRAY), :namespaces, :subjects,
                    :payloads, :owners, CAST(:leases AS DOUBLE PRECISION ARRAY))
                AS o(id, sink, type, entity_id, sequence, namespace, subject, payload, owner, lease) OFFSET 0) n""".formatted(OutboxQueue.FIRST_OF_ITS_ENTITY);

    private static final String CLAIMED = "CASE WHEN state = 'CLAIMED' THEN id END";

    private static final String BY_SERVER = OWE + " RETURNING " + CLAIMED;

    private static final String EMBEDDED = "SELECT " + CLAIMED + " FROM FINAL TABLE (" + OWE + ")";

    private final Handle handle;
    private final Handover handover;
    private final List<Claim> events = new ArrayList<>();
    private final Map<String, Room> rooms = new HashMap<>();
    private final Set<List<String>> entities = new HashSet<>();

    Owed(Handle handle, Handover handover) {
        this.handle = handle;
        this.handover = handover;
    }

    /** @param event as it is once it is claimed; of one entity in their sequence */
    void add(Claim event) {
        events.add(event);
        if (entities.add(List.of(event.sink(), event.entityId()))) {
            handover.room(event.sink()).ifPresent(room -> rooms.put(event.id(), room));
        }
    }

    void write() {
        if (events.isEmpty()) {
            return;
        }
        Set<String> claimed = new HashSet<>(insert());
        events.stream()
                .filter(event -> claimed.contains(event.id()))
                .forEach(event -> handover.claimed(Objects.requireNonNull(rooms.get(event.id())), event));
    }

    /** @return the ids of those that are claimed */
    private Collection<String> insert() {
        return Sql.of(handle, Trips.of(handle).isToServer() ? BY_SERVER : EMBEDDED)
                .bindArray("ids", all(Claim::id))
                .bindArray("sinks", all(Claim::sink))
                .bindArray("types", all(Claim::type))
                .bindArray("entities", all(Claim::entityId))
                .bindArray("sequences", all(event -> Long.toString(event.sequence())))
                .bindArray("namespaces", all(Claim::namespace))
                .bindArray("subjects", all(Claim::subject))
                .bindArray("payloads", all(Claim::payload))
                .bindArray("owners", all(event -> room(event).map(Room::owner).orElse("")))
                .bindArray(
                        "leases",
                        all(event ->
                                Double.toString(room(event).map(Owed::lease).orElse(0.0))))
                .strings();
    }

    private Optional<Room> room(Claim event) {
        return Optional.ofNullable(rooms.get(event.id()));
    }

    private static double lease(Room room) {
        return FromNow.seconds(room.lease());
    }

    private List<String> all(Function<Claim, String> part) {
        return events.stream().map(part).toList();
    }
}
