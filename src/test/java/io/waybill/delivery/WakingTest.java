package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WakingTest {
    private static final Exception REFUSED = new IOException("no");

    private final AtomicLong now = new AtomicLong();
    private final Waking waking = new Waking(now::get);

    @Test
    void what_waited_before_a_start_is_woken_too_and_where_nothing_waits_none_is_looked_for_again() {
        assertThat(waking.taken(false)).isTrue();
        waking.woke(0);
        assertThat(waking.taken(false)).isFalse();
    }

    @Test
    void it_goes_on_while_some_wait_and_one_that_fails_between_does_not_end_it() {
        waking.refused(REFUSED);
        assertThat(waking.taken(false)).isTrue();
        waking.woke(2);
        waking.refused(REFUSED);
        assertThat(waking.taken(true)).isTrue();
        waking.woke(0);
        assertThat(waking.taken(false)).isFalse();
    }

    @Test
    void those_that_are_woken_and_fail_in_a_row_are_left_alone_for_longer_and_longer() {
        waking.refused(REFUSED);
        waking.taken(false);
        failWoken();
        assertThat(waking.taken(false)).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(waking.taken(false)).isTrue();
        failWoken();
        pass(Duration.ofSeconds(19));
        assertThat(waking.taken(false)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(waking.taken(false)).isTrue();

        failWoken();
        assertThat(waking.taken(true)).as("one that had failed was taken").isTrue();
    }

    @Test
    void a_receiver_that_said_for_how_long_is_not_tried_sooner() {
        waking.refused(new NotBefore(Duration.ofMinutes(10), REFUSED));
        assertThat(waking.taken(true)).isFalse();
        pass(Duration.ofMinutes(10));
        assertThat(waking.taken(false)).isTrue();
    }

    private void failWoken() {
        waking.woke(Waking.EACH);
        for (int i = 0; i < Waking.EACH; i++) {
            waking.refused(REFUSED);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
