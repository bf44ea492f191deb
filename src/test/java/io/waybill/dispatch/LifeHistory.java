package io.waybill.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What happened in a walk, line by line, for a person who looks for what went wrong. */
final class LifeHistory {
    private final List<String> lines = new ArrayList<>();
    private long now;
    private int depth;

    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    void tell(String line) {
        lines.add("%9.3f s %s%s".formatted(now / 1000.0, "  ".repeat(depth), line));
    }

    void pass(long millis) {
        now += millis;
    }

    /** How many things are being waited for. */
    int depth() {
        return depth;
    }

    /** Told further to the right, for it happens while something else is waited for. */
    void meanwhile(Runnable happens) {
        depth++;
        try {
            tell("meanwhile:");
            happens.run();
        } finally {
            depth--;
        }
    }
}
