package io.waybill.tracking;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.TrackingBook.Moving;
import io.waybill.ledger.Tx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls carriers for shipments on their way until they are delivered, returned or cancelled, and takes what they push. */
public final class Tracking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
    private static final int BATCH = 50;
    private static final int READ_AGAIN = 15;

    private final Ledger ledger;
    private final Accounts accounts;
    private final TrackingSettings settings;
    private final Runnable wake;
    private final Troubles troubles;
    private final Pushed pushed;

    /** One asks, the other reads what was pushed. */
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "tracking"));

    /** @param wake called after a commit that wrote events */
    public Tracking(Ledger ledger, Accounts accounts, TrackingSettings settings, Runnable wake) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.settings = settings;
        this.wake = wake;
        this.troubles = new Troubles(ledger);
        this.pushed = new Pushed(ledger, accounts, wake);
    }

    public void start() {
        long pause = Math.min(1_000, settings.every().toMillis());
        clock.scheduleWithFixedDelay(this::pollQuietly, pause, pause, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::readQuietly, 0, READ_AGAIN, TimeUnit.SECONDS);
    }

    private void pollQuietly() {
        try {
            poll();
        } catch (RuntimeException e) {
            LOG.warn("tracking failed, trying again: {}", e.toString());
        }
    }

    /** Asks about every shipment whose time has come; one that cannot be followed is left for later and holds up no other. */
    void poll() {
        for (Moving shipment : ledger.read(tx -> tx.tracking().due(BATCH))) {
            try {
                ask(shipment);
            } catch (RuntimeException e) {
                LOG.warn("{} cannot be followed now, asking again: {}", shipment.id(), e.toString());
                troubles.unfollowed(shipment, settings.every());
            }
            wake.run();
        }
    }

    private void ask(Moving shipment) {
        if (accounts.isOpen(shipment.account())) {
            ledger.commitAll(tx -> tx.tracking().next(shipment.id(), settings.every()));
            return;
        }
        Optional<Tracks> tracks = accounts.find(shipment.account())
                .map(Account::carrier)
                .filter(Tracks.class::isInstance)
                .map(Tracks.class::cast);
        List<String> numbers = ledger.read(tx -> tx.numbers().tracking(shipment.id()));
        List<Tracks.Event> told = tracks.map(carrier -> carrier.track(numbers)).orElse(List.of());
        ledger.commitAll(tx -> record(tx, shipment, told, tracks.isPresent()));
        troubles.followed(shipment);
    }

    private void record(Tx tx, Moving shipment, List<Tracks.Event> told, boolean tracked) {
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        boolean over = Journey.tell(tx, order, shipment, told, "poll") || !tracked;
        if (tracked) {
            tx.exceptions().closeBy(Fact.TRACKED, shipment.id());
        }
        tx.tracking().next(shipment.id(), over ? null : settings.every());
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
        } catch (RuntimeException e) {
            LOG.warn("what carriers pushed was not read, trying again: {}", e.toString());
        }
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(35, TimeUnit.SECONDS)) {
                LOG.warn("a carrier still has not answered about tracking; it is asked again at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
