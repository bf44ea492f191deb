package io.waybill.carrier;

import io.waybill.settings.Section;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many of an account's purchases may be retries: a share of the first tries of the last while, and always a few. A
 * carrier that turns purchases away is not answered with more of them.
 */
public final class RetryBudget {
    private static final int SLOTS = 10;

    private final Limits limits;
    private final LongSupplier nanos;
    private final long[] first = new long[SLOTS];
    private final long[] again = new long[SLOTS];
    private long slot;

    /**
     * {@code account.<name>.retries.*}.
     *
     * @param share percent of the first tries within the window
     * @param least retries within the window that are always allowed
     * @param window how far is looked back
     */
    public record Limits(int share, int least, Duration window) {
        public static final Limits DEFAULT = new Limits(10, 10, Duration.ofMinutes(1));

        static Limits read(Section section) {
            return new Limits(
                    section.number("share", DEFAULT.share(), 0, 100),
                    section.number("least", DEFAULT.least(), 1, 1_000_000),
                    section.duration("window", DEFAULT.window(), Duration.ofMillis(SLOTS)));
        }
    }

    RetryBudget(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.slot = now();
    }

    /** Counts a purchase that is tried for the first time. */
    public synchronized void firstTry() {
        forget();
        first[at(slot)]++;
    }

    /** Counts a retry, or says that it has to wait. */
    public synchronized boolean retry() {
        forget();
        if (sum(again) >= Math.max(limits.least(), sum(first) * limits.share() / 100)) {
            return false;
        }
        again[at(slot)]++;
        return true;
    }

    /** How long a retry that has to wait should wait at least. */
    public Duration pause() {
        return limits.window().dividedBy(SLOTS);
    }

    private void forget() {
        long now = now();
        for (long old = Math.max(slot + 1, now - SLOTS + 1); old <= now; old++) {
            first[at(old)] = 0;
            again[at(old)] = 0;
        }
        slot = now;
    }

    private long now() {
        return Math.floorDiv(nanos.getAsLong(), limits.window().toNanos() / SLOTS);
    }

    private static int at(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
