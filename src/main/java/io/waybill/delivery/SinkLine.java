package io.waybill.delivery;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Tx;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one sink. One of them at a time looks for due events; when it finds some it lets the next one look and
 * delivers them. However long this sink hangs, no other sink's workers wait for it.
 */
final class SinkLine {
    private static final Logger LOG = LoggerFactory.getLogger(SinkLine.class);
    private static final int BATCH = 20;
    private static final Duration BREATH = Duration.ofMillis(25);
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** No delivery begins later than this after its claim; the rest of the lease is for its answer. */
    private static final Duration LAST_START = Duration.ofMinutes(1);

    private final SinkSettings settings;
    private final Sink sink;
    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Duration poll;
    private final List<Thread> workers;
    private final ReentrantLock turn = new ReentrantLock();
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopping;

    /** The last look found less than a batch. This and the next two: only touched by the worker whose turn it is. */
    private boolean breather;

    private long looked = System.nanoTime();
    private long lookedForAbandoned;

    /** @param claimedAt {@link System#nanoTime} before the claim, so that its lease ends no earlier than counted from here */
    private record Batch(List<Claim> claims, long claimedAt) {
        static final Batch EMPTY = new Batch(List.of(), 0);
    }

    SinkLine(SinkSettings settings, Sink sink, Ledger ledger, Outcomes outcomes, Duration poll) {
        this.settings = settings;
        this.sink = sink;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.poll = poll;
        this.lookedForAbandoned = System.nanoTime() - poll.toNanos();
        this.workers = IntStream.rangeClosed(1, settings.workers())
                .mapToObj(this::worker)
                .toList();
    }

    SinkSettings settings() {
        return settings;
    }

    Sink sink() {
        return sink;
    }

    void start() {
        workers.forEach(Thread::start);
    }

    void wake() {
        wake.release();
    }

    /** Something is due. False when that cannot be known. */
    boolean isOwed() {
        try {
            return ledger.read(tx -> tx.outbox().anyDue(settings.name()));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** No new delivery begins after this. */
    void stopClaiming() {
        stopping = true;
        wake.release();
    }

    /**
     * Waits for the deliveries that had begun. One that is not done by the deadline is left alone, to be sent again by the
     * next run; it is not interrupted, because an interrupt inside the embedded database closes its file.
     */
    void drain(long deadlineNanos) throws InterruptedException {
        for (Thread worker : workers) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            worker.join(Math.max(1, left));
        }
    }

    private Thread worker(int number) {
        Thread thread = new Thread(this::work, "sink-" + settings.name() + "-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private void work() {
        while (!stopping) {
            Batch batch = next();
            Receipts receipts = new Receipts(settings.name(), outcomes);
            batch.claims().forEach(claim -> handle(claim, batch.claimedAt(), receipts));
            receipts.record();
            wake.release();
        }
    }

    private Batch next() {
        turn.lock();
        try {
            breathe();
            Batch due = look();
            while (due.claims().isEmpty() && !stopping) {
                rest();
                breathe();
                due = look();
            }
            breather = due.claims().size() < BATCH;
            return due;
        } finally {
            turn.unlock();
        }
    }

    /** Nothing when it is time to stop: what is claimed now would only be given back. */
    private Batch look() {
        long before = System.nanoTime();
        try {
            return stopping ? Batch.EMPTY : new Batch(ledger.commitSoon(this::claim), before);
        } catch (RuntimeException e) {
            LOG.warn("sink {}: the outbox cannot be read: {}", settings.name(), Outcomes.words(e));
            return Batch.EMPTY;
        }
    }

    /** What is claimed need not be on disk: forgotten, it is due again, and its owner is gone. */
    private List<Claim> claim(Tx tx) {
        String owner = outcomes.owner();
        if (System.nanoTime() - lookedForAbandoned < poll.toNanos()) {
            return tx.outbox().claimWaiting(settings.name(), owner, LEASE, BATCH);
        }
        lookedForAbandoned = System.nanoTime();
        return tx.outbox().claim(settings.name(), owner, LEASE, BATCH);
    }

    /** After a look that did not fill a batch, a moment before the next, so that it finds more than one. */
    private void breathe() {
        long early = looked + BREATH.toNanos() - System.nanoTime();
        if (breather && early > 0 && !stopping) {
            LockSupport.parkNanos(early);
        }
        looked = System.nanoTime();
    }

    private void rest() {
        try {
            if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /** A claim whose outcome cannot be recorded is left to its lease, and sent again. */
    private void handle(Claim claim, long claimedAt, Receipts receipts) {
        try {
            if (stopping || System.nanoTime() - claimedAt > LAST_START.toNanos()) {
                outcomes.release(claim);
            } else {
                attempt(claim, receipts);
            }
        } catch (RuntimeException e) {
            LOG.warn("sink {}: the outcome of {} cannot be recorded: {}", claim.sink(), claim.id(), Outcomes.words(e));
        }
    }

    private void attempt(Claim claim, Receipts receipts) {
        long start = System.nanoTime();
        try (Step step = Traces.call("deliver", claim.entityId())) {
            step.with("sink", claim.sink()).with("event", claim.id()).with("type", claim.type());
            try {
                sink.deliver(new Event(claim.id(), claim.type(), claim.namespace(), claim.subject(), claim.payload()));
            } catch (Exception | StackOverflowError e) {
                step.failed();
                calm();
                outcomes.failed(claim, settings.backOff(), e);
                return;
            }
        }
        calm();
        Failpoint.RECEIVER_TOOK.here();
        receipts.taken(claim, System.nanoTime() - start);
    }

    /** A sink must not leave its interrupt behind: the embedded database would close its file on it. */
    private void calm() {
        if (Thread.interrupted()) {
            LOG.warn("sink {}: was interrupted while delivering", settings.name());
        }
    }
}
