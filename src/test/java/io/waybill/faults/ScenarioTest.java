package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.failpoint.Failpoint;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    @Test
    void every_failpoint_is_somewhere_killed_at() {
        assertThat(Scenario.points()).containsExactlyInAnyOrder(Failpoint.values());
    }
}
