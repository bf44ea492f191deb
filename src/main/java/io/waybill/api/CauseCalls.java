package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.ledger.CauseBook;
import io.waybill.ledger.CauseBook.By;
import io.waybill.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /exceptions/causes?since=&by=source,field,reason&cursor=}: what exceptions come from, week by week. */
record CauseCalls(Ledger ledger) {
    private static final Duration BACK = Duration.ofDays(12 * 7);
    private static final int PAGE = 1_000;

    List<Resource> resources() {
        return List.of(
                Resource.get("/exceptions/causes", Scope.READ, this::weekly).taking("since", "by", "cursor"));
    }

    private Answer weekly(Request request) {
        Set<By> by = by(request);
        Optional<Instant> asked = request.from("since");
        int past = past(request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        List<CauseBook.Row> rows = ledger.read(tx -> {
            Instant since = asked.orElseGet(() -> tx.now().minus(BACK));
            answer.put("since", since.toString());
            return tx.causes().weekly(by, since, request.caller().namespaces(), past, PAGE + 1);
        });
        rows.stream().limit(PAGE).forEach(row -> items.add(view(row, by)));
        return Answer.ok(answer.put("next", rows.size() > PAGE ? Integer.toString(past + PAGE) : null));
    }

    /** So many rows were on the pages before. */
    private static int past(Request request) {
        String cursor = request.query("cursor").orElse("0");
        if (!cursor.matches("\\d{1,8}")) {
            throw Request.badCursor(cursor);
        }
        return Integer.parseInt(cursor);
    }

    private static ObjectNode view(CauseBook.Row row, Set<By> by) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("week", row.week().toString());
        put(view, by, By.SOURCE, row.source());
        put(view, by, By.FIELD, row.field());
        put(view, by, By.REASON, row.reason());
        return view.put("opened", row.opened())
                .put("stillOpen", row.stillOpen())
                .put("occurrences", row.occurrences());
    }

    private static void put(ObjectNode view, Set<By> by, By column, @Nullable String value) {
        if (by.contains(column)) {
            view.put(column.word(), value);
        }
    }

    private static Set<By> by(Request request) {
        String asked = request.query("by").orElse(By.REASON.word());
        Set<By> by = EnumSet.noneOf(By.class);
        for (String word : asked.split(",", -1)) {
            by.add(Arrays.stream(By.values())
                    .filter(column -> column.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> Request.badParameter("by", asked, "source, field, reason")));
        }
        return by;
    }
}
