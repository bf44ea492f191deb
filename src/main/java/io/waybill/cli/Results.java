package io.waybill.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Where results go. What cannot be written is left out, and remembered: the command goes on, for what it began is to be ended. */
final class Results extends OutputStream {
    private static final String ENOUGH = "Broken pipe";

    private final OutputStream to;
    private Optional<IOException> failure = Optional.empty();

    private interface Step {
        void take() throws IOException;
    }

    Results(OutputStream to) {
        this.to = new BufferedOutputStream(to);
    }

    /** Why some of it was not written; empty also where whoever reads it had enough of it. */
    Optional<IOException> failure() {
        flush();
        return failure.filter(why -> !String.valueOf(why.getMessage()).startsWith(ENOUGH));
    }

    @Override
    public void write(int one) {
        take(() -> to.write(one));
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        take(() -> to.write(bytes, from, length));
    }

    @Override
    public void flush() {
        take(to::flush);
    }

    private void take(Step step) {
        if (failure.isEmpty()) {
            try {
                step.take();
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
    }
}
