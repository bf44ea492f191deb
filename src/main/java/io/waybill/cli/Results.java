package io.waybill.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Where results go. What cannot be written is left out, and remembered: the command goes on, for what it began is to be ended. */
final class Results extends OutputStream {
    private static final String ENOUGH = "Broken pipe";

    /** Of what kind the mode of a file says it is. */
    private static final int KIND = 0xf000;

    private static final Set<Integer> PIPES = Set.of(0x1000, 0xc000);

    private final OutputStream to;
    private final BooleanSupplier isPipe;
    private Optional<IOException> failure = Optional.empty();

    private interface Step {
        void take() throws IOException;
    }

    Results(OutputStream to, BooleanSupplier isPipe) {
        this.to = new BufferedOutputStream(to);
        this.isPipe = isPipe;
    }

    /** What the machine prints to. */
    static Results printed() {
        return new Results(new FileOutputStream(FileDescriptor.out), Results::isPipe);
    }

    /** Why some of it was not written; empty also where whoever reads it had enough of it. */
    Optional<IOException> failure() {
        flush();
        return failure.filter(why -> !String.valueOf(why.getMessage()).startsWith(ENOUGH) && !isPipe.getAsBoolean());
    }

    /** The machine says in its own language why; a pipe or a socket refuses only where nobody reads it any more. */
    private static boolean isPipe() {
        try {
            int mode = (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
            return PIPES.contains(mode & KIND);
        } catch (IOException | RuntimeException elsewhere) {
            return false;
        }
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
