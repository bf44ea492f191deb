package io.waybill.carrier;

import io.waybill.settings.Section;
import java.time.Duration;

/**
 * When an account counts as unavailable, {@code account.<name>.breaker.*}.
 *
 * @param failures percent of the last purchases that were not decided
 * @param window how many purchases are looked back on
 * @param least fewer purchases than this say nothing
 * @param pause until one purchase is tried; twice as long after each try that failed, up to ten times this
 */
public record BreakerSettings(int failures, int window, int least, Duration pause) {
    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 20, 10, Duration.ofSeconds(30));

    static BreakerSettings read(Section section) {
        return new BreakerSettings(
                section.number("failures", DEFAULT.failures(), 1, 100),
                section.number("window", DEFAULT.window(), 1, 10_000),
                section.number("least", DEFAULT.least(), 1, 10_000),
                section.duration("pause", DEFAULT.pause(), Duration.ofMillis(10)));
    }
}
