package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.batch.ByColumns;
import io.waybill.batch.Feed;
import io.waybill.batch.Line;
import io.waybill.batch.Lines;
import io.waybill.batch.Uploads;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Batches: many orders in one file. Handed over, looked at, bought, and given back row by row. */
final class BatchCalls {
    /** Rows of one page. */
    static final int MOST = 1_000;

    private final Ledger ledger;
    private final BatchCounts counts;
    private final Uploads uploads;
    private final BatchFiles files;
    private final Predicate<@Nullable String> bringsLabels;
    private final Speaker speaker;

    /** @param bringsLabels whether a mapping writes labels that were bought elsewhere */
    BatchCalls(
            Ledger ledger,
            Uploads uploads,
            BatchLabels labels,
            Optional<String> home,
            Predicate<@Nullable String> bringsLabels,
            Speaker speaker) {
        this.bringsLabels = bringsLabels;
        this.speaker = speaker;
        this.ledger = ledger;
        this.counts = new BatchCounts(ledger);
        this.uploads = uploads;
        this.files = new BatchFiles(uploads, labels, counts, home);
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/batches", Scope.ORDERS_WRITE, this::receive)
                        .taking("source", "dryRun", "again", "name", "format", "shipments"),
                Resource.get("/batches", Scope.READ, this::list).taking("source", "cursor", "limit"),
                Resource.get("/batches/{id}", Scope.READ, request -> Answer.ok(view(request, find(request)))),
                Resource.get("/batches/{id}/results", Scope.READ, this::results).taking("format", "cursor", "limit"),
                Resource.get("/batches/{id}/errors", Scope.READ, request -> files.errors(request, find(request))),
                Resource.get("/batches/{id}/labels", Scope.READ, request -> files.labels(request, find(request)))
                        .taking("format", "only", "cursor", "limit"),
                Resource.post("/batches/{id}/commit", Scope.LABELS_BUY, this::commit),
                Resource.post("/batches/{id}/stop", Scope.LABELS_BUY, this::stop));
    }

    private Answer receive(Request request) throws IOException {
        boolean dryRun = request.isOn("dryRun");
        if (!dryRun) {
            request.caller().require(Scope.LABELS_BUY);
        }
        String name = FileName.of(request, "batch");
        ByColumns.Chosen chosen = new SaidSource(speaker, uploads::feed, uploads.byColumns()).of(request, name);
        Feed feed = uploads.feed(chosen.source(), chosen.format());
        Taking.requireNamespace(request.caller(), feed.namespace());
        if (request.isOn("shipments") && !bringsLabels.test(feed.mapping())) {
            String mapping = feed.mapping() == null ? "-" : feed.mapping();
            throw new ProblemException(
                    Problem.of(ApiCode.NO_LABELS_IN_IT, "source", feed.source(), "mapping", mapping));
        }
        try (InputStream content = request.content()) {
            Uploads.Received received = uploads.receive(new Uploads.Handed(
                    feed,
                    chosen.format(),
                    name,
                    content,
                    dryRun,
                    request.isOn("again"),
                    request.caller().namespaces(),
                    request.caller().name()));
            return answer(request, received);
        }
    }

    private Answer answer(Request request, Uploads.Received received) {
        ObjectNode view = view(request, received.batch());
        Answer answer = Answer.json(received.known() ? 200 : 202, view)
                .with("Location", "/v1/batches/" + received.batch().id());
        return received.known() ? answer.with("Idempotent-Replayed", "true") : answer.with("Retry-After", "2");
    }

    private Answer list(Request request) {
        int limit = request.limit(MOST);
        String source = request.named("source").orElse(null);
        String before = request.cursor("bat").orElse(null);
        List<BatchRow> found =
                ledger.read(tx -> tx.batches().list(request.caller().namespaces(), source, before, limit + 1));
        Paged<BatchRow> rows = Paged.of(found, limit);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        rows.rows().forEach(row -> items.add(view(request, row)));
        return Answer.ok(answer.put("next", rows.next(BatchRow::id)));
    }

    private Answer results(Request request) {
        BatchRow batch = find(request);
        return Listed.isTable(request) ? files.results(request, batch, Listed.table(request)) : page(request, batch);
    }

    private Answer page(Request request, BatchRow batch) {
        int limit = request.limit(MOST);
        Lines lines = uploads.givenBack(batch, request.caller().namespaces()).lines(request.place());
        BatchView view = new BatchView(counts, uploads, request.language());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        int last = 0;
        Line line = lines.next();
        while (line != null && items.size() < limit) {
            items.add(view.line(line));
            last = line.ordinal();
            line = lines.next();
        }
        return Answer.ok(answer.put("next", line == null ? null : String.valueOf(last)));
    }

    private Answer commit(Request request) {
        return answer(
                request,
                uploads.commit(
                        request.parameter("id"),
                        BatchWish.of(request),
                        request.caller().namespaces(),
                        request.caller().name()));
    }

    private Answer stop(Request request) {
        return answer(
                request,
                uploads.stop(
                        request.parameter("id"),
                        request.caller().namespaces(),
                        request.caller().name()));
    }

    private ObjectNode view(Request request, BatchRow batch) {
        return new BatchView(counts, uploads, request.language()).of(batch);
    }

    private BatchRow find(Request request) {
        return uploads.find(request.parameter("id"), request.caller().namespaces());
    }
}
