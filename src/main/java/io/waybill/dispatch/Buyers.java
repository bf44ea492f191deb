package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bounded workers of one account: a carrier that hangs holds up its own and nobody else's. The ledger is the queue. */
final class Buyers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Buyers.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Account account;
    private final Purchase purchase;
    private final Consumer<String> done;
    private final ExecutorService workers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Loop loop;

    /** @param done told the order of each purchase that has ended, one way or another */
    Buyers(Ledger ledger, Account account, Purchase purchase, Duration poll, Consumer<String> done) {
        this.ledger = ledger;
        this.account = account;
        this.purchase = purchase;
        this.done = done;
        this.workers =
                Executors.newFixedThreadPool(account.workers(), task -> new Thread(task, "buy-" + account.name()));
        this.loop = new Loop("buyers-" + account.name(), poll, this::claim);
    }

    void start() {
        loop.start();
    }

    void wake() {
        loop.wake();
    }

    private boolean claim() {
        claim(workers);
        return false;
    }

    /** Hands what may be bought now to as many workers as are free. */
    void claim(Executor free) {
        int seats = account.workers() - underWay.size();
        if (seats <= 0) {
            return;
        }
        List<ShipmentRow> ready = ledger.read(tx -> tx.stops().isStopped(account.name())
                ? List.of()
                : tx.shipments().ready(account.name(), seats + underWay.size()));
        ready.stream().filter(row -> underWay.add(row.id())).forEach(row -> free.execute(() -> buy(row)));
    }

    private void buy(ShipmentRow row) {
        try {
            purchase.buy(account, row);
        } catch (RuntimeException e) {
            LOG.error(
                    "the purchase of {} broke off; once claimed it is settled by recovery, else tried again",
                    row.id(),
                    e);
            postpone(row);
        } finally {
            underWay.remove(row.id());
            done.accept(row.orderUid());
            loop.wake();
        }
    }

    /** One that cannot even be prepared makes room for the others. Changes nothing once it was claimed. */
    private void postpone(ShipmentRow row) {
        try {
            ledger.commitAll(tx -> tx.shipments().postpone(row, TRY_AGAIN));
        } catch (RuntimeException e) {
            LOG.warn("{} could not be postponed: {}", row.id(), e.toString());
        }
    }

    /** Stops claiming, then lets open purchases finish. */
    @Override
    public void close() {
        loop.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(40, TimeUnit.SECONDS)) {
                LOG.warn("purchases with {} are still open; recovery settles them at the next start", account.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
