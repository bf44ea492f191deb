package io.waybill.tracking;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls carriers for shipments on their way until they are delivered, returned or cancelled, and takes what they push. */
public final class Tracking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
    private static final int READ_AGAIN = 15;

    /** For carriers that are being asked when the hub stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final Accounts accounts;
    private final TrackingSettings settings;
    private final Runnable wake;
    private final Pushed pushed;
    private final Map<String, Line> lines = new TreeMap<>();

    /** One says when, the other reads what was pushed. */
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "tracking"));

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "following"));

    /** An account's own places, so that a carrier that hangs holds up no other. */
    private record Line(Follower follower, Semaphore places) {}

    /** Where labels go that carriers push. */
    public interface Arrivals {
        /** False when no shipment of this account has such a number yet: it is tried again for a while. */
        boolean take(String account, Webhooks.Arrived label);
    }

    /**
     * Of carriers that push no labels.
     *
     * @param wake called after a commit that wrote events
     */
    public Tracking(Ledger ledger, Accounts accounts, TrackingSettings settings, Runnable wake) {
        this(ledger, accounts, settings, wake, (account, label) -> true);
    }

    /** @param wake called after a commit that wrote events */
    public Tracking(Ledger ledger, Accounts accounts, TrackingSettings settings, Runnable wake, Arrivals arrivals) {
        this.accounts = accounts;
        this.settings = settings;
        this.wake = wake;
        Pace pace = new Pace(settings);
        Troubles troubles = new Troubles(ledger);
        for (Account account : accounts.all()) {
            if (account.carrier() instanceof Tracks carrier) {
                Follower follower = new Follower(ledger, account, carrier, pace, troubles);
                lines.put(account.name(), new Line(follower, new Semaphore(settings.atOnce())));
            }
        }
        this.pushed = new Pushed(ledger, accounts, pace, wake, arrivals);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // neither of the two throws
    public void start() {
        long pause = Math.max(1, Math.min(1_000, settings.every().toMillis()));
        clock.scheduleWithFixedDelay(this::beginQuietly, pause, pause, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::readQuietly, 0, READ_AGAIN, TimeUnit.SECONDS);
    }

    private void beginQuietly() {
        try {
            lines.forEach(this::begin);
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.atLevel(LedgerFailure.telling(e)).log("tracking did not begin, trying again: {}", e.toString());
        }
    }

    /** Where the account has a place left. Whoever finds a full page has another begin beside it. */
    private void begin(String account, Line line) {
        if (accounts.isOpen(account) || !line.places().tryAcquire()) {
            return;
        }
        try {
            threads.execute(() -> run(account, line));
        } catch (RejectedExecutionException stopping) {
            line.places().release();
        } catch (Error e) { // no thread to be had
            line.places().release();
            throw e;
        }
    }

    private void run(String account, Line line) {
        boolean more = false;
        try {
            more = line.follower().follow(() -> begin(account, line));
            wake.run();
        } catch (RuntimeException e) {
            LOG.atLevel(LedgerFailure.telling(e)).log("tracking of {} failed, trying again: {}", account, e.toString());
        } finally {
            line.places().release();
        }
        if (more) {
            begin(account, line);
        }
    }

    /** Asks about every shipment whose time has come, in this thread; one that cannot be followed holds up no other. */
    void poll() {
        lines.forEach((account, line) -> {
            if (!accounts.isOpen(account)) {
                line.follower().follow(() -> {});
                wake.run();
            }
        });
    }

    /**
     * Takes in what a carrier pushed: proven and durable when this returns, and read soon after.
     *
     * @throws io.waybill.problem.ProblemException {@code carrier-hook-unknown}, {@code carrier-hook-refused}, {@code carrier-hook-off}
     */
    public void take(String account, Webhooks.Delivery delivery) {
        pushed.take(account, delivery);
        try {
            clock.execute(this::readQuietly);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("read at the next start");
        }
    }

    private void readQuietly() {
        try {
            pushed.readDue();
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.atLevel(LedgerFailure.telling(e))
                    .log("what carriers pushed was not read, trying again: {}", e.toString());
        }
    }

    @Override
    public void close() {
        clock.shutdown();
        threads.shutdown();
        try {
            long until = System.nanoTime() + PATIENCE.toNanos();
            if (!clock.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS)
                    || !threads.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("a carrier still has not answered about tracking; it is asked again at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
