package io.waybill.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What happens at an armed point. */
enum Happening {
    /** The process ends: no shutdown hook, no finally, no flush. */
    HALT(1) {
        @Override
        void happen() {
            Runtime.getRuntime().halt(EXIT);
        }
    },
    /** The process stands still until somebody sends SIGCONT. */
    STOP(1) {
        @Override
        void happen() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-STOP",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    },
    /** The disk has no room, for a while. */
    FULL(3) {
        @Override
        void happen() {
            throw new UncheckedIOException(new IOException("No space left on device (on purpose)"));
        }
    },
    /** What was just done stands, but its answer does not arrive. */
    LOSE(1) {
        @Override
        void happen() {
            throw new UncheckedIOException(new IOException("the connection was lost (on purpose)"));
        }
    };

    /** The exit status of a process that halted on purpose. */
    static final int EXIT = 86;

    private final int times;

    Happening(int times) {
        this.times = times;
    }

    int times() {
        return times;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract void happen();
}
