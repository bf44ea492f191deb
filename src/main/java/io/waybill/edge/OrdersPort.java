package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.batch.Taker;
import io.waybill.failpoint.Failpoint;
import io.waybill.format.Formats;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.jspecify.annotations.Nullable;

/**
 * {@code direct:orders}, {@code direct:packing} and {@code direct:tracking-events}: a file, a stream or a text of one or many documents, or one row of a query (a map), with the
 * exchange properties {@code source}, {@code mapping} and {@code format}. When it returns normally every document is
 * durable or told as bad; the body is then the acceptance report as JSON. An exception means nothing can be said yet:
 * hand the same over again.
 *
 * <p>A row also names its {@code keyColumn}; afterwards the properties {@code key}, {@code result}, {@code outcome} (the word that
 * {@code result} begins with), {@code bad} (1 of one that is rejected or a conflict, else 0) and {@code row} (its columns as they were read, by name in lower case) hold what marks it. The route ends behind the port for a row whose order is
 * being bought at the moment, so that it is not marked and is offered again.
 */
public final class OrdersPort extends RouteBuilder {
    public static final String URI = "direct:orders";

    /** What a document is, its mapping says; these names tell a reader of a route. */
    private static final List<String> NAMES = List.of("packing", "tracking-events");

    private final Batch batch;
    private final Taker taker;
    private final Feeds feeds;
    private final Marks marks;

    /** One whose rows nobody marks. */
    public OrdersPort(Batch batch, Taker taker, Feeds feeds) {
        this(batch, taker, feeds, new Marks());
    }

    /** @param marks is told of each row that is taken in, and of each file that is handed over */
    public OrdersPort(Batch batch, Taker taker, Feeds feeds, Marks marks) {
        this.batch = batch;
        this.taker = taker;
        this.feeds = feeds;
        this.marks = marks;
    }

    /** How documents of a source are read. */
    public interface Feeds {
        /**
         * @param mapping its name, or null for the source's own
         * @param format a word such as {@code csv}, or null for the mapping's own
         * @throws ProblemException for a source or a mapping nobody knows
         */
        Feed feed(String source, @Nullable String mapping, @Nullable String format, String channel);
    }

    @Override
    public void configure() {
        from(URI)
                .routeId("port.orders")
                .description("Takes documents in, each once, and answers with what became of them")
                .process(this::take)
                .marshal()
                .json(JsonLibrary.Jackson)
                .convertBodyTo(String.class, "UTF-8");
        NAMES.forEach(name -> from("direct:" + name)
                .routeId("port." + name)
                .description("Takes " + name + " in, each once, as orders are")
                .to(URI));
    }

