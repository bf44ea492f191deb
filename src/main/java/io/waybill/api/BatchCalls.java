package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.batch.Feed;
import io.waybill.batch.GivenBack;
import io.waybill.batch.Line;
import io.waybill.batch.Lines;
import io.waybill.batch.Sheet;
import io.waybill.batch.Uploads;
import io.waybill.format.Format;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Batches: many orders in one file. Handed over, looked at, bought, and given back row by row. */
final class BatchCalls {
    private static final int PAGE = 100;
    private static final int MOST = 1_000;
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            ".csv", "text/csv; charset=utf-8",
            ".tsv", "text/tab-separated-values; charset=utf-8",
            ".xlsx", XLSX,
            ".json", "application/json",
            ".ndjson", "application/x-ndjson",
            ".xml", "application/xml");

    private final Ledger ledger;
    private final BatchCounts counts;
    private final Uploads uploads;
    private final BatchLabels labels;
    private final Optional<String> home;
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
        this.labels = labels;
        this.home = home;
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/batches", Scope.ORDERS_WRITE, this::receive)
                        .taking("source", "dryRun", "again", "name", "format", "shipments"),
                Resource.get("/batches", Scope.READ, this::list).taking("source", "cursor", "limit"),
                Resource.get("/batches/{id}", Scope.READ, request -> Answer.ok(view(request, find(request)))),
                Resource.get("/batches/{id}/results", Scope.READ, this::results).taking("format", "cursor", "limit"),
                Resource.get("/batches/{id}/errors", Scope.READ, this::errors),
                Resource.get("/batches/{id}/labels", Scope.READ, this::labels).taking("format", "only"),
                Resource.post("/batches/{id}/commit", Scope.LABELS_BUY, this::commit),
                Resource.post("/batches/{id}/stop", Scope.LABELS_BUY, this::stop));
    }

    private Answer receive(Request request) throws IOException {
        boolean dryRun = request.isOn("dryRun");
        if (!dryRun) {
            request.caller().require(Scope.LABELS_BUY);
        }
        String source = speaker.source(request);
        String name = FileName.of(request).orElse("batch");
        String format = format(request, name, said -> uploads.feed(source, said));
        Feed feed = uploads.feed(source, format);
        Taking.requireNamespace(request.caller(), feed.namespace());
        if (request.isOn("shipments") && !bringsLabels.test(feed.mapping())) {
            throw new ProblemException(Problem.of(
                    ApiCode.NO_LABELS_IN_IT, "source", feed.source(), "mapping", String.valueOf(feed.mapping())));
        }
        try (InputStream content = request.content()) {
            Uploads.Received received = uploads.receive(new Uploads.Handed(
                    feed,
                    format,
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

    /** A word of a format that overrules the mapping's own, as the caller says or as the file's name does, or null. */
    static @Nullable String format(Request request, String name, Feeds feeds) {
        String said = format(request);
        return said != null
                ? said
                : feeds.of(null).reading().savedAs(name).map(Format::word).orElse(null);
    }

    /** How a source's files are read where a call names this format, or none. */
    interface Feeds {
        Feed of(@Nullable String format);
    }

    private static @Nullable String format(Request request) {
        List<String> legal = new ArrayList<>(Format.words());
        legal.remove(Format.ROW.word());
        String format = request.query("format").orElse(null);
        if (format != null && !legal.contains(format)) {
            throw Request.badParameter("format", format, String.join(", ", legal));
        }
        return format;
    }

    private Answer list(Request request) {
        int limit = limit(request);
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
        return switch (request.query("format").orElse("json")) {
            case "json" -> page(request, batch);
            case "csv" -> sheet(request, batch, Format.CSV);
            case "xlsx" -> sheet(request, batch, Format.XLSX);
            default ->
                throw Request.badParameter("format", request.query("format").orElse(""), "json, csv, xlsx");
        };
    }

    private Answer page(Request request, BatchRow batch) {
        int limit = limit(request);
        Lines lines = givenBack(request, batch).lines(ordinal(request));
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

    private Answer sheet(Request request, BatchRow batch, Format format) {
        Locale language = request.header("Accept-Language").isPresent()
                ? request.language()
                : uploads.feed(batch).language();
        Sheet sheet = new Sheet(format, language, shipment -> home(request) + BatchView.label(shipment));
        Path file = givenBack(request, batch).sheet(sheet);
        return file(batch, file, "." + format.word(), "-results");
    }

    private String home(Request request) {
        boolean here = request.host().matches("(127\\.0\\.0\\.1|localhost|\\[::1]):\\d+");
        return home.orElse(here ? "http://" + request.host() : "").replaceFirst("/$", "");
    }

    private Answer errors(Request request) {
        BatchRow batch = find(request);
        GivenBack back = givenBack(request, batch);
        if (back.hasErrors()) {
            return file(batch, back.errors(), back.errorsExtension(), "-errors");
        }
        return Answer.empty(204);
    }

    private Answer labels(Request request) throws IOException {
        BatchRow batch = find(request);
        String format = request.query("format").orElse("pdf");
        if (!format.equals("pdf") && !format.equals("zip")) {
            throw Request.badParameter("format", format, "pdf, zip");
        }
        String only = request.query("only").orElse("");
        if (!only.isEmpty() && !only.equals("new")) {
            throw Request.badParameter("only", only, "new");
        }
        Path path = uploads.temporary();
        Lines lines = givenBack(request, batch).lines(0);
        BatchLabels.Count count = new BatchLabels.Count(0, 0, 0);
        try {
            count = format.equals("pdf")
                    ? labels.pdf(lines, !only.isEmpty(), path)
                    : labels.zip(lines, !only.isEmpty(), path);
        } finally {
            if (count.labels() == 0) {
                Files.deleteIfExists(path);
            }
        }
        if (count.labels() == 0) {
            throw new ProblemException(Problem.of(ApiCode.BATCH_NO_LABELS, "id", batch.id(), "seconds", 5));
        }
        String type = format.equals("pdf") ? "application/pdf" : "application/zip";
        return Answer.file(type, path, count.name(stem(batch), format))
                .with("X-Labels", String.valueOf(count.labels()))
                .with("X-Labels-Again", String.valueOf(count.again()))
                .with("X-Labels-Missing", String.valueOf(count.missing()));
    }

    private static Answer file(BatchRow batch, Path file, String extension, String mark) {
        return Answer.file(
                MEDIA_TYPES.getOrDefault(extension, "application/octet-stream"), file, stem(batch) + mark + extension);
    }

    private static String stem(BatchRow batch) {
        return batch.name().replaceFirst("(\\.gz)?$", "").replaceFirst("\\.[A-Za-z0-9]{1,6}$", "");
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

    private GivenBack givenBack(Request request, BatchRow batch) {
        return uploads.givenBack(batch, request.caller().namespaces());
    }

    private ObjectNode view(Request request, BatchRow batch) {
        return new BatchView(counts, uploads, request.language()).of(batch);
    }

    private BatchRow find(Request request) {
        return uploads.find(request.parameter("id"), request.caller().namespaces());
    }

    /** The place of the document before the first one that is asked for. */
    static int ordinal(Request request) {
        String cursor = request.query("cursor").orElse("0");
        if (!cursor.matches("\\d{1,9}")) {
            throw Request.badCursor(cursor);
        }
        return Integer.parseInt(cursor);
    }

    static int limit(Request request) {
        String text = request.query("limit").orElse(String.valueOf(PAGE));
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MOST) {
            throw Request.badParameter("limit", text, "1 - " + MOST);
        }
        return Integer.parseInt(text);
    }
}
