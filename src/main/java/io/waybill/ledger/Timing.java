package io.waybill.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How many there were, and how long they took together. */
public final class Timing {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void took(long nanoseconds) {
        count.increment();
        nanos.add(nanoseconds);
    }

    public long count() {
        return count.sum();
    }

    public double seconds() {
        return nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
