package io.waybill.edge;

import io.waybill.batch.Batch;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.batch.Taker;
import io.waybill.format.Document;
import io.waybill.problem.ProblemException;
import io.waybill.trace.Traces;
import io.waybill.trace.Visit;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code direct:records}: the records of one poll of Kafka, with the exchange properties of {@code direct:orders}. Their offsets
 * are committed when every document in them is durable or told as bad, and by nothing else. A record that cannot be read
 * becomes a file that failed; it and a rejected document keep nobody behind them waiting. An exception means nothing
 * can be said yet: nothing is committed, and the same records come again.
 */
public final class RecordsPort extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RecordsPort.class);
    private static final int LINES = 1_000;
    private static final Duration BREATH = Duration.ofMillis(500);

    private final Batch batch;
    private final Taker taker;
    private final OrdersPort.Feeds feeds;

    public RecordsPort(Batch batch, Taker taker, OrdersPort.Feeds feeds) {
        this.batch = batch;
        this.taker = taker;
        this.feeds = feeds;
    }

    @Override
    public void configure() {
        from("direct:records")
                .routeId("port.records")
                .description("Takes records of a log in, each once, and then says so to the log")
                .process(this::take)
                .marshal()
                .json(JsonLibrary.Jackson)
                .convertBodyTo(String.class, "UTF-8");
    }

    /** What fails is handed over again at once, so it takes a breath here. */
    private void take(Exchange exchange) {
        try {
            takeAll(exchange);
        } catch (RuntimeException e) {
            LockSupport.parkNanos(BREATH.toNanos());
            throw e;
        }
    }

    private void takeAll(Exchange exchange) {
        Feed feed = OrdersPort.feed(exchange, feeds, "kafka");
        List<LogRecord> records = records(exchange);
        List<Report.Line> lines = new ArrayList<>();
        List<Taker.Handed> handed = new ArrayList<>();
        Map<Taker.Handed, LogRecord> brought = new IdentityHashMap<>();
        records.forEach(record -> documents(record, feed)
                .ifPresentOrElse(
                        read -> read.forEach(document -> {
                            Taker.Handed one = handed(record, document, feed);
                            handed.add(one);
                            brought.put(one, record);
                        }),
                        () -> lines.addAll(park(record, feed))));
        try (Visit visit = Traces.read("record")) {
            taker.takeEach(handed, (one, fate) -> {
                lines.add(line(one, fate));
                trace(visit, brought.get(one), fate);
            });
        }
        commit(records);
        exchange.getMessage().setBody(report(feed, lines).json(feed.language()));
    }

    private static List<LogRecord> records(Exchange exchange) {
        List<?> polled = exchange.getMessage().getBody(List.class);
        return Objects.requireNonNullElse(polled, List.of()).stream()
                .map(Exchange.class::cast)
                .map(LogRecord::of)
                .toList();
    }

    /** Empty where the record cannot be read to its end, or has nothing to read. */
    private Optional<List<Document>> documents(LogRecord record, Feed feed) {
        if (record.bytes().length == 0) {
            LOG.info(
                    "{}: {} at {} has no value and is passed over", feed.source(), record.partition(), record.offset());
            return Optional.of(List.of());
        }
        try {
            return Optional.of(record.documents(feed.reading())).filter(read -> !read.isEmpty());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Taker.Handed handed(LogRecord record, Document document, Feed feed) {
        String name = record.fileName(feed.reading());
        return new Taker.Handed(document, new Taker.Context(feed, record.key(document), null, name, null));
    }

    private List<Report.Line> park(LogRecord record, Feed feed) {
        String name = record.fileName(feed.reading());
        return batch.run(IncomingFile.of(new ByteArrayInputStream(record.bytes()), name, feed))
                .lines();
    }

    private static void trace(Visit visit, @Nullable LogRecord record, Fate fate) {
        if (record != null && fate.uid() != null) {
            visit.answered(fate.uid(), record.traceparent());
        }
    }

    private static Report.Line line(Taker.Handed one, Fate fate) {
        if (fate.result() == Fate.Result.REJECTED || fate.result() == Fate.Result.CONFLICT) {
            LOG.info(
                    "{}: {} {}",
                    one.context().feed().source(),
                    one.context().fileName(),
                    fate.result().word());
        }
        return new Report.Line(String.valueOf(one.context().fileName()), fate);
    }

    /** Of each partition its last record: what comes before it is done with too. */
    private static void commit(List<LogRecord> records) {
        Map<Object, LogRecord> last = new LinkedHashMap<>();
        records.forEach(record ->
                last.merge(record.partition(), record, (one, other) -> one.offset() > other.offset() ? one : other));
        last.values().forEach(record -> record.commit().run());
    }

    private static Report report(Feed feed, List<Report.Line> lines) {
        Map<Fate.Result, Integer> counts = new EnumMap<>(Fate.Result.class);
        lines.forEach(line -> counts.merge(line.fate().result(), 1, Integer::sum));
        List<Report.Line> told = lines.subList(0, Math.min(LINES, lines.size()));
        return new Report(null, feed.source(), false, counts, List.of(), told, null, null, null);
    }
}
