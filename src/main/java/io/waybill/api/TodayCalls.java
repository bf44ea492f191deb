package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.ledger.DayBook;
import io.waybill.ledger.HeldReads;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** {@code GET /today}: the last 24 hours and what is open now, counted for the namespaces of the caller. */
record TodayCalls(HeldReads<Namespaces, ObjectNode> days) {
    private static final int HOURS = 24;

    /** A label may be made days after its order came. */
    private static final Duration ORDERS_BACK = Duration.ofDays(8);

    /** The ages exceptions are told by; the last has no end. */
    private static final List<Duration> AGES = List.of(Duration.ofHours(4), Duration.ofHours(24), Duration.ofDays(3));

    static TodayCalls of(Ledger ledger) {
        return new TodayCalls(new HeldReads<>(ledger, TodayCalls::counted));
    }

    List<Resource> resources() {
        return List.of(Resource.get("/today", Scope.READ, this::today));
    }

    private Answer today(Request request) {
        Namespaces scope = request.caller().namespaces();
        return Answer.ok(days.of(scope, tx -> view(tx, scope)));
    }

    /** Of what was counted, what there may be much of. */
    private static long counted(ObjectNode view) {
        return StreamSupport.stream(view.path("counts").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private static ObjectNode view(Tx tx, Namespaces scope) {
        Instant now = tx.now();
        Instant since = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1, ChronoUnit.HOURS);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("at", now.toString()).put("since", since.toString());
        List<DayBook.Hour> received = tx.day().received(since, scope);
        List<DayBook.Hour> labelled = tx.day().labelled(since, since.minus(ORDERS_BACK), scope);
        ObjectNode counts = answer.putObject("counts");
        counts.put("received", sum(received)).put("labelled", sum(labelled));
        counts.put("delivered", tx.day().delivered(since, scope));
        open(tx, scope, counts);
        hours(answer.putArray("hours"), since, received, labelled);
        exceptions(answer.putObject("exceptions"), tx, now, scope);
        ArrayNode sinks = answer.putArray("sinks");
        tx.day().sinks(scope).forEach(sink -> sinks.add(SinkCalls.view(sink)));
        return answer;
    }

    /** By the words an order's status has. */
    private static void open(Tx tx, Namespaces scope, ObjectNode counts) {
        for (String word : List.of("held", "ready", "buying", "label_pending", "refused", "unresolved", "voiding")) {
            counts.put(word, 0L);
        }
        tx.day().open(scope).forEach(counts::put);
    }

    private static void hours(
            ArrayNode hours, Instant since, List<DayBook.Hour> received, List<DayBook.Hour> labelled) {
        Map<Long, Long> in = byHour(received);
        Map<Long, Long> out = byHour(labelled);
        for (int i = 0; i < HOURS; i++) {
            Instant at = since.plus(i, ChronoUnit.HOURS);
            long hour = at.getEpochSecond() / 3600;
            hours.addObject()
                    .put("at", at.toString())
                    .put("received", in.getOrDefault(hour, 0L))
                    .put("labelled", out.getOrDefault(hour, 0L));
        }
    }

    private static Map<Long, Long> byHour(List<DayBook.Hour> hours) {
        Map<Long, Long> counts = new TreeMap<>();
        hours.forEach(hour -> counts.put(hour.fullHour(), hour.count()));
        return counts;
    }

    private static long sum(List<DayBook.Hour> hours) {
        return hours.stream().mapToLong(DayBook.Hour::count).sum();
    }

    private static void exceptions(ObjectNode view, Tx tx, Instant now, Namespaces scope) {
        ArrayNode ages = view.putArray("byAge");
        Instant until = now.plus(Duration.ofDays(1));
        for (Duration age : AGES) {
            Instant from = now.minus(age);
            ages.addObject()
                    .put("youngerThan", age.toString())
                    .put("count", tx.day().exceptionsBetween(from, until, scope));
            until = from;
        }
        ages.addObject().putNull("youngerThan").put("count", tx.day().exceptionsBetween(Instant.EPOCH, until, scope));
        ArrayNode reasons = view.putArray("byReason");
        tx.day()
                .exceptions(scope)
                .forEach(waiting -> reasons.addObject()
                        .put("reason", waiting.reason())
                        .put("count", waiting.count())
                        .put("overdue", waiting.overdue())
                        .put("oldest", waiting.oldest().toString()));
    }
}
