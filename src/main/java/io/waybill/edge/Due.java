package io.waybill.edge;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** When a source is to be asked: every so often, and within a second when its system says that something changed. For one thread. */
final class Due {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Duration every;
    private final BooleanSupplier wanted;
    private Duration left = Duration.ZERO;

    /** @param wanted whether somebody wants it asked at once; asked once, it is so no more */
    Due(Duration every, BooleanSupplier wanted) {
        this.every = every;
        this.wanted = wanted;
    }

    /** How often {@link #isNow} wants to be called. */
    Duration tick() {
        return every.compareTo(SOON) < 0 ? every : SOON;
    }

    /** The next call of {@link #isNow} says yes. */
    void again() {
        left = Duration.ZERO;
    }

    boolean isNow() {
        left = left.minus(tick());
        if (!wanted.getAsBoolean() && left.compareTo(Duration.ZERO) > 0) {
            return false;
        }
        left = every;
        return true;
    }
}
