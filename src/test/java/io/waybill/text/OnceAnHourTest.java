package io.waybill.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OnceAnHourTest {
    private long now = Long.MAX_VALUE - 1_000; // a clock of nanoseconds may run over
    private final OnceAnHour hour = new OnceAnHour(() -> now);

    @Test
    void the_same_words_of_the_same_thing_are_news_once_an_hour() {
        assertThat(hour.isNews("acme", "away")).isTrue();
        later(Duration.ofHours(1).minusNanos(1));
        assertThat(hour.isNews("acme", "away")).isFalse();
        assertThat(hour.isNews("other", "away")).isTrue();
        later(Duration.ofNanos(1));
        assertThat(hour.isNews("acme", "away")).isTrue();
        assertThat(hour.isNews("acme", "away")).isFalse();
    }

    @Test
    void other_words_of_the_same_thing_are_news_at_once() {
        assertThat(hour.isNews("acme", "away")).isTrue();
        assertThat(hour.isNews("acme", "locked")).isTrue();
        assertThat(hour.isNews("acme", "locked")).isFalse();
        assertThat(hour.isNews("acme", "away")).isTrue();
    }

    @Test
    void what_is_over_is_news_when_it_comes_again() {
        hour.isNews("acme", "away");
        hour.isNews("other", "away");

        hour.over("acme");

        assertThat(hour.isNews("acme", "away")).isTrue();
        assertThat(hour.isNews("other", "away")).isFalse();
    }

    @Test
    void beyond_a_thousand_things_all_is_news_until_older_ones_are_put_away() {
        for (int n = 0; n < 1_000; n++) {
            assertThat(hour.isNews("thing " + n)).isTrue();
        }
        assertThat(hour.isNews("one more")).isTrue();
        assertThat(hour.isNews("one more")).isTrue();
        assertThat(hour.isNews("thing 999")).isFalse();
        assertThat(hour.isNews("thing 999", "other words")).isTrue();
        assertThat(hour.isNews("thing 999", "other words")).isFalse();

        later(Duration.ofHours(1));

        assertThat(hour.isNews("one more")).isTrue();
        assertThat(hour.isNews("one more")).isFalse();
    }

    private void later(Duration by) {
        now += by.toNanos();
    }
}
