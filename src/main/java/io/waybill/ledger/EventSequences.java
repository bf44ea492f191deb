package io.waybill.ledger;

import io.waybill.ledger.EventBook.News;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How many events each order has had: the {@code sequence} of an event, rising by one. */
final class EventSequences {
    private static final String SEQUENCE = "id, event_sequence AS sequence, CURRENT_TIMESTAMP AS now";
    private static final String SEQUENCES = "SELECT " + SEQUENCE + " FROM orders WHERE id = ANY(:ids)";
    private static final String RAISE =
            "UPDATE orders SET event_sequence = event_sequence + :events WHERE id = ANY(:ids)";
    private static final String RAISED_BY_SERVER = RAISE + " RETURNING " + SEQUENCE;
    private static final String RAISED_EMBEDDED = "SELECT " + SEQUENCE + " FROM FINAL TABLE (" + RAISE + ")";

    private static final RecordMapper<Latest> LATEST = RecordMapper.of(Latest.class);

    private final Handle handle;

    EventSequences(Handle handle) {
        this.handle = handle;
    }

    /** @param now the database's clock */
    record Latest(String id, long sequence, Instant now) {}

    /** Counts these events; the orders with as many of them at once. */
    Asked<Map<String, Latest>> raise(List<News> all) {
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

    /** Those of orders as they stand. */
    Map<String, Latest> of(Set<String> orders) {
        return Sql.of(handle, SEQUENCES).bindArray("ids", orders).list(LATEST).stream()
                .collect(Collectors.toMap(Latest::id, each -> each));
    }
}
