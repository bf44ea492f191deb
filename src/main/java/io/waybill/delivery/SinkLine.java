package io.waybill.delivery;

import io.waybill.delivery.Tray.Handed;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Room;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one sink. One of them at a time takes up what commits have handed over and looks for what else is due;
 * when it finds some it lets the next one look and delivers them. However long this sink hangs, no other sink's workers wait
 * for it.
 */
final class SinkLine {
    private static final Logger LOG = LoggerFactory.getLogger(SinkLine.class);
    private static final int BATCH = 32;
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Workers that are all away for longer may not come back soon: what comes meanwhile is left to every node. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final SinkSettings settings;
    private final Sink sink;
    private final Ledger ledger;
    private final Outcomes outcomes;
    private final List<Thread> workers;
    private final ReentrantLock turn = new ReentrantLock();
    private final Looks looks;
    private final Claims claims;
    private final Tray tray = new Tray();

    /** Of what was handed over. They are recorded with the next look. */
    private final Receipts ofHanded;

    private volatile boolean stopping;
    private volatile long attended = System.nanoTime() - PATIENCE.toNanos();

    /** @param isHanded whether a commit handed it over, so that more of its kind may follow */
    private record Batch(List<Handed> events, boolean isHanded) {
        static final Batch EMPTY = new Batch(List.of(), false);

        boolean isEmpty() {
            return events.isEmpty();
        }
    }

    SinkLine(SinkSettings settings, Sink sink, Ledger ledger, Outcomes outcomes, Duration poll) {
        this.settings = settings;
        this.sink = sink;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.claims = new Claims(settings, sink, outcomes, poll, () -> stopping);
        this.looks = new Looks(poll);
        this.ofHanded = new Receipts(settings.name(), outcomes);
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
        looks.ask();
    }

    /** For an event that is handed over: none while the sink hangs or refuses, so that what it is owed is anybody's. */
    Optional<Room> room() {
        boolean isAttended = turn.isLocked() || System.nanoTime() - attended < PATIENCE.toNanos();
        return !stopping && !claims.isRefused() && isAttended && tray.keepRoom()
                ? Optional.of(new KeptRoom(
                        tray, outcomes.owner(), LEASE, looks::stir, tooLate -> claims.release(List.of(tooLate))))
                : Optional.empty();
    }

    /** Something is due. False when that cannot be known. */
    boolean isOwed() {
        try {
            return !tray.isEmpty()
                    || ofHanded.size() > 0
                    || ledger.read(tx -> tx.outbox().anyDue(settings.name()));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** No new delivery begins after this. */
    void stopClaiming() {
        stopping = true;
        looks.stir();
    }

    /**
     * Waits for the deliveries that had begun. One that is not done by the deadline is left alone, to be sent again by the
     * next run; it is not interrupted, because an interrupt inside the embedded database closes its file.
     */
    void drain(long deadlineNanos) throws InterruptedException {
        claims.release(tray.close());
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
            try {
                turn();
            } catch (
                    Throwable
                            e) { // what is claimed is left to its lease; a worker that ended would be missing for good
                LOG.error("sink {}: a worker failed and goes on", settings.name(), e);
                pause();
            }
        }
        ofHanded.record();
        looks.stir();
    }

    private void turn() {
        Batch batch = next();
        if (batch.isHanded()) {
            deliverHanded(batch.events().get(0));
        } else {
            claims.deliver(batch.events());
        }
        if (claims.isRefused()) {
            claims.release(tray.takeAll());
        }
        looks.ask();
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /** This one and what else is handed over, until it is time to look. */
    private void deliverHanded(Handed first) {
        Optional<Handed> next = Optional.of(first);
        while (next.isPresent()) {
            claims.deliver(next.get(), ofHanded);
            if (ofHanded.size() >= BATCH) {
                ofHanded.record();
            }
            next = looks.isDue() || claims.isRefused() ? Optional.empty() : tray.take();
        }
    }

    private Batch next() {
        attended = System.nanoTime();
        turn.lock();
        try {
            Batch next = Batch.EMPTY;
            while (next.isEmpty() && !stopping) {
                next = looks.isDue() ? look() : Batch.EMPTY;
                if (next.isEmpty()) {
                    next = tray.take()
                            .map(event -> new Batch(List.of(event), true))
                            .orElse(Batch.EMPTY);
                }
                if (next.isEmpty()) {
                    rest();
                }
            }
            return next;
        } finally {
            attended = System.nanoTime();
            turn.unlock();
        }
    }

    /** What is claimed is on disk before any of it begins, or nobody would know what a hub had when it ended. */
    private Batch look() {
        looks.begin();
        long before = System.nanoTime();
        List<Claim> taken = ofHanded.leave();
        try {
            List<Claim> due = ledger.commitSoon(tx -> claim(tx, taken));
            if (!due.isEmpty()) {
                ledger.settle();
            }
            looks.found(due.size(), BATCH);
            return new Batch(
                    due.stream().map(claim -> new Handed(claim, before)).toList(), false);
        } catch (RuntimeException e) {
            looks.found(0, BATCH);
            LOG.atLevel(LedgerFailure.telling(e))
                    .log("sink {}: the outbox cannot be read or written: {}", settings.name(), Outcomes.words(e));
            return Batch.EMPTY;
        }
    }

    private List<Claim> claim(Tx tx, List<Claim> taken) {
        String owner = outcomes.owner();
        tx.outbox().sent(taken, owner);
        return looks.isForAbandoned()
                ? tx.outbox().claim(settings.name(), owner, LEASE, BATCH)
                : tx.outbox().claimWaiting(settings.name(), owner, LEASE, BATCH);
    }

    private void rest() {
        try {
            looks.rest();
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
