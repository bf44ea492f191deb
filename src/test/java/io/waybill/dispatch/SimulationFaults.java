package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The many histories: {@code ./mvnw -Pfaults verify}, more of them with {@code -Dseeds=N}. */
class SimulationFaults {
    /** {@link MoreSimulationFaults} runs the other half beside it. */
    @Test
    void no_history_of_five_thousand_buys_twice_or_loses_anything() throws SQLException {
        try (Histories histories = new Histories()) {
            histories.hold(10_001, 10_000 + Long.getLong("seeds", 10_000) / 2);
        }
    }

    @Test
    void a_hub_that_believes_a_look_up_too_early_and_audits_nothing_is_found_out() throws SQLException {
        SteppedDatabase.spoiled =
                sql -> sql.replace("s.audit_due BETWEEN ", "s.audit_due IS NULL AND s.audit_due BETWEEN ");
        try (Histories histories = new Histories()) {
            Optional<String> broken = Optional.empty();
            for (long seed = 1; seed <= 1_000 && broken.isEmpty(); seed++) {
                broken = histories.broken(seed, UnaryOperator.identity(), Duration.ofSeconds(3));
            }
            assertThat(broken).hasValueSatisfying(history -> assertThat(history).contains("bought twice"));
        } finally {
            SteppedDatabase.spoiled = UnaryOperator.identity();
        }
    }
}
