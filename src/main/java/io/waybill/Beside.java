package io.waybill;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that begins at once, beside the caller's; whoever needs its result waits for it. */
final class Beside<T> {
    private final FutureTask<T> work;

    private Beside(Callable<T> work) {
        this.work = new FutureTask<>(work);
    }

    static <T> Beside<T> begin(String name, Callable<T> work) {
        Beside<T> beside = new Beside<>(work);
        Thread thread = new Thread(beside.work, name);
        thread.setDaemon(true);
        thread.start();
        return beside;
    }

    /** The result; what the work threw is thrown here, as it was where it can be. */
    T get() {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for its start");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
