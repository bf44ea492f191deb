package io.waybill.edge;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Up to which number of a growing table everything was taken in. Numbers are drawn when a row is written and seen when it is
 * committed, so that a lower one may come later: the position stays before a gap until the row behind it has been seen for so long
 * that nobody can still be writing. What was taken beyond a gap is remembered here, and known by its key after a restart.
 */
final class Numbered {
    private final Duration settle;
    private final TreeMap<Long, Long> beyond = new TreeMap<>();
    private long upTo;

    /** @param settle the longest that a transaction of the other system stays open */
    Numbered(long upTo, Duration settle) {
        this.upTo = upTo;
        this.settle = settle;
    }

    long upTo() {
        return upTo;
    }

    boolean isTaken(long number) {
        return number <= upTo || beyond.containsKey(number);
    }

    /** @param now no sooner than the read that found it */
    void taken(long number, long now) {
        beyond.put(number, now);
    }

    /**
     * Closes each gap that was read again and stayed empty after nobody could be writing into it any more.
     *
     * @param readSince no later than the first read behind the position that saw all that is taken; not now, for a row may have
     *     been committed since
     * @return whether the position moved
     */
    boolean advance(long readSince) {
        long before = upTo;
        while (!beyond.isEmpty()) {
            Map.Entry<Long, Long> next = beyond.firstEntry();
            if (next.getKey() > upTo + 1 && readSince - next.getValue() < settle.toNanos()) {
                break;
            }
            upTo = next.getKey();
            beyond.pollFirstEntry();
        }
        return upTo > before;
    }
}
