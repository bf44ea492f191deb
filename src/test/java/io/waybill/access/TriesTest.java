package io.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TriesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Tries tries = new Tries(now::get);

    @Test
    void too_many_from_one_address_are_sent_away_until_the_minute_is_over() {
        for (int i = 0; i < Tries.MOST; i++) {
            assertThat(tries.refused("10.0.0.1", "guess-" + i + "-" + i)).isEmpty();
        }
        now.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(tries.refused("10.0.0.1", "another")).hasValue(Duration.ofSeconds(40));
        assertThat(tries.refused("10.0.0.2", "somebody else's")).isEmpty();
        now.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(tries.refused("10.0.0.1", "yet another")).isEmpty();
    }

    @Test
    void one_key_tried_from_many_addresses_is_too_many_as_well() {
        for (int i = 0; i < Tries.MOST; i++) {
            assertThat(tries.refused("10.0.1." + i, "wbk_abcd" + i)).isEmpty();
        }

        assertThat(tries.refused("10.0.2.1", "wbk_abcdZ")).isPresent();
    }

    @Test
    void what_is_remembered_stays_small() {
        for (int i = 0; i < 50_000; i++) {
            assertThat(tries.refused("address " + i, "k" + i)).isEmpty();
        }
    }
}
