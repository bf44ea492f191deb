package io.waybill;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.BacklogBook;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StopBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be bought and to be told, counted every ten seconds. Counting takes as long as much waits, so a long count is followed by
 * a pause twenty times as long, of two minutes at most. Asking it costs nothing.
 */
final class Waiting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int REST = 20;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Duration maxAge;
    private final Runnable counted;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "waiting");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<BacklogBook.Line> backlog = List.of();
    private volatile List<DeliveryBook.Backlog> outbox = List.of();
    private volatile Set<String> stopped = Set.of();
    private volatile Map<String, Long> bySource = Map.of();
    private volatile Duration age = Duration.ZERO;
    private volatile boolean old;
    private boolean failed;

    /**
     * @param maxAge how long callers' orders may wait for accounts that are available
     * @param counted called after each count, not on the caller's thread
     */
    Waiting(Ledger ledger, Accounts accounts, Duration maxAge, Runnable counted) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.maxAge = maxAge;
        this.counted = counted;
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        clock.execute(this::countAgainAndAgain);
    }

    private void countAgainAndAgain() {
        long begun = System.nanoTime();
        try {
            count();
            failed = false;
        } catch (Throwable e) { // what is thrown on ends the clock
            if (!failed) {
                LOG.warn("what waits could not be counted: {}", e.toString());
            }
            failed = true;
        }
        try {
            var unused =
                    clock.schedule(this::countAgainAndAgain, pause(System.nanoTime() - begun), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing is counted any more", e);
        }
    }

    /** @return nanoseconds */
    static long pause(long took) {
        return Math.max(PAUSE.toNanos(), Math.min(LONGEST.toNanos(), REST * took));
    }

    void count() {
        Instant now = ledger.read(tx -> {
            backlog = tx.backlog().lines();
            outbox = tx.deliveries().backlog();
            stopped = tx.stops().all().stream().map(StopBook.Row::account).collect(Collectors.toSet());
            return tx.now();
        });
        bySource = backlog.stream()
                .filter(line -> line.state() != ShipmentState.HELD && line.state() != ShipmentState.BOUGHT)
                .collect(Collectors.groupingBy(
                        BacklogBook.Line::source, Collectors.summingLong(BacklogBook.Line::count)));
        age = backlog.stream()
                .filter(line -> line.isCalled() && isWaiting(line))
                .map(line -> Duration.between(line.oldest(), now))
                .filter(waited -> !waited.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        boolean before = old;
        old = age.compareTo(maxAge) > 0;
        if (old != before) {
            LOG.warn("orders of callers have waited {} to be bought; new ones are {}", age, old ? "refused" : "taken");
        }
        counted.run();
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

    /** How many shipments of a source are not bought yet, those that are held left out, as of the last count. */
    long openOf(String source) {
        return bySource.getOrDefault(source, 0L);
    }

    /** How long the oldest order that a caller waits for could have been bought. */
    Duration age() {
        return age;
    }

    /** Callers' orders have waited too long for accounts that are available. */
    boolean isOld() {
        return old;
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}
