package io.waybill;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What all classes of tests of one process share; it ends with the process. A class that comes a second time, because one of its tests is run
 * again, begins with another, in which nothing of its first time is left.
 */
public final class Shared<T extends AutoCloseable> {
    private final Callable<T> another;
    private final Set<Class<?>> had = new HashSet<>();
    private @Nullable T running;

    public Shared(Callable<T> another) {
        this.another = another;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** As it runs, whatever was done with it. */
    public synchronized T get() throws Exception {
        T now = running == null ? another.call() : running;
        running = now;
        return now;
    }

    /** The same for every class, the first time it comes. */
    public synchronized T of(Class<?> test) throws Exception {
        if (!had.add(test)) {
            close();
            had.clear();
            had.add(test);
        }
        return get();
    }

    private synchronized void close() {
        T last = running;
        running = null;
        if (last != null) {
            try {
                last.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
