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
        assertThat(Moments.minute("2026-11-24T08:00:00Z", ZoneId.of("Asia/Kolkata")))
                .isEqualTo("2026-11-24T13:30");
        assertThat(Moments.minute("2026-11-24", ZoneId.of("Asia/Kolkata"))).isEqualTo("2026-11-24");
        assertThat(Moments.minute("", ZoneId.of("Asia/Kolkata"))).isEmpty();
    }
}
