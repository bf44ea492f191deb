package io.waybill.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints the story; while it waits, a counter on a terminal and dots elsewhere. */
final class Screen {
    private static final String SPINNER = "|/-\\";

    private final PrintWriter out;
    private final boolean terminal;
    private int ticks;

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void title(String text) {
        line("");
        line("== " + text);
    }

    /** A piece of a file or a message, as it is but for a byte order mark. */
    void quote(String text) {
        text.replace("\uFEFF", "").lines().forEach(line -> line("    | " + line));
    }

    /** One sign of life. */
    void tick(String what, Duration waited) {
        if (terminal) {
            char wheel = SPINNER.charAt(ticks % SPINNER.length());
            out.print("\r  " + wheel + " " + what + " " + String.format(Locale.ROOT, "%.1f", waited.toMillis() / 1000.0)
                    + " s ");
        } else if (ticks == 0) {
            out.print("  . " + what + " ");
        } else if (ticks % 5 == 0) {
            out.print('.');
        }
        ticks++;
        out.flush();
    }

    /** Ends a wait. */
    void settled() {
        if (ticks > 0) {
            out.print(terminal ? "\r\u001b[K" : System.lineSeparator());
            out.flush();
        }
        ticks = 0;
    }
}
