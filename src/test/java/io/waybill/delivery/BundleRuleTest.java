package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.settings.Settings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a bundle is due by a time of day, in the nights whose clocks are put forward or back, at a year's end and on a leap day. */
class BundleRuleTest {
    @Test
    void a_time_that_clocks_show_twice_comes_once() {
        assertThat(isDue("2026-10-25T00:20:00Z", "2026-10-25T00:30:00Z")).isTrue();
        assertThat(isDue("2026-10-25T00:40:00Z", "2026-10-25T01:30:00Z"))
                .as("02:30 again")
                .isFalse();
        assertThat(isDue("2026-10-25T00:40:00Z", "2026-10-26T01:30:00Z")).isTrue();
    }

    @Test
    void a_time_that_clocks_pass_over_comes_once_and_leaves_the_day_before_as_it_was() {
        assertThat(isDue("2026-03-28T02:00:00Z", "2026-03-29T00:30:00Z"))
                .as("came after 02:30 of the day before")
                .isFalse();
        assertThat(isDue("2026-03-28T02:00:00Z", "2026-03-29T01:30:00Z")).isTrue();
        assertThat(isDue("2026-03-29T01:40:00Z", "2026-03-29T02:30:00Z")).isFalse();
        assertThat(isDue("2026-03-29T01:40:00Z", "2026-03-30T00:30:00Z")).isTrue();
    }

    @Test
    void a_year_ends_and_a_leap_day_comes_as_any_night() {
        assertThat(isDue("2027-12-31T12:00:00Z", "2028-01-01T01:29:59Z")).isFalse();
        assertThat(isDue("2027-12-31T12:00:00Z", "2028-01-01T01:30:00Z")).isTrue();
        assertThat(isDue("2028-02-28T12:00:00Z", "2028-02-29T01:30:00Z")).isTrue();
        assertThat(isDue("2028-02-29T12:00:00Z", "2028-03-01T01:30:00Z")).isTrue();
    }

    private static boolean isDue(String oldest, String now) {
        BundleRule rule = BundleRule.read(Settings.of("sink.wms.batch=2:30\nsink.wms.zone=Europe/Berlin")
                .section("sink")
                .section("wms"));
        return rule.isDue(1, Instant.parse(oldest), Instant.parse(now));
    }
}
