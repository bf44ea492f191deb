package io.waybill.edge;

import io.waybill.ledger.LedgerFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.sql.SqlConsumer;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes that fetch: folders, tables, topics. While they pause, files stay where they are, rows unmarked and offsets uncommitted. A
 * consumer of Kafka is stopped instead and started anew: suspended, one that fails at that moment passes over what it had read.
 */
public final class Consumers {
    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    static final String SOURCE = "source.";

    private final CamelContext context;
    private boolean paused;

    /**
     * @param mine whether a route, by its id, is this node's to fetch for now; asked before each look
     * @param positions who is told of a source whose database or folder does not answer, or lets no row be marked or no file be removed
     * @param marks what {@link OrdersPort} and {@link InvoicesPort} take in
     */
    public Consumers(CamelContext context, Predicate<String> mine, Positions positions, Marks marks) {
        this(context, mine, positions, marks, Patience.USUAL);
    }

    /** @param patience how long a database or a folder may be away, or a mark fail, before a person is told */
    Consumers(CamelContext context, Predicate<String> mine, Positions positions, Marks marks, Duration patience) {
        this.context = context;
        for (Route route : context.getRoutes()) {
            if (route.getConsumer() instanceof ScheduledPollConsumer consumer) {
                String id = route.getRouteId();
                PollingConsumerPollStrategy own = consumer.getPollStrategy();
                if (id.startsWith(SOURCE)) {
                    own = watched(consumer, id, positions, marks, patience);
                }
                consumer.setPollStrategy(new OneNode(own, mine, id));
            }
        }
    }

    private PollingConsumerPollStrategy watched(
            ScheduledPollConsumer consumer, String id, Positions positions, Marks marks, Duration longest) {
        PollingConsumerPollStrategy own = consumer.getPollStrategy();
        String source = source(id);
        Duration every = Duration.of(consumer.getDelay(), consumer.getTimeUnit().toChronoUnit());
        Patience patience = new Patience(source, positions, every, longest);
        MarkWatch stays = new MarkWatch(id, source, marks, positions, longest);
        consumer.setExceptionHandler(RouteBoard.quiet(consumer.getExceptionHandler(), quiet(consumer)));
        if (consumer instanceof SqlConsumer sql) {
            return new TableWatch(datasource(sql), patience, stays, own);
        }
        return consumer instanceof FileConsumer file ? folder(file.getEndpoint(), patience, stays, own) : own;
    }

    /** What of a look that failed is told elsewhere: by who watches the ledger's database, and of a table by its {@link TableWatch}. */
    private static Predicate<Throwable> quiet(ScheduledPollConsumer consumer) {
        return consumer instanceof SqlConsumer ? failure -> true : Consumers::missesLedger;
    }

    /** Whether the ledger is away, in which it is kept how a source stands. */
    static boolean missesLedger(Throwable failure) {
        return LedgerFailure.is(failure) && LedgerFailure.isAway(failure);
    }

    private static FolderWatch folder(
            FileEndpoint folder, Patience patience, MarkWatch stays, PollingConsumerPollStrategy own) {
        return new FolderWatch(folder.getFile().toPath(), folder.getIncludePattern(), patience, stays, own);
    }

    /** Whose route it is, by its id. */
    static String source(String route) {
        return route.substring(SOURCE.length()).split("\\.", 2)[0];
    }

    /** What the settings call it. */
    private String datasource(SqlConsumer consumer) {
        DataSource database = consumer.getEndpoint().getDataSource();
        return context.getRegistry().findByTypeWithName(DataSource.class).entrySet().stream()
                .filter(known -> known.getValue() == database)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }

    /** A look that is not this node's to take is left out; any other is what its route makes of it. */
    private record OneNode(PollingConsumerPollStrategy own, Predicate<String> mine, String route)
            implements PollingConsumerPollStrategy {
        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            return mine.test(route) && own.begin(consumer, endpoint);
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polled) {
            own.commit(consumer, endpoint, polled);
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) throws Exception {
            return own.rollback(consumer, endpoint, retries, cause);
        }
    }

    /** Begins no fetch from now on; what was fetched already is finished. */
    public synchronized void pause() {
        if (!paused) {
            paused = true;
            List<Consumer> all = all();
            all.forEach(consumer -> {
                if (isStopped(consumer)) {
                    ServiceHelper.stopService(consumer);
                } else {
                    ServiceHelper.suspendService(consumer);
                }
            });
            LOG.info("{} routes that fetch pause", all.size());
        }
    }

    public synchronized void resume() {
        if (paused) {
            paused = false;
            List<Consumer> all = all();
            all.forEach(consumer -> {
                if (isStopped(consumer)) {
                    ServiceHelper.startService(consumer);
                } else {
                    ServiceHelper.resumeService(consumer);
                }
            });
            LOG.info("{} routes that fetch go on", all.size());
        }
    }

    private static boolean isStopped(Consumer consumer) {
        return consumer.getEndpoint().getEndpointUri().startsWith("kafka:");
    }

    private List<Consumer> all() {
        return context.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(consumer -> consumer instanceof ScheduledPollConsumer || isStopped(consumer))
                .toList();
    }
}
