package io.waybill.edge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Feed;
import io.waybill.batch.WholeFiles;
import io.waybill.billing.Billing;
import io.waybill.billing.Handed;
import io.waybill.edge.OrdersPort.Feeds;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;

/**
 * {@code direct:carrier-invoices}: a dropped file of a carrier's invoices, with the exchange properties {@code source},
 * {@code account}, and {@code carrier} or {@code mapping}, maybe {@code currency}. When it returns normally the file is taken in whole, or
 * told as bad and laid among the failed; the body is then what became of it as JSON.
 */
public final class InvoicesPort extends RouteBuilder {
    private static final String URI = "direct:carrier-invoices";

    private final WholeFiles files;
    private final Billing billing;
    private final Feeds feeds;
    private final Marks marks;

    /** @param marks is told of each file that is handed over */
    public InvoicesPort(WholeFiles files, Billing billing, Feeds feeds, Marks marks) {
        this.files = files;
        this.billing = billing;
        this.feeds = feeds;
        this.marks = marks;
    }

    @Override
    public void configure() {
        from(URI)
                .routeId("port.carrier-invoices")
                .description("Takes carriers' invoices in, each file whole or not at all")
                .process(this::take);
    }

    private void take(Exchange exchange) throws IOException {
        if (!(exchange.getMessage().getBody() instanceof GenericFile<?> file)) {
            throw new ProblemException(Problem.of(PortCode.NO_CONTENT, "port", URI));
        }
        String source = PortProperties.required(exchange, URI, "source");
        if (Fetched.isOurs(file)) {
            marks.handed(exchange, source, file.getFileNameOnly());
        }
        String mapping = PortProperties.text(exchange, "mapping");
        String layout = mapping == null ? PortProperties.required(exchange, URI, "carrier") : mapping;
        String account = PortProperties.required(exchange, URI, "account");
        Feed of = feeds.feed(source, mapping, null, "file");
        Feed feed = new Feed("invoices", source, of.namespace(), "file", mapping, of.reading(), of.language());
        WholeFiles.Done done = files.run(
                Fetched.of(file, exchange, feed),
                (copy, name) -> billing.take(
                        new Handed(
                                name,
                                () -> Files.newInputStream(copy),
                                layout,
                                account,
                                PortProperties.text(exchange, "currency"),
                                "source " + source),
                        Namespaces.ALL));
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("file", done.name())
                .put("taken", done.problems().isEmpty())
                .put("archive", done.archive());
        done.problems().forEach(problem -> told.withArray("problems").add(problem.sentence(feed.language())));
        exchange.getMessage().setBody(told.toString());
    }
}
