package io.waybill.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files lie still: two looks, a while apart by our own clock, saw the same size and time. The clocks of shares and servers differ from
 * ours, and a file may grow while its time of change stands. Safe for many threads.
 */
final class Stillness {
    private static final int MANY = 20_000;
    private static final long UNSEEN = Duration.ofHours(1).toNanos();
    private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

    private final Map<String, Seen> seen = new HashMap<>();
    private long forgot = System.nanoTime();

    /**
     * @param since {@link System#nanoTime} of the look that first found it so
     * @param last of the newest
     */
    private record Seen(long size, long modified, long since, long last) {
        boolean isLike(long otherSize, long otherModified) {
            return size == otherSize && modified == otherModified;
        }
    }

    /**
     * A look at a file.
     *
     * @param at when, as {@link System#nanoTime} counts
     * @return how many nanoseconds are left until it has lain still for this long; of one that has, none
     */
    synchronized long left(String name, long size, long modified, long at, Duration still) {
        Seen before = seen.get(name);
        long since = before != null && before.isLike(size, modified) ? before.since() : at;
        if (before == null) {
            forgetOthers(at);
        }
        seen.put(name, new Seen(size, modified, since, at));
        return Math.max(0, still.toNanos() - (at - since));
    }

    /** A file was read; whether it was one of this size and time. */
    synchronized boolean forget(String name, long size, long modified) {
        Seen read = seen.remove(name);
        return read != null && read.isLike(size, modified);
    }

    /** Files that are there no more. */
    private void forgetOthers(long now) {
        if (seen.size() >= MANY && now - forgot > BETWEEN) {
            seen.values().removeIf(file -> now - file.last() > UNSEEN);
            forgot = now;
        }
    }
}
