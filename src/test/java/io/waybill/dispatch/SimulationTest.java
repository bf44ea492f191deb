package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Carrier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Never twice, never lost, whatever happens in which order. {@code -Dseeds=N} runs more histories, {@code -Dseed=N} one
 * again.
 */
class SimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
    private static final long USUAL = 60;
    /** A broken hub must be found out within so many histories. */
    private static final long SOON = 1_000;

    private static Histories histories;

    @BeforeAll
    static void open() throws SQLException {
        histories = new Histories();
    }

    @AfterAll
    static void close() throws SQLException {
        histories.close();
    }

    @AfterEach
    void mend() {
        SteppedDatabase.spoiled = UnaryOperator.identity();
    }

    @Test
    void no_history_buys_twice_or_loses_anything() throws SQLException {
        Long one = Long.getLong("seed");
        histories.hold(one == null ? 1 : one, one == null ? Long.getLong("seeds", USUAL) : one);
    }

    @Test
    void a_seed_makes_the_same_history_again() throws SQLException {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(histories.history(seed)).as("seed " + seed).isEqualTo(histories.history(seed));
        }
    }

    @Test
    void a_hub_that_takes_an_unknown_outcome_for_not_sent_is_found_out() throws SQLException {
        assertThat(foundOut(300, Gullible::new, Simulation.SETTLE))
                .containsAnyOf("bought twice", "a label nobody knows of");
    }

    @Test
    void a_ledger_whose_late_writers_overwrite_what_was_decided_is_found_out() throws SQLException {
        SteppedDatabase.spoiled = sql -> sql.replaceAll(
                "AND fence = \\? AND state IN \\('BUYING', 'UNKNOWN'(, 'REVIEW')?\\)", "AND (fence = ? OR TRUE)");
        assertThat(foundOut(1, UnaryOperator.identity(), Simulation.SETTLE)).isNotEmpty();
    }

    /** @param from where it is known that those before do not show it, and need not be played each time */
    private static String foundOut(long from, UnaryOperator<Carrier> adapter, Duration settle) throws SQLException {
        for (long seed = from; seed < from + SOON; seed++) {
            Optional<String> broken = histories.broken(seed, adapter, settle);
            if (broken.isPresent()) {
                LOG.info("found out by {}", broken.get().lines().findFirst().orElseThrow());
                return broken.get();
            }
        }
        return "";
    }
}
