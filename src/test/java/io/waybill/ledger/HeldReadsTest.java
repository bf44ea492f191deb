package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Counts of a clock and a ledger that a test moves: each reading answers which one it was. */
class HeldReadsTest {
    private final AtomicLong clock = new AtomicLong();
    private final Deque<Runnable> beside = new ArrayDeque<>();
    private Duration takes = Duration.ofMillis(500);
    private int size = 50_000;
    private boolean gone;
    private int readings;
    private final HeldReads<String, Integer> counts =
            new HeldReads<>(reading -> read(), count -> size, clock::get, beside::add);

    private int read() {
        pass(takes);
        if (gone) {
            throw new IllegalStateException("the database is gone");
        }
        return ++readings;
    }

    @Test
    void what_is_counted_quickly_is_counted_each_time() {
        takes = Duration.ofMillis(3);

        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void what_is_few_is_counted_each_time_also_on_a_busy_machine() {
        size = 1_999;

        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void what_takes_long_is_counted_for_a_tenth_of_the_time_however_often_it_is_asked_for() {
        ask();
        for (int asked = 0; asked < 600; asked++) {
            pass(Duration.ofMillis(100));
            ask();
            while (!beside.isEmpty()) {
                beside.remove().run();
            }
        }

        assertThat(readings).isBetween(10, 14);
    }

    @Test
    void who_asks_does_not_wait_for_it_to_be_counted_again() {
        ask();
        pass(Duration.ofSeconds(10));

        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(1);
        assertThat(beside).hasSize(1);
        beside.remove().run();
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void nothing_is_told_that_is_older_than_a_minute() {
        ask();
        pass(Duration.ofMinutes(2));

        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void what_could_not_be_counted_again_is_tried_once_more_and_told_in_the_end() {
        ask();
        pass(Duration.ofSeconds(10));
        gone = true;
        ask();
        beside.remove().run();

        assertThat(ask()).isEqualTo(1);
        assertThat(beside).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(this::ask).hasMessageContaining("gone");
    }

    private int ask() {
        return counts.of("a sheet", tx -> 0);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
