package io.waybill.dispatch;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The second half of the histories of {@link SimulationFaults}, in a process of its own. */
class MoreSimulationFaults {
    @Test
    void no_history_of_five_thousand_more_buys_twice_or_loses_anything() throws SQLException {
        long seeds = Long.getLong("seeds", 10_000);
        try (Histories histories = new Histories()) {
            histories.hold(10_001 + seeds / 2, 10_000 + seeds);
        }
    }
}
