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
                between(section, "failures", DEFAULT.failures(), 1, 100),
                between(section, "window", DEFAULT.window(), 1, 10_000),
                between(section, "least", DEFAULT.least(), 1, 10_000),
                pause(section));
    }

    private static Duration pause(Section section) {
        Duration pause = section.duration("pause", DEFAULT.pause());
        if (pause.toMillis() < 10) {
            throw section.bad("pause", pause.toMillis() + "ms", "10ms or more");
        }
        return pause;
    }

    static int between(Section section, String key, int fallback, int least, int most) {
        int value = section.number(key, fallback);
        if (value < least || value > most) {
            throw section.bad(key, String.valueOf(value), "a whole number from " + least + " to " + most);
        }
        return value;
    }
}
