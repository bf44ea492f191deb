package io.waybill.text;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What is said alike of the same thing again and again is news once an hour. Beyond a thousand things it remembers no more, and all said of those is news. */
public final class OnceAnHour {
    private static final long AGAIN = Duration.ofHours(1).toNanos();
    private static final int MOST_TOLD = 1_000;

    private final LongSupplier clock;
    private final Map<String, Told> told = new HashMap<>();

    private record Told(String words, long at) {}

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    public OnceAnHour(LongSupplier clock) {
        this.clock = clock;
    }

    /** A line that is about nothing but itself. */
    public boolean isNews(String line) {
        return isNews(line, line);
    }

    /** Other words of the same thing are news at once. */
    public synchronized boolean isNews(String of, String words) {
        long now = clock.getAsLong();
        if (told.size() >= MOST_TOLD) {
            told.values().removeIf(before -> now - before.at >= AGAIN);
        }
        Told before = told.get(of);
        boolean isNews = before == null || !before.words.equals(words) || now - before.at >= AGAIN;
        if (isNews && (before != null || told.size() < MOST_TOLD)) {
            told.put(of, new Told(words, now));
        }
        return isNews;
    }

    /** Whatever is said of it next is news. */
    public synchronized void over(String of) {
        told.remove(of);
    }
}
