package io.waybill.edge;

import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether a sink's bundle is due, from the start of its context to its end. */
final class BundleClock extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(BundleClock.class);
    private static final int STOP_SECONDS = 30;

    private final String sink;
    private final Work work;
    private @Nullable ScheduledExecutorService thread;

    /** What there is to do. */
    interface Work {
        void run() throws IOException;
    }

    BundleClock(String sink, Work work) {
        this.sink = sink;
        this.work = work;
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

    private void look() {
        try {
            work.run();
        } catch (ProblemException e) {
            LOG.warn("sink {}: {}", sink, e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.warn("sink {}: the file of a bundle is tried again: {}", sink, e.toString());
        }
    }
}
