package io.waybill;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.BacklogBook;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StopBook;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the hub is, looked at every second: whether its database answers, whether its disk has room, and what is waiting.
 * Asking it costs nothing. Each change is logged once.
 */
final class Vitals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SILENT = Duration.ofSeconds(10);
    private static final int BACKLOG_EVERY = 10;

    private final LoadSettings settings;
    private final Ledger ledger;
    private final Accounts accounts;
    private final LongSupplier free;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Long> bySource = new ConcurrentHashMap<>();
    private final ScheduledExecutorService disk = clock("vitals-disk");
    private final ScheduledExecutorService database = clock("vitals-database");
    private volatile List<BacklogBook.Line> backlog = List.of();
    private volatile List<DeliveryBook.Backlog> outbox = List.of();
    private volatile Set<String> stopped = Set.of();
    private volatile Duration age = Duration.ZERO;
    private volatile boolean diskLow;
    private volatile boolean databaseGone;
    private volatile boolean outgrown;
    private volatile boolean oldToo;
    private volatile long freeBytes;
    private volatile long answered = System.nanoTime();
    private int looks;

    /** @param free bytes that are free on the disk of the data folder */
    Vitals(LoadSettings settings, Ledger ledger, Accounts accounts, LongSupplier free) {
        this.settings = settings;
        this.ledger = ledger;
        this.accounts = accounts;
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

    /** Callers' orders have waited too long for accounts that are available. */
    boolean isBacklogOld() {
        return oldToo;
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

    /** How long the oldest order that a caller waits for could have been bought. */
    Duration age() {
        return age;
    }

    List<BacklogBook.Line> backlog() {
        return backlog;
    }

    List<DeliveryBook.Backlog> outbox() {
        return outbox;
    }

    /** Whether somebody switched off what these orders wait for: they are not late, and no other order need wait for them. */
    boolean isStopped(BacklogBook.Line line) {
        return line.state() == ShipmentState.READY
                && (stopped.contains(StopBook.ALL) || (line.account() != null && stopped.contains(line.account())));
    }

    /** How many shipments of a source are not bought yet, those that are held left out, as of some seconds ago. */
    long openOf(String source) {
        return bySource.getOrDefault(source, 0L);
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
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.warn("the disk could not be looked at: {}", e.toString());
        }
    }

    void lookAtDatabase() {
        try {
            if (databaseGone || looks++ % BACKLOG_EVERY != 0) {
                ledger.read(tx -> tx.now());
            } else {
                count();
            }
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

    private void count() {
        Instant now = ledger.read(tx -> {
            backlog = tx.backlog().lines();
            outbox = tx.deliveries().backlog();
            stopped = tx.stops().all().stream().map(StopBook.Row::account).collect(Collectors.toSet());
            return tx.now();
        });
        Map<String, Long> counted = backlog.stream()
                .filter(line -> line.state() != ShipmentState.HELD && line.state() != ShipmentState.BOUGHT)
                .collect(Collectors.groupingBy(
                        BacklogBook.Line::source, Collectors.summingLong(BacklogBook.Line::count)));
        bySource.keySet().retainAll(counted.keySet());
        bySource.putAll(counted);
        age = backlog.stream()
                .filter(line -> line.isCalled() && isWaiting(line))
                .map(line -> Duration.between(line.oldest(), now))
                .filter(waited -> !waited.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        tell();
        boolean old = age.compareTo(settings.maxAge()) > 0;
        if (old != oldToo) {
            oldToo = old;
            LOG.warn("orders of callers have waited {} to be bought; new ones are {}", age, old ? "refused" : "taken");
        }
    }

    private boolean isWaiting(BacklogBook.Line line) {
        return switch (line.state()) {
            case READY ->
                line.account() != null
                        && !isStopped(line)
                        && accounts.find(line.account()).isPresent()
                        && accounts.breaker(line.account()).health().available();
            case CHOOSING -> true;
            default -> false;
        };
    }

    /** A watcher that fails says nothing about the database. */
    private void tell() {
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
