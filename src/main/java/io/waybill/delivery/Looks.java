package io.waybill.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * When the workers of a sink look for due events: when something may have become due, and else at each poll. After a look
 * that did not fill a batch the next is a moment later, so that it finds more than one.
 */
final class Looks {
    private static final Duration BREATH = Duration.ofMillis(25);

    private final Duration poll;
    private final Semaphore stirred = new Semaphore(0);
    private volatile boolean isAsked = true;

    private volatile boolean breather;
    private volatile long looked = System.nanoTime();

    /** Only touched by the worker whose turn it is. */
    private long lookedForAbandoned;

    Looks(Duration poll) {
        this.poll = poll;
        this.lookedForAbandoned = looked - poll.toNanos();
    }

    /** Something may be due. */
    void ask() {
        if (!isAsked) {
            isAsked = true;
            stir();
        }
    }

    /** Whoever rests is to see what there is. */
    void stir() {
        stirred.release();
    }

    boolean isDue() {
        return untilDue() <= 0;
    }

    void begin() {
        isAsked = false;
        looked = System.nanoTime();
    }

    /** Whether this look is also for what was claimed and not finished: one in a poll is. */
    boolean isForAbandoned() {
        boolean isDue = looked - lookedForAbandoned >= poll.toNanos();
        if (isDue) {
            lookedForAbandoned = looked;
        }
        return isDue;
    }

    /** What a look found; after something there may be more. */
    void found(int events, int batch) {
        breather = events < batch;
        if (events > 0) {
            isAsked = true;
        }
    }

    /** Until a look is due or somebody stirs. */
    void rest() throws InterruptedException {
        if (stirred.tryAcquire(untilDue(), TimeUnit.NANOSECONDS)) {
            stirred.drainPermits();
        }
    }

    private long untilDue() {
        Duration wait = !isAsked ? poll : breather ? BREATH : Duration.ZERO;
        return looked + wait.toNanos() - System.nanoTime();
    }
}
