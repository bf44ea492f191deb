package io.waybill;

import io.waybill.api.RestRoutes;
import io.waybill.ledger.LedgerFailure;
import io.waybill.problem.ProblemException;
import io.waybill.text.OnceAnHour;
import io.waybill.text.Quoting;
import io.waybill.text.Words;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happens when an edge fails, said once for every route: nothing is tried again here and nothing is swallowed. The
 * failure goes back to whoever handed the exchange over, so a file stays in its folder, a row stays unmarked and a
 * delivery stays in the outbox, each to be tried again by its own door; whoever called over HTTP is answered with the problem. One
 * line in the log names the route; bodies are not logged. What fails alike at each look at a folder or a table is told once an hour.
 */
final class FailurePolicy extends RouteConfigurationBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);

    private final OnceAnHour lines;

    FailurePolicy() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    FailurePolicy(LongSupplier clock) {
        lines = new OnceAnHour(clock);
    }

    @Override
    public void configuration() {
        routeConfiguration()
                .onException(Exception.class)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .handled(RestRoutes::isCall)
                .process(this::tell);
    }

    private void tell(Exchange exchange) throws IOException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String route = exchange.getFromRouteId();
        if (failure instanceof ProblemException problem) {
            log(exchange, Level.WARN, route + ": " + problem.getMessage());
        } else {
            String words =
                    failure instanceof Quoting || Words.ofDatabase(failure).isPresent()
                            ? Words.toLog(failure)
                            : String.valueOf(failure);
            log(exchange, level(exchange, failure), route + " failed and is tried again: " + words);
        }
        LOG.debug("{} failed", route, failure);
        if (RestRoutes.isCall(exchange)) {
            RestRoutes.answerFailure(exchange, failure);
        }
    }

    private void log(Exchange exchange, Level level, String line) {
        boolean isNews = RestRoutes.isCall(exchange) || lines.isNews(line);
        LOG.atLevel(isNews ? level : Level.DEBUG).log("{}", line);
    }

    private static Level level(Exchange exchange, Exception failure) {
        return LedgerFailure.is(failure) && !RestRoutes.isCall(exchange) ? LedgerFailure.telling(failure) : Level.WARN;
    }
}
