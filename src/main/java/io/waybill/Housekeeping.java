package io.waybill;

import io.waybill.ledger.Backups;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OldEvents;
import io.waybill.ledger.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done by the clock and hurries nobody: backups of the embedded database, and forgetting what was kept long enough. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration RETENTION_EVERY = Duration.ofHours(1);
    private static final Duration TURN = Duration.ofMinutes(10);

    private final Backups backups;
    private final Erasure erasure;
    private final OldEvents events;
    private final Retention retention;
    private final OldFiles files;
    private final boolean embedded;
    private final Predicate<String> duties;
    private final Duration turn;
    /** Two threads: a backup does not wait until all is forgotten that was kept long enough, which may be much the first time. */
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "housekeeping"));

    /**
     * @param files the folder of archived files, which are originals too; each node has its own
     * @param duties whether what one node does at a time is this node's to do now
     */
    Housekeeping(Ledger ledger, Backups backups, Retention retention, Path files, Predicate<String> duties) {
        this(ledger, backups, retention, files, duties, TURN);
    }

    /** @param turn how long one round forgets of one kind, but for the step it is at: the others wait no longer for it, and the next round goes on */
    Housekeeping(
            Ledger ledger, Backups backups, Retention retention, Path files, Predicate<String> duties, Duration turn) {
        this.duties = duties;
        this.turn = turn;
        this.backups = backups;
        this.erasure = new Erasure(ledger);
        this.events = new OldEvents(ledger);
        this.retention = retention;
        this.files = new OldFiles(files);
        this.embedded = ledger.database().isEmbedded();
    }

    void start() {
        long every = backups.settings().every().toMillis();
        if (embedded && every > 0) {
            var unused = clock.scheduleWithFixedDelay(
                    () -> quietly(backups::makeOrTell), every, every, TimeUnit.MILLISECONDS);
        }
        var unused = clock.scheduleWithFixedDelay(
                () -> quietly(this::forget), 60, RETENTION_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** Round after round, until one comes to the end of every kind; {@link #start} does so every hour. */
    void forget() {
        boolean more = true;
        while (more) {
            more = round();
        }
    }

    /** @return whether the time of any kind was up before all of it was forgotten */
    boolean round() {
        AtomicBoolean more = new AtomicBoolean();
        Erasure.Gone gone = erasure.retain(retention, () -> turn(more));
        int told = retention.events().map(age -> events.remove(age, turn(more))).orElse(0);
        int archived = retention.documents().map(this::forgetFiles).orElse(0);
        if (!gone.isNothing() || told + archived > 0) {
            LOG.info(
                    "Kept long enough and erased: {} orders, {} labels, {} originals, {} sent events, {} archived files",
                    gone.orders(),
                    gone.labels(),
                    gone.originals(),
                    told,
                    archived);
        }
        return more.get();
    }

    /**
     * One step, and others until its time is up, this hub closes, or another node has the duty.
     *
     * @param more is told when its time is up
     */
    private BooleanSupplier turn(AtomicBoolean more) {
        long begun = System.nanoTime();
        AtomicBoolean first = new AtomicBoolean(true);
        return () -> {
            if (clock.isShutdown() || !duties.test("retention")) {
                return false;
            }
            boolean goesOn = first.getAndSet(false) || System.nanoTime() - begun < turn.toNanos();
            if (!goesOn) {
                more.set(true);
            }
            return goesOn;
        };
    }

    private int forgetFiles(Duration age) {
        return files.forget(Instant.now().minus(age));
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.warn("housekeeping could not be done and is tried again: {}", e.toString());
        }
    }

    /** Lets the work in hand finish. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("housekeeping is still at work; it is done again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
