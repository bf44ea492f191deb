package io.waybill.batch;

import io.waybill.ledger.LedgerFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that bring what is open in the ledger to its end; two at a time, so that a long one does not hold up a short
 * one. What fails is tried again after a while.
 */
final class OpenWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenWork.class);
    private static final int TOGETHER = 2;
    private static final long LOOK_EVERY_SECONDS = 5;
    private static final long REST_SECONDS = 1;
    private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(5);

    private final String what;
    private final Supplier<List<String>> open;
    private final Consumer<String> step;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> failedAt = new ConcurrentHashMap<>();
    private final Set<String> resting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor threads;
    private volatile boolean started;
    private volatile boolean stopping;

    /**
     * @param what a word for the log
     * @param open the ids of what is open, oldest first
     * @param step works on one of them to its end, or until {@link #isStopping}
     */
    OpenWork(String what, Supplier<List<String>> open, Consumer<String> step) {
        this.what = what;
        this.open = open;
        this.step = step;
        this.threads = new ScheduledThreadPoolExecutor(TOGETHER + 1, task -> new Thread(task, what));
        this.threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    synchronized void start() {
        if (!started) {
            started = true;
            var unused = threads.scheduleWithFixedDelay(this::begin, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    void wake() {
        if (started && !stopping) {
            threads.execute(this::begin);
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** For what is open still, and no nearer to its end for now: it is looked at again after a while. */
    void pause(String id) {
        resting.add(id);
        var unused = threads.schedule(() -> rested(id), REST_SECONDS, TimeUnit.SECONDS);
    }

    private void rested(String id) {
        resting.remove(id);
        begin();
    }

    private void begin() {
        try {
            for (String id : open.get()) {
                if (!stopping && inWork.size() < TOGETHER && !isPaused(id) && inWork.add(id)) {
                    threads.execute(() -> goOn(id));
                }
            }
        } catch (Throwable e) { // what is thrown on ends the look-outs
            LOG.atLevel(LedgerFailure.telling(e))
                    .log("open work ({}) could not be looked for and is looked for again: {}", what, e.toString());
        }
    }

    private boolean isPaused(String id) {
        Long failed = failedAt.get(id);
        return resting.contains(id) || (failed != null && System.nanoTime() - failed < AGAIN_AFTER);
    }

    private void goOn(String id) {
        boolean more = false;
        try {
            failedAt.remove(id);
            step.accept(id);
            more = !stopping;
        } catch (RuntimeException | Error e) {
            failedAt.put(id, System.nanoTime());
            if (!stopping) {
                LOG.warn("{} {} stands still and is tried again: {}", what, id, e.toString());
            }
        } finally {
            inWork.remove(id);
        }
        if (more) {
            wake();
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a {} is still at work; it goes on after the next start", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
