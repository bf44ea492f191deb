package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.batch.ByColumns;
import io.waybill.batch.Comparing;
import io.waybill.batch.Feed;
import io.waybill.format.Format;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code /rates/sheets}: the prices of each order of a file, none bought: what today's rules would choose, beside the
 * cheapest, the fastest and the best value, and what each would cost for all of them together. Priced in the background.
 */
record SheetRateCalls(Ledger ledger, Comparing comparing, Speaker speaker) {
    private static final List<String> RESULTS = List.of("priced", "unpriced", "bad", "skipped");

    List<Resource> resources() {
        return List.of(
                Resource.post("/rates/sheets", Scope.ORDERS_WRITE, this::compare)
                        .taking("source", "format", "name", "again"),
                Resource.get("/rates/sheets", Scope.READ, this::list).taking("source", "cursor", "limit"),
                Resource.get("/rates/sheets/{id}", Scope.READ, request -> Answer.ok(view(request, find(request)))),
                Resource.get("/rates/sheets/{id}/rows", Scope.READ, this::rows)
                        .taking("result", "format", "cursor", "limit"));
    }

    private Answer compare(Request request) throws IOException {
        String name = FileName.of(request, "sheet");
        ByColumns.Chosen chosen = new SaidSource(speaker, comparing::feed, comparing.byColumns()).of(request, name);
        Feed feed = comparing.feed(chosen.source(), chosen.format());
        Taking.requireNamespace(request.caller(), feed.namespace());
        try (InputStream content = request.content()) {
            Comparing.Received received = comparing.receive(new Comparing.Handed(
                    feed,
                    chosen.format(),
                    name,
                    content,
                    request.isOn("again"),
                    request.caller().namespaces(),
                    request.caller().name()));
            Answer answer = Answer.json(received.known() ? 200 : 202, view(request, received.sheet()))
                    .with("Location", SheetRateView.self(received.sheet()));
            return received.known() ? answer.with("Idempotent-Replayed", "true") : answer.with("Retry-After", "2");
        }
    }

    private Answer list(Request request) {
        int limit = request.limit(BatchCalls.MOST);
        Paged<ComparedSheet> sheets = Paged.of(
                ledger.read(tx -> tx.compared()
                        .list(
                                request.caller().namespaces(),
                                request.named("source").orElse(null),
                                request.cursor("cmp").orElse(null),
                                limit + 1)),
                limit);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        sheets.rows().forEach(sheet -> items.add(SheetRateView.head(sheet)));
        return Answer.ok(answer.put("next", sheets.next(ComparedSheet::id)));
    }

    private Answer rows(Request request) throws IOException {
        ComparedSheet sheet = find(request);
        return Listed.isTable(request) ? table(request, sheet, Listed.table(request)) : page(request, sheet);
    }

    private Answer page(Request request, ComparedSheet sheet) {
        int limit = request.limit(BatchCalls.MOST);
        int after = request.place();
        Paged<ComparedRows.Row> rows = Paged.of(
                ledger.read(tx -> tx.comparedRows()
                        .rows(sheet, request.caller().namespaces(), result(request), after, limit + 1)),
                limit);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        rows.rows().forEach(row -> items.add(SheetRateView.row(row, request.language())));
        return Answer.ok(answer.put("next", rows.next(last -> String.valueOf(last.ordinal()))));
    }

    /** All rows, of whatever result is asked for. */
    private Answer table(Request request, ComparedSheet sheet, Format format) throws IOException {
        return new SheetRateTable(ledger, comparing, request.language())
                .of(sheet, request.caller().namespaces(), result(request), format);
    }

    private static @Nullable String result(Request request) {
        String result = request.named("result").orElse(null);
        if (result != null && !RESULTS.contains(result)) {
            throw Request.badParameter("result", result, String.join(", ", RESULTS));
        }
        return result == null ? null : result.toUpperCase(Locale.ROOT);
    }

    private ObjectNode view(Request request, ComparedSheet sheet) {
        return new SheetRateView(ledger, request.caller().namespaces(), request.language()).of(sheet);
    }

    private ComparedSheet find(Request request) {
        return comparing.find(request.parameter("id"), request.caller().namespaces());
    }
}