    private void take(Exchange exchange) throws IOException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Map<?, ?> row) {
            takeRow(exchange, row);
        } else if (body instanceof GenericFile<?> file) {
            if (Fetched.isOurs(file)) {
                marks.handed(exchange, PortProperties.required(exchange, URI, "source"), file.getFileNameOnly());
            }
            Feed feed = feed(exchange, file.getFileNameOnly(), "file");
            answer(exchange, batch.run(Fetched.of(file, exchange, feed)), feed);
        } else {
            Feed feed = feed(exchange, name(exchange), channel(exchange));
            answer(
                    exchange,
                    batch.run(IncomingFile.of(content(exchange), name(exchange), feed), taker(exchange)),
                    feed);
        }
    }

    /**
     * As the route says in {@code identity}: two pointers into a document, parted by a comma. It is known by what stands at the first,
     * and not taken in where it is older than what is known, by what stands at the second.
     */
    private Taker taker(Exchange exchange) {
        String said = PortProperties.text(exchange, "identity");
        if (said == null) {
            return taker;
        }
        String[] pointers = said.split(",", 2);
        Taker newer = pointers.length == 1 ? taker : new NewerOnly(taker, JsonPointer.compile(pointers[1].strip()));
        return new ByIdentity(newer, JsonPointer.compile(pointers[0].strip()));
    }

    private void takeRow(Exchange exchange, Map<?, ?> row) {
        Feed feed = feed(exchange, "sql");
        SqlRow taken = keyed(exchange, row);
        if (isRefused(exchange, taken, feed)) {
            return;
        }
        if (TableLook.isCutOff(row)) {
            exchange.setRouteStop(true);
            return;
        }
        Long number = exchange.getProperty(RowsConsumer.NUMBER, Long.class);
        String key = number == null ? taken.dedupeKey() : taken.dedupeKey(number);
        Taker.Context context = new Taker.Context(feed, key, null, null, null);
        Report report = Report.of(taken.name(), taker.take(taken.document(), context));
        exchange.setProperty("key", taken.key());
        exchange.setProperty("result", SqlRow.told(report, feed.language()));
        exchange.setProperty("outcome", SqlRow.outcome(report));
        exchange.setProperty("bad", report.bad() > 0 ? 1 : 0);
        exchange.setProperty("row", taken.columns());
        answer(exchange, report, feed);
        if (SqlRow.comesAgain(report)) {
            exchange.setRouteStop(true);
            return;
        }
        marks.taken(exchange, PortProperties.required(exchange, URI, "source"), Formats.text(taken.key()));
        Failpoint.BEFORE_MARK.here();
    }

    /** A row without a key, or under one that another row has, is nobody's order and stays in its table; a person is told. */
    private SqlRow keyed(Exchange exchange, Map<?, ?> row) {
        String source = PortProperties.required(exchange, URI, "source");
        String column = PortProperties.required(exchange, URI, "keyColumn");
        try {
            SqlRow keyed = SqlRow.of(row, column);
            if (TableLook.isTwice(row, column)) {
                String value = Formats.text(keyed.key());
                throw new ProblemException(
                        Problem.of(EdgeCode.ROW_NUMBER_TWICE, "source", source, "column", column, "value", value));
            }
            return keyed;
        } catch (ProblemException e) {
            marks.taken(exchange, source, "?");
            throw e;
        }
    }

    /**
     * Rows that lack what their mapping cannot do without, or have what it may not leave unread, say nothing about any order: they stay in
     * their table, and a person is told, by the first of a look.
     */
    private boolean isRefused(Exchange exchange, SqlRow row, Feed feed) {
        List<Problem> unfit = taker.refuse(List.copyOf(row.columns().keySet()), feed);
        if (unfit.isEmpty()) {
            return false;
        }
        if (exchange.getProperty(ExchangePropertyKey.BATCH_INDEX, 0, Integer.class) > 0) {
            exchange.setRouteStop(true);
            return true;
        }
        String source = PortProperties.required(exchange, URI, "source");
        marks.taken(exchange, source, row.name());
        throw new ProblemException(row.unfit(source, unfit));
    }

    private Feed feed(Exchange exchange, String channel) {
        return feed(exchange, feeds, channel);
    }

    /** The same of a file, which may be a sheet saved as text where the route says no format. */
    private Feed feed(Exchange exchange, String fileName, String channel) {
        Feed feed = feed(exchange, channel);
        return PortProperties.text(exchange, "format") == null ? feed.savedAs(fileName) : feed;
    }

    /** How the documents of an exchange are read, by its properties. */
    static Feed feed(Exchange exchange, Feeds feeds, String channel) {
        return feeds.feed(
                PortProperties.required(exchange, URI, "source"),
                PortProperties.text(exchange, "mapping"),
                PortProperties.text(exchange, "format"),
                channel);
    }

    /** As the route says, else a file. */
    private static String channel(Exchange exchange) {
        String said = PortProperties.text(exchange, "channel");
        return said == null ? "file" : said;
    }

    private static void answer(Exchange exchange, Report report, Feed feed) {
        exchange.getMessage().setBody(report.json(feed.language()));
    }

    private static InputStream content(Exchange exchange) {
        InputStream content = exchange.getMessage().getBody(InputStream.class);
        if (content == null) {
            throw new ProblemException(Problem.of(PortCode.NO_CONTENT, "port", URI));
        }
        return content;
    }

    private static String name(Exchange exchange) {
        String name = PortProperties.text(exchange, "fileName");
        return name == null ? "message" : name;
    }
}
