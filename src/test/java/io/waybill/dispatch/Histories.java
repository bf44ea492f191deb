package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.waybill.carrier.Carrier;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One ledger in memory for many simulated histories, one after another. */
final class Histories implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("histories");

    /** Carriers and processes break in every history, which is no news and takes a seventh of the time to tell. */
    private static final ch.qos.logback.classic.Logger PART =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Histories.class.getPackageName());

    private final @Nullable Level usual = PART.getLevel();
    private final Ledger ledger;
    private final Books books;

    Histories() throws SQLException {
        SteppedDatabase.install();
        ledger = Ledger.open(new Database(SteppedDatabase.URL, "sa", ""), (namespace, type) -> List.of("oms"));
        books = new Books();
        PART.setLevel(Level.OFF);
    }

    /** All hold; or one is told whose {@code -Dseed} makes it again. */
    void hold(long first, long last) throws SQLException {
        long start = System.nanoTime();
        for (long seed = first; seed <= last; seed++) {
            assertThat(broken(seed, UnaryOperator.identity(), Simulation.SETTLE))
                    .as("run it again with -Dseed=" + seed)
                    .isEmpty();
        }
        LOG.info("{} histories in {} ms", last - first + 1, (System.nanoTime() - start) / 1_000_000);
    }

    /** The promise that does not hold, with the history that broke it. */
    Optional<String> broken(long seed, UnaryOperator<Carrier> adapter, Duration settle) throws SQLException {
        books.clear();
        Simulation simulation = new Simulation(ledger, books, seed, adapter, settle);
        try {
            simulation.run();
            return Optional.empty();
        } catch (AssertionError e) {
            String why = e.getCause() == null ? "" : " because of " + e.getCause();
            return Optional.of(
                    "seed " + seed + ": " + e.getMessage() + why + "\n" + String.join("\n", simulation.history()));
        }
    }

    List<String> history(long seed) throws SQLException {
        books.clear();
        Simulation simulation = new Simulation(ledger, books, seed, UnaryOperator.identity(), Simulation.SETTLE);
        simulation.run();
        return simulation.history();
    }

    @Override
    public void close() throws SQLException {
        PART.setLevel(usual);
        books.close();
        ledger.close();
    }
}
