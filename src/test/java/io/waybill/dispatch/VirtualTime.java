package io.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The clock of a simulation, which the database under it reads too. It moves when it is told to. */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static volatile long millis;
    private static volatile long stepped;

    private VirtualTime() {}

    static void reset() {
        millis = 0;
        stepped = 0;
    }

    /** The database's clock is set, forward or back; no time passes. */
    static void step(Duration by) {
        stepped += by.toMillis();
    }

    static void pass(Duration time) {
        millis += time.toMillis();
    }

    /** Milliseconds since the start. */
    static long millis() {
        return millis;
    }

    /** What SQL reads for {@code CURRENT_TIMESTAMP}. */
    public static OffsetDateTime now() {
        return START.plusMillis(millis + stepped).atOffset(ZoneOffset.UTC);
    }

    /** Milliseconds from now until the database's clock shows this moment. */
    static long until(Instant moment) {
        return Duration.between(START, moment).toMillis() - stepped - millis;
    }
}
