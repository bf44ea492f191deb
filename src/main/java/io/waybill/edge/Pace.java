package io.waybill.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Not more than so many turns a second: who comes too soon waits. Safe for many threads. */
final class Pace {
    private final long pause;
    private long next = System.nanoTime();

    /** @param perSecond 0 for no limit */
    Pace(int perSecond) {
        this.pause = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void await() {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            long mine = next - now < 0 ? now : next;
            next = mine + pause;
            wait = mine - now;
        }
        while (wait > 0) {
            long begun = System.nanoTime();
            LockSupport.parkNanos(wait);
            wait -= System.nanoTime() - begun;
        }
    }
}
