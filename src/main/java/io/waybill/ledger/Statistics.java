package io.waybill.ledger;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PostgreSQL knows of the tables' sizes, kept true. A statement that was prepared while its table was small goes on
 * reading all of it until the table is analyzed; autovacuum looks once a minute, in which a new hub's tables grow a
 * thousandfold. So a table that doubled is analyzed within seconds.
 */
final class Statistics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);
    private static final long SECONDS = 5;

    private static final String OUTGROWN = """
            SELECT QUOTE_IDENT(s.relname) FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
            WHERE s.schemaname = CURRENT_SCHEMA() AND s.n_live_tup > GREATEST(500, 2 * c.reltuples)
            ORDER BY s.relname""";

    private final Jdbi jdbi;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ledger-statistics");
        thread.setDaemon(true);
        return thread;
    });

    Statistics(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::quietly, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** @return the tables that had grown so much that they were analyzed */
    List<String> refresh() {
        return jdbi.withHandle(handle -> {
            List<String> tables =
                    handle.createQuery(OUTGROWN).mapTo(String.class).list();
            tables.forEach(table -> handle.useTransaction(looked -> analyze(looked, table)));
            return tables;
        });
    }

    /** By a fifth of the usual sample: it is looked at again when it has doubled, and by autovacuum. */
    private static void analyze(Handle handle, String table) {
        handle.execute("SET LOCAL default_statistics_target = 20");
        handle.execute("ANALYZE (SKIP_LOCKED) " + table);
    }

    private void quietly() {
        try {
            refresh();
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.debug("the tables could not be analyzed; autovacuum does it in time", e);
        }
    }

    /** Lets the table that is being analyzed be: its connection would break. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("a table is still being analyzed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
