package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person of rows or files of a source that stay as they should not: at once where no other try helps, else when that goes on;
 * and that it is over. For the one thread that looks.
 */
final class LastingTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(LastingTrouble.class);

    private final String source;
    private final Positions positions;
    private final Duration patience;
    private final LongSupplier clock;
    private boolean fails;
    private long failing;
    private boolean settled;
    private @Nullable Problem told;

    /**
     * @param patience how long it may go on before a person is told
     * @param clock nanoseconds, as {@link System#nanoTime} counts them
     */
    LastingTrouble(String source, Positions positions, Duration patience, LongSupplier clock) {
        this.source = source;
        this.positions = positions;
        this.patience = patience;
        this.clock = clock;
    }

    /** A look is over, and nothing stays. */
    void over() {
        fails = false;
        told = null;
        if (!settled) {
            positions.marked(source);
            settled = true;
        }
    }

    /**
     * A look is over, and something stays.
     *
     * @param now nothing gets better before somebody acts
     */
    void found(Problem why, boolean now) {
        if (!fails) {
            fails = true;
            failing = clock.getAsLong();
        }
        boolean isTime = now || clock.getAsLong() - failing > patience.toNanos();
        if (isTime && !why.equals(told)) {
            LOG.warn("source {}: {}", source, why);
            positions.unmarked(source, why);
            told = why;
            settled = false;
        }
    }
}
