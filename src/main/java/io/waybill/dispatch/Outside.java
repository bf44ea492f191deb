package io.waybill.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What a purchase takes from this process alone: time that passes, and chance. A simulation brings its own. */
interface Outside {
    Outside REAL = new Outside() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long between(long least, long most) {
            return ThreadLocalRandom.current().nextLong(least, most + 1);
        }
    };

    /** Like {@link System#nanoTime}. */
    long nanos();

    /** Any number from {@code least} to {@code most}, both included. */
    long between(long least, long most);

    /** Full jitter before the try after this one: below 1 s, 2 s, 4 s … 60 s. */
    default Duration jitter(int attempt) {
        long ceiling = Math.min(60_000, 1_000L << Math.min(attempt - 1, 6));
        return Duration.ofMillis(between(100, ceiling));
    }

    /** Whether workers may wait for one another to share a commit; where each is stepped alone they must not. */
    default boolean gathers() {
        return true;
    }
}
