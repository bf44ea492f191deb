package io.waybill.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When events that wait for a sink are to be tried sooner than they were put off: it has taken one, so it may take them
 * too. A few each time, whose success wakes more; where those that are woken fail in a row, a receiver that dislikes only
 * them is left alone for longer and longer.
 */
final class Waking {
    /** More than one, so that a backlog goes ever faster, and one that is never taken does not end it. */
    static final int EACH = 2;

    private static final long SHORTEST = Duration.ofSeconds(5).toNanos();
    private static final int DOUBLINGS = 6;

    private final LongSupplier clock;
    private boolean mayWait = true;
    private int woken;
    private int failed;
    private long pausedUntil;
    private long saidUntil;

    Waking() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    Waking(LongSupplier clock) {
        this.clock = clock;
        this.pausedUntil = clock.getAsLong();
        this.saidUntil = pausedUntil;
    }

    synchronized void refused(Throwable why) {
        mayWait = true;
        long now = clock.getAsLong();
        if (why instanceof NotBefore said) {
            saidUntil = later(saidUntil, now + said.waiting().toNanos());
        }
        if (woken > 0) {
            woken--;
            failed++;
        }
        if (failed >= EACH) {
            pausedUntil = now + (SHORTEST << Math.min(failed - EACH, DOUBLINGS));
        }
    }

    /**
     * @param atLast whether it had failed before
     * @return whether to wake some
     */
    synchronized boolean taken(boolean atLast) {
        long now = clock.getAsLong();
        if (atLast) {
            mayWait = true;
            woken = Math.max(0, woken - 1);
            failed = 0;
            pausedUntil = now;
        }
        return mayWait && now - pausedUntil >= 0 && now - saidUntil >= 0;
    }

    /** @param events how many were; none waited when it is 0 */
    synchronized void woke(int events) {
        mayWait = events > 0;
        woken = events > 0 ? woken + events : 0;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
