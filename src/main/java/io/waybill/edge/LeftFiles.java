package io.waybill.edge;

import io.waybill.problem.Problem;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person of files of a source that stay on their server though they should not: at once where no other try helps, else when
 * it goes on. For the one thread that looks.
 */
final class LeftFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

    private final String source;
    private final Positions positions;
    private final LongSupplier clock;
    private @Nullable Problem first;
    private boolean forPeople;
    private boolean fails;
    private long failing;
    private boolean settled;
    private @Nullable Problem told;

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    LeftFiles(String source, Positions positions, LongSupplier clock) {
        this.source = source;
        this.positions = positions;
        this.clock = clock;
    }

    /** @param now nothing gets better before somebody acts */
    void left(Problem why, boolean now) {
        if (first == null || (now && !forPeople)) {
            first = why;
        }
        forPeople |= now;
    }

    /** A look is over. */
    void looked() {
        Problem why = first;
        boolean isTime = forPeople;
        first = null;
        forPeople = false;
        if (why == null) {
            fails = false;
            told = null;
            if (!settled) {
                positions.marked(source);
                settled = true;
            }
            return;
        }
        if (!fails) {
            fails = true;
            failing = clock.getAsLong();
        }
        isTime |= clock.getAsLong() - failing > Patience.USUAL.toNanos();
        if (isTime && !why.equals(told)) {
            LOG.warn("source {}: {}", source, why);
            positions.unmarked(source, why);
            told = why;
            settled = false;
        }
    }
}
