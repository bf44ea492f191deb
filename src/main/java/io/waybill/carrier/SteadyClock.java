package io.waybill.carrier;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Begins at a moment and goes on as nanoseconds pass, whatever is done to the clock on the wall. */
final class SteadyClock extends Clock {
    private final Instant began;
    private final LongSupplier nanos;
    private final long nanosThen;

    SteadyClock(Instant began, LongSupplier nanos) {
        this.began = began;
        this.nanos = nanos;
        this.nanosThen = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanos.getAsLong() - nanosThen);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Of moments alone: a zone changes nothing. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
