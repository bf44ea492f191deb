package io.waybill.dispatch;

import io.waybill.ledger.LedgerFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task again and again on its own thread: when woken, and at least every {@code pause}. Woken often, it begins a
 * turn no sooner than {@code breath} after it began the last, so that one turn does for many. A failure, of
 * whatever kind, is logged and waited out: a loop that ended would keep its duty from every other node.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final String name;
    private final Duration pause;
    private final Duration breath;
    private final Task task;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wanted;
    private boolean closed;

    interface Task {
        /** @return true when there may be more to do at once */
        boolean run();
    }

    Loop(String name, Duration pause, Task task) {
        this(name, pause, Duration.ZERO, task);
    }

    Loop(String name, Duration pause, Duration breath, Task task) {
        this.name = name;
        this.pause = pause;
        this.breath = breath;
        this.task = task;
        this.thread = new Thread(this::turn, name);
        thread.setDaemon(true);
    }

    Loop start() {
        thread.start();
        return this;
    }

    void wake() {
        lock.lock();
        try {
            wanted = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    String name() {
        return name;
    }

    /** One turn on the caller's thread, for tests that are their own clock. */
    boolean once() {
        return task.run();
    }

    private void turn() {
        int failures = 0;
        while (!isClosed()) {
            long begun = System.nanoTime();
            try {
                boolean more = task.run();
                failures = 0;
                if (!more) {
                    rest(pause.toMillis());
                    breathe(begun + breath.toNanos());
                }
            } catch (Throwable e) {
                failures++;
                waitOut(e, Math.min(LONGEST_PAUSE_MS, pause.toMillis() * failures));
            }
        }
    }

    /** One that cannot even be told, as where there is no memory for that, ends the loop as little. */
    private void waitOut(Throwable e, long millis) {
        try {
            tell(e);
            rest(millis);
        } catch (Throwable untold) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private void tell(Throwable e) {
        if (e instanceof RuntimeException) {
            LOG.atLevel(LedgerFailure.telling(e)).log("{} failed, trying again: {}", name, e.toString());
            LOG.debug("{} failed", name, e);
        } else {
            LOG.error("{} failed, trying again", name, e);
        }
    }

    /** Whoever wakes it meanwhile is seen by the turn that follows. */
    private void breathe(long until) {
        long early = until - System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
        lock.lock();
        try {
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    private void rest(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!wanted && !closed && left > 0) {
                left = woken.awaitNanos(left);
            }
            wanted = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the task finish its turn. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(35_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
