package io.waybill.edge;

import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether a sink's bundle is due, from the start of its context to its end; after a failure later each time, a minute at most. */
final class BundleClock extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(BundleClock.class);
    private static final int STOP_SECONDS = 30;
    private static final long LONGEST_SECONDS = 60;

    private final String sink;
    private final Work work;
    private final LongSupplier nanos;
    private int failures;
    private long notBefore;
    private @Nullable ScheduledExecutorService thread;

    /** What there is to do. */
    interface Work {
        void run() throws IOException;
    }

    BundleClock(String sink, Work work) {
        this(sink, work, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} counts them */
    BundleClock(String sink, Work work, LongSupplier nanos) {
        this.sink = sink;
        this.work = work;
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    @Override
    protected void doStart() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bundle-" + sink));
        thread = started;
        var unused = started.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Not by an interrupt, which inside the embedded database closes its file. */
    @Override
    protected void doStop() throws InterruptedException {
        if (thread != null) {
            thread.shutdown();
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    void look() {
        if (nanos.getAsLong() - notBefore < 0) {
            return;
        }
        try {
            work.run();
            failures = 0;
        } catch (ProblemException e) {
            LOG.warn("sink {}: {}; tried again in {} s", sink, e.getMessage(), later());
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.warn("sink {}: the file of a bundle is tried again in {} s: {}", sink, later(), e.toString());
        }
    }

    /** Twice as late as before. */
    private long later() {
        failures++;
        long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(failures, 6));
        notBefore = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
        return seconds;
    }
}
