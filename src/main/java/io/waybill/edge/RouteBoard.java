package io.waybill.edge;

import io.waybill.text.Shortened;
import io.waybill.text.Words;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Counts what each route at the edge did since the hub started, and keeps the last that went wrong. Calls are counted elsewhere. */
public final class RouteBoard implements RoutePolicyFactory {
    private static final String CALLS = "api.";
    private static final int LONGEST = 500;

    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * A route as it stands.
     *
     * @param id {@code source.acme-csv}
     * @param from where it starts, without options
     * @param state {@code started | paused | stopped | …}
     * @param done exchanges that ended, those that failed too
     * @param lastError in one line, the newest of an exchange or of a look for something to fetch; null when none was
     */
    public record Row(
            String id,
            @Nullable String description,
            String from,
            String state,
            long done,
            long failed,
            @Nullable Instant lastDone,
            @Nullable Instant lastFailed,
            @Nullable String lastError) {}

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String id, NamedNode route) {
        if (id.startsWith(CALLS)) {
            return null;
        }
        Line line = lines.computeIfAbsent(id, first -> new Line());
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route at, Exchange exchange) {
                Exception thrown = exchange.getException();
                line.done(thrown != null ? thrown : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
            }
        };
    }

    /** Hears from now on what keeps routes from fetching at all. */
    public void listen(CamelContext context) {
        for (Route route : context.getRoutes()) {
            Line line = lines.get(route.getId());
            if (line != null && route.getConsumer() instanceof ScheduledPollConsumer fetching) {
                fetching.setExceptionHandler(new Overheard(fetching.getExceptionHandler(), line));
            }
        }
    }

    /**
     * The same, with nothing in the log of a look that failed as a whole; this board hears of it all the same.
     *
     * @param quiet which failures of a look the log says nothing of
     */
    static ExceptionHandler quiet(ExceptionHandler handler, Predicate<Throwable> quiet) {
        return handler instanceof Overheard heard
                ? new Overheard(new QuietLooks(heard.before(), quiet), heard.line())
                : new QuietLooks(handler, quiet);
    }

    /** Every route that is counted, by its id. */
    public List<Row> rows(CamelContext context) {
        return context.getRoutes().stream()
                .filter(route -> lines.containsKey(route.getId()))
                .sorted(Comparator.comparing(Route::getId))
                .map(route -> row(context, route))
                .toList();
    }

    private Row row(CamelContext context, Route route) {
        String state = String.valueOf(context.getRouteController().getRouteStatus(route.getId()));
        Consumer consumer = route.getConsumer();
        boolean paused = state.equals("Started") && consumer != null && ServiceHelper.isSuspended(consumer);
        Line line = lines.get(route.getId());
        return (line == null ? new Line() : line)
                .row(
                        route.getId(),
                        route.getDescription(),
                        route.getEndpoint().getEndpointBaseUri(),
                        paused ? "paused" : state.toLowerCase(Locale.ROOT));
    }

    private static final class Line {
        private long done;
        private long failed;
        private @Nullable Instant lastDone;
        private @Nullable Instant lastFailed;
        private @Nullable String lastError;

        synchronized void done(@Nullable Throwable why) {
            done++;
            lastDone = Instant.now();
            if (why != null) {
                failed++;
                heard(why);
            }
        }

        synchronized void heard(Throwable why) {
            lastFailed = Instant.now();
            String line = Words.of(why).replaceAll("\\p{Cntrl}+", " ");
            lastError = Shortened.to(LONGEST, line);
        }

        synchronized Row row(String id, @Nullable String description, String from, String state) {
            return new Row(id, description, from, state, done, failed, lastDone, lastFailed, lastError);
        }
    }

    /** Says on to the one before what it hears. */
    private record Overheard(ExceptionHandler before, Line line) implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            line.heard(exception);
            before.handleException(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            line.heard(exception);
            before.handleException(message, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            line.heard(exception);
            before.handleException(message, exchange, exception);
        }
    }
}
