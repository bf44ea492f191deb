package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Breaker.Health;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void an_order_whose_carrier_is_away_says_since_when_and_when_one_label_is_tried_again() {
        assertThat(Availability.waiting("ups", new Health(false, NOON, NOON.plusSeconds(30), "HTTP 503")))
                .hasToString("{\"what\":\"carrier\",\"account\":\"ups\",\"unavailableSince\":\"2026-11-24T12:00:00Z\","
                        + "\"nextTryAt\":\"2026-11-24T12:00:30Z\",\"href\":\"/v1/accounts\"}");
    }

    @Test
    void a_next_try_that_nobody_knows_is_left_out() {
        assertThat(Availability.waiting("ups", new Health(false, NOON, null, null))
                        .has("nextTryAt"))
                .isFalse();
    }
}
