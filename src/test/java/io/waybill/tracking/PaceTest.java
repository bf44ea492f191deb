package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final Pace PACE = new Pace(new TrackingSettings(Duration.ofMinutes(30)));

    @ParameterizedTest
    @CsvSource({
        "out_for_delivery, PT1H, 1",
        "in_transit, PT1H, 2",
        ", PT1H, 2",
        "on_hold, PT1H, 4",
        "in_transit, P3D, 8",
        "out_for_delivery, P4D, 8",
        "in_transit, P20D, 48"
    })
    void near_the_door_it_asks_soon_and_ever_more_rarely_while_nothing_moves(String status, Duration quiet, int times) {
        Duration wait = PACE.after("shp_1", status, quiet).orElseThrow();
        Duration least = Duration.ofMinutes(30).multipliedBy(times);
        assertThat(wait).isBetween(least, least.multipliedBy(12).dividedBy(10));
    }

    @Test
    void what_was_bought_together_is_not_asked_about_together() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> PACE.after("shp_" + i, "in_transit", Duration.ZERO))
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void what_was_quiet_for_two_months_is_not_asked_about_again() {
        assertThat(PACE.after("shp_1", "in_transit", Duration.ofDays(60))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"every=0m", "until=0s", "atOnce=0"})
    void what_would_never_ask_or_ask_without_end_is_refused_by_its_line(String setting) {
        Section section = Settings.of("tracking." + setting).section("tracking");

        assertThatThrownBy(() -> TrackingSettings.read(section))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("waybill.properties:1")
                .hasMessageContaining("more than 0");
    }
}
