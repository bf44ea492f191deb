package io.waybill.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files lie still: two looks, a while apart by our own clock, saw the same size and time. The clocks of shares and servers differ from
 * ours, and a file may grow while its time of change stands. One without content, which its writer may hold open until it has all of it, has
 * to lie longer and is said to lie still once, until it changes. Safe for many threads.
 */
final class Stillness {
    private static final int MANY = 20_000;
    private static final long UNSEEN = Duration.ofHours(1).toNanos();
    private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

    private final Duration empty;
    private final Map<String, Seen> seen = new HashMap<>();
    private long forgot = System.nanoTime();

    Stillness() {
        this(Patience.USUAL);
    }

    /** @param empty how long one without content has to lie, at least */
    Stillness(Duration empty) {
        this.empty = empty;
    }

    /**
     * @param since {@link System#nanoTime} of the look that first found it so
     * @param last of the newest
     * @param isRead it was, and stays there without content
     */
    private record Seen(long size, long modified, long since, long last, boolean isRead) {
        boolean isLike(long otherSize, long otherModified) {
            return size == otherSize && modified == otherModified;
        }
    }

    /**
     * A look at a file.
     *
     * @param at when, as {@link System#nanoTime} counts
     * @return how many nanoseconds are left until it has lain still for this long; of one that has, none, and of an empty one that was read
     *     already, more than will ever pass
     */
    synchronized long left(String name, long size, long modified, long at, Duration still) {
        Seen before = seen.get(name);
        Seen same = before != null && before.isLike(size, modified) ? before : null;
        long since = same == null ? at : same.since();
        boolean isRead = same != null && same.isRead();
        if (before == null) {
            forgetOthers(at);
        }
        seen.put(name, new Seen(size, modified, since, at, isRead));
        long wait = size == 0 ? Math.max(still.toNanos(), empty.toNanos()) : still.toNanos();
        return isRead ? Long.MAX_VALUE : Math.max(0, wait - (at - since));
    }

    /** A file was read, and leaves unless it is empty; whether it was one of this size and time. */
    synchronized boolean read(String name, long size, long modified) {
        Seen read = seen.remove(name);
        if (read == null || !read.isLike(size, modified)) {
            return false;
        }
        if (size == 0) {
            seen.put(name, new Seen(size, modified, read.since(), read.last(), true));
        }
        return true;
    }

    /** Files that are there no more. */
    private void forgetOthers(long now) {
        if (seen.size() >= MANY && now - forgot > BETWEEN) {
            seen.values().removeIf(file -> now - file.last() > UNSEEN);
            forgot = now;
        }
    }
}
