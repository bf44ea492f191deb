package io.waybill.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The waits before each attempt, as Standard Webhooks recommends them: at once, then 5 s … 24 h, about four days in all.
 *
 * @param scale a factor on every wait
 */
record BackOff(BigDecimal scale) {
    private static final List<Duration> WAITS = Stream.of(
                    "PT0S", "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
            .map(Duration::parse)
            .toList();

    /** After more attempts an event is not woken: those that are left last more than two days whatever happens. */
    static final int WAKEABLE = 6;

    /** How long to wait after this many attempts, or empty when there have been enough. */
    Optional<Duration> after(int attempts) {
        if (attempts >= WAITS.size()) {
            return Optional.empty();
        }
        BigDecimal millis = BigDecimal.valueOf(WAITS.get(attempts).toMillis());
        return Optional.of(Duration.ofMillis(scale.multiply(millis).longValue()));
    }
}
