package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Carrier;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Never twice, never lost, whatever happens in which order. {@code -Dseeds=N} runs more histories, {@code -Dseed=N} one again. */
class SimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);

    private static Ledger ledger;
    private static Books books;

    @BeforeAll
    static void open() throws SQLException {
        SteppedDatabase.install();
        ledger = Ledger.open(new Database(SteppedDatabase.URL, "sa", ""), (namespace, type) -> List.of("oms"));
        books = new Books();
    }

    @AfterAll
    static void close() throws SQLException {
        books.close();
        ledger.close();
    }

    @Test
    void no_history_buys_twice_or_loses_anything() throws SQLException {
        Long one = Long.getLong("seed");
        long first = one == null ? 1 : one;
        long last = one == null ? Long.getLong("seeds", 1000) : one;
        long start = System.nanoTime();
        for (long seed = first; seed <= last; seed++) {
            Optional<String> broken = broken(seed, UnaryOperator.identity(), Simulation.settle());
            assertThat(broken).as("run it again with -Dseed=" + seed).isEmpty();
        }
        LOG.info("{} histories in {} ms", last - first + 1, (System.nanoTime() - start) / 1_000_000);
    }

    /** The promise that does not hold, with the history that broke it. */
    private static Optional<String> broken(long seed, UnaryOperator<Carrier> adapter, Duration settle)
            throws SQLException {
        books.clear();
        Simulation simulation = new Simulation(ledger, books, seed, adapter, settle);
        try {
            simulation.run();
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of("seed " + seed + ": " + e.getMessage() + (e.getCause() == null ? "" : " " + e.getCause()) + "\n"
                    + String.join("\n", simulation.history()));
        }
    }
}
