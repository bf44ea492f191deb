package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bounded workers of one account: a carrier that hangs holds up its own and nobody else's. The ledger is the queue. */
final class Buyers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Buyers.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private static final Duration GATHER = Duration.ofMillis(5);

    private final Ledger ledger;
    private final Account account;
    private final Purchase purchase;
    private final Consumer<String> done;
    private final ExecutorService workers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Loop loop;

    /** Only touched by the loop. */
    private long looked = System.nanoTime();

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
        int free = account.workers() - underWay.size();
        if (free <= 0) {
            return false;
        }
        gather(free);
        List<ShipmentRow> ready =
                ledger
                        .read(tx -> tx.stops().isStopped(account.name())
                                ? List.<ShipmentRow>of()
                                : tx.shipments().ready(account.name(), free + underWay.size()))
                        .stream()
                        .filter(row -> !underWay.contains(row.id()))
                        .limit(free)
                        .toList();
        Map<String, OrderRow> orders = ledger.read(tx -> tx.orders()
                .of(ready.stream().map(ShipmentRow::orderUid).collect(Collectors.toSet())));
        for (ShipmentRow row : ready) {
            underWay.add(row.id());
            workers.execute(() -> buy(Objects.requireNonNull(orders.get(row.orderUid())), row));
        }
        return false;
    }

    /** When nearly all are busy, a moment between two looks, so that a look finds more than one. */
    private void gather(int free) {
        long early = looked + GATHER.toNanos() - System.nanoTime();
        if (early > 0 && free * 4 < account.workers()) {
            LockSupport.parkNanos(early);
        }
        looked = System.nanoTime();
    }

    private void buy(OrderRow order, ShipmentRow row) {
        try {
            purchase.buy(account, order, row);
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
