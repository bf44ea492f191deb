package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void a_day_is_from_midnight_to_midnight_where_the_hub_is() {
        Map<String, String> asked = new TreeMap<>(Map.of("since", "2026-11-24", "until", "2026-11-24", "key", "1"));

        Moments.ofDays(asked, ZoneId.of("Asia/Shanghai"));

        assertThat(asked)
                .isEqualTo(Map.of("since", "2026-11-23T16:00:00Z", "until", "2026-11-24T16:00:00Z", "key", "1"));
    }

    @Test
    void what_is_no_day_is_left_to_who_refuses_it() {
        Map<String, String> asked = new TreeMap<>(Map.of("since", "soon", "until", "2026-11-24T08:00:00Z"));

        Moments.ofDays(asked, ZoneId.of("Europe/Berlin"));

        assertThat(asked).isEqualTo(Map.of("since", "soon", "until", "2026-11-24T08:00:00Z"));
    }

    @Test
    void a_minute_is_one_of_the_clock_where_the_hub_is_and_its_end_where_it_is_the_last() {
        Map<String, String> asked = new TreeMap<>(Map.of("since", "2026-11-24T16:00", "until", "2026-11-24T16:00"));

        Moments.ofDays(asked, ZoneId.of("Asia/Shanghai"));

        assertThat(asked).isEqualTo(Map.of("since", "2026-11-24T08:00:00Z", "until", "2026-11-24T08:01:00Z"));
    }

    @Test
    void a_moment_is_shown_as_its_minute_there() {
        assertThat(Moments.first("2026-11-24T08:00:00Z", ZoneId.of("Asia/Kolkata")))
                .isEqualTo("2026-11-24T13:30");
        assertThat(Moments.first("2026-11-24", ZoneId.of("Asia/Kolkata"))).isEqualTo("2026-11-24");
        assertThat(Moments.first("", ZoneId.of("Asia/Kolkata"))).isEmpty();
    }

    @Test
    void a_minute_that_is_the_last_is_shown_as_it_was_chosen() {
        ZoneId zone = ZoneId.of("Asia/Kolkata");
        Map<String, String> asked = new TreeMap<>(Map.of("until", "2026-11-24T13:30"));

        Moments.ofDays(asked, zone);

        assertThat(Moments.last(asked.get("until"), zone)).isEqualTo("2026-11-24T13:30");
        assertThat(Moments.last("2026-11-24T08:00:30Z", zone)).isEqualTo("2026-11-24T13:30");
        assertThat(Moments.last("2026-11-24", zone)).isEqualTo("2026-11-24");
        assertThat(Moments.last("", zone)).isEmpty();
    }

    @Test
    void a_minute_that_a_clock_shows_twice_is_meant_both_times() {
        ZoneId zone = ZoneId.of("America/New_York");
        Map<String, String> asked = new TreeMap<>(Map.of("since", "2026-11-01T01:30", "until", "2026-11-01T01:30"));

        Moments.ofDays(asked, zone);

        assertThat(asked).isEqualTo(Map.of("since", "2026-11-01T05:30:00Z", "until", "2026-11-01T06:31:00Z"));
        assertThat(Moments.last("2026-11-01T06:31:00Z", zone)).isEqualTo("2026-11-01T01:30");
    }
}
