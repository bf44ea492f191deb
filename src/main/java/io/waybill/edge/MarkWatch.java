package io.waybill.edge;

import io.waybill.edge.Marks.Unmarked;
import io.waybill.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person of rows that were taken in and cannot be marked: at once where no other try helps, else when it goes on. They are
 * offered again and known meanwhile. For the one thread that looks.
 */
final class MarkWatch {
    private final String route;
    private final String source;
    private final Marks marks;
    private final Positions positions;
    private final Duration patience;
    private long failing;
    private boolean fails;
    private boolean settled;
    private @Nullable Problem told;

    /** @param patience how long a mark may fail before a person is told */
    MarkWatch(String route, String source, Marks marks, Positions positions, Duration patience) {
        this.route = route;
        this.source = source;
        this.marks = marks;
        this.positions = positions;
        this.patience = patience;
    }

    /** A look is over: every row it found was handed on. */
    void looked() {
        Unmarked unmarked = marks.of(route);
        if (unmarked == null) {
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
            failing = System.nanoTime();
        }
        Problem problem = unmarked.problem();
        boolean isTime = unmarked.forPeople() || System.nanoTime() - failing > patience.toNanos();
        if (isTime && !problem.equals(told)) {
            positions.unmarked(source, problem);
            told = problem;
            settled = false;
        }
    }
}
