package io.waybill.edge;

import io.waybill.problem.Problem;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Files of a source that stay on their server though they should not, of which a person is told. For the one thread that looks. */
final class LeftFiles {
    private final LastingTrouble trouble;
    private @Nullable Problem first;
    private boolean forPeople;

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    LeftFiles(String source, Positions positions, LongSupplier clock) {
        trouble = new LastingTrouble(source, positions, Patience.USUAL, clock);
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
        if (first == null) {
            trouble.over();
        } else {
            trouble.found(first, forPeople);
        }
        first = null;
        forPeople = false;
    }
}
