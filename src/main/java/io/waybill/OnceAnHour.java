package io.waybill;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What comes alike again and again is news once an hour. Of more than a thousand different things each is. */
final class OnceAnHour {
    private static final long AGAIN = Duration.ofHours(1).toNanos();
    private static final int MOST_TOLD = 1_000;

    private final LongSupplier clock;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    OnceAnHour(LongSupplier clock) {
        this.clock = clock;
    }

    boolean isNews(String line) {
        long now = clock.getAsLong();
        if (told.size() >= MOST_TOLD) {
            told.values().removeIf(at -> now - at >= AGAIN);
        }
        Long before = told.get(line);
        boolean isNews = before == null || now - before >= AGAIN;
        if (isNews && told.size() < MOST_TOLD) {
            told.put(line, now);
        }
        return isNews;
    }
}
