package io.waybill.dispatch;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The many histories: {@code ./mvnw -Pfaults verify}, more of them with {@code -Dseeds=N}. */
class SimulationFaults {
    @Test
    void none_of_ten_thousand_histories_buys_twice_or_loses_anything() throws SQLException {
        try (Histories histories = new Histories()) {
            histories.hold(10_001, 10_000 + Long.getLong("seeds", 10_000));
        }
    }
}
