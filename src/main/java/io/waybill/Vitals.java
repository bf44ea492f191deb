package io.waybill;

import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the hub is, looked at every second: whether its database answers, and whether its disk has room.
 * Asking it costs nothing. Each change is logged once.
 */
final class Vitals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SILENT = Duration.ofSeconds(10);

    private final LoadSettings settings;
    private final Ledger ledger;
    private final LongSupplier free;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService disk = clock("vitals-disk");
    private final ScheduledExecutorService database = clock("vitals-database");
    private volatile boolean diskLow;
    private volatile boolean databaseGone;
    private volatile boolean outgrown;
    private volatile boolean fullToo;
    private volatile long freeBytes;
    private volatile long answered = System.nanoTime();

    /** @param free bytes that are free on the disk of the data folder */
    Vitals(LoadSettings settings, Ledger ledger, LongSupplier free) {
        this.settings = settings;
        this.ledger = ledger;
        this.free = free;
    }

    Vitals start() {
        answered = System.nanoTime();
        var unused = disk.scheduleWithFixedDelay(this::lookAtDisk, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        var unusedToo =
                database.scheduleWithFixedDelay(this::lookAtDatabase, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Calls when something has changed; not on the caller's thread. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    boolean isDiskLow() {
        return diskLow;
    }

    boolean isDatabaseGone() {
        return databaseGone;
    }

    /** A commit found no room on the disk under the database not long ago, whether this machine sees that disk or not. */
    boolean isDatabaseFull() {
        return ledger.isFull();
    }

    /** Orders can be taken in, and bought. */
    boolean isWell() {
        return !diskLow && !databaseGone && !outgrown;
    }

    /** The database is a newer hub's from now on: this one takes nothing more in and buys nothing, until it is the newer one too. */
    void outgrow() {
        if (!outgrown) {
            outgrown = true;
            LOG.error("{}", Problem.of(HubCode.DATABASE_OUTGROWN));
        }
    }

    boolean isOutgrown() {
        return outgrown;
    }

    long freeBytes() {
        return freeBytes;
    }

    void lookAtDisk() {
        try {
            freeBytes = free.getAsLong();
            boolean low = freeBytes < settings.minFree() + (diskLow ? settings.minFree() / 10 : 0);
            boolean silent = System.nanoTime() - answered > SILENT.toNanos();
            if (low != diskLow) {
                diskLow = low;
                LOG.warn(
                        low
                                ? "the disk is low, {} bytes free: nothing is taken in or bought until there is room"
                                : "the disk has room again, {} bytes free",
                        freeBytes);
                tell();
            }
            if (silent && !databaseGone) {
                gone(true, "no answer");
            }
            if (isDatabaseFull() != fullToo) {
                fullToo = !fullToo;
                LOG.warn(
                        fullToo
                                ? "the database has no room: nothing can be committed until there is some on its disk"
                                : "the database has room again, as far as its commits tell");
            }
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.warn("the disk could not be looked at: {}", e.toString());
        }
    }

    void lookAtDatabase() {
        try {
            ledger.read(tx -> tx.now());
            answered = System.nanoTime();
            if (databaseGone) {
                gone(false, "");
            }
        } catch (Throwable e) { // what is thrown on ends the clock
            answered = System.nanoTime();
            if (!databaseGone) {
                gone(true, e.toString());
            }
        }
    }

    private void gone(boolean gone, String why) {
        databaseGone = gone;
        if (gone) {
            LOG.warn("the database is gone: {}; nothing is taken in or bought until it is back", why);
        } else {
            LOG.warn("the database is back");
        }
        tell();
    }

    /** Calls those who watch. One that fails says nothing about the database. */
    void tell() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException e) {
                LOG.warn("what follows the hub's state failed", e);
            }
        }
    }

    private static ScheduledExecutorService clock(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void close() {
        disk.shutdown();
        database.shutdown();
    }
}
