package io.waybill.edge;

import io.waybill.edge.Marks.Unmarked;
import java.io.IOException;
import java.time.Duration;

/**
 * Rows that were taken in and cannot be marked, and files that stay in their folder, of which a person is told. They are offered again and
 * known meanwhile. For the one thread that looks.
 */
final class MarkWatch {
    private final String route;
    private final String source;
    private final Marks marks;
    private final LastingTrouble trouble;

    /** @param patience how long a mark may fail before a person is told */
    MarkWatch(String route, String source, Marks marks, Positions positions, Duration patience) {
        this.route = route;
        this.source = source;
        this.marks = marks;
        this.trouble = new LastingTrouble(source, positions, patience, System::nanoTime);
    }

    void unread(String name, IOException why) {
        marks.unread(route, source, name, why);
    }

    /** A look is over: every row it found was handed on. */
    void looked() {
        Unmarked unmarked = marks.of(route);
        if (unmarked == null) {
            trouble.over();
        } else {
            trouble.found(unmarked.problem(), unmarked.forPeople());
        }
    }
}
