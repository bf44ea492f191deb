package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Breaker;
import io.waybill.carrier.RetryBudget;
import io.waybill.dispatch.Purchase.Unsent;
import io.waybill.ledger.Asked;
import io.waybill.ledger.AtOnce.Seat;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bounded workers of one account: a carrier that hangs holds up its own and nobody else's. The ledger is the queue. */
final class Buyers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Buyers.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    /** Between two looks under load, so that a look finds more than one. */
    private static final Duration BREATH = Duration.ofMillis(8);

    private final Ledger ledger;
    private final Account account;
    private final Breaker breaker;
    private final RetryBudget retries;
    private final Purchase purchase;
    private final BooleanSupplier mayBuy;
    private final Awaited awaited;
    private final Outside outside;
    private final ExecutorService workers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Some in the ledger may be waiting for a worker: whoever comes now waits behind them. */
    private volatile boolean others = true;

    private volatile boolean closed;
    private final Loop loop;

    /**
     * @param mayBuy asked before each claim: false leaves what is ready alone
     * @param awaited told when a purchase begins, and when it is over
     */
    Buyers(
            Ledger ledger,
            Accounts accounts,
            Account account,
            Purchase purchase,
            Duration poll,
            BooleanSupplier mayBuy,
            Awaited awaited,
            Outside outside) {
        this.ledger = ledger;
        this.account = account;
        this.breaker = accounts.breaker(account.name());
        this.retries = accounts.retries(account.name());
        this.mayBuy = mayBuy;
        this.purchase = purchase;
        this.awaited = awaited;
        this.outside = outside;
        this.workers =
                Executors.newFixedThreadPool(account.workers(), task -> new Thread(task, "buy-" + account.name()));
        this.loop = new Loop("buyers-" + account.name(), poll, BREATH, this::claim);
    }

    void start() {
        loop.start();
    }

    String account() {
        return account.name();
    }

    Intents intents() {
        return purchase.intents();
    }

    Executor workers() {
        return workers;
    }

    /** Keeps a worker for an order that is being taken in; none while others wait for one, or it may not be bought now. */
    Optional<Seat> keep(OrderRow order, Order says, ShipmentRow row, Executor worker) {
        if (closed || others || breaker.isOpen() || !mayBuy.getAsBoolean() || !sits(row)) {
            return Optional.empty();
        }
        Optional<Seat> kept = Optional.empty();
        try {
            kept = purchase.atOnce(account, order, Shipments.of(says, row), row)
                    .flatMap(unsent -> breaker.pass().map(pass -> new KeptWorker(this, unsent, pass, worker)));
        } finally {
            if (kept.isEmpty()) {
                underWay.remove(row.id());
            }
        }
        return kept;
    }

    private boolean sits(ShipmentRow row) {
        underWay.add(row.id());
        if (underWay.size() > account.workers()) {
            underWay.remove(row.id());
            others = true;
            return false;
        }
        return true;
    }

    Asked<Boolean> isOff(Tx tx) {
        return Permit.isOff(tx, account);
    }

    /** For {@link KeptWorker}: the first try of an order that was taken in. */
    void begun(OrderRow order) {
        retries.firstTry();
        awaited.begun(order.id());
    }

    /** The purchase of an order whose intent is on disk with it, on the caller's thread. */
    void send(Unsent unsent, long claimed, Breaker.Pass pass) {
        Intent intent = unsent.intent();
        work(intent.order(), intent.row(), () -> purchase.send(account, unsent, claimed, pass));
        if (others) {
            loop.wake();
        }
    }

    void over(OrderRow order) {
        awaited.over(order.id());
    }

    void leave(String shipment) {
        underWay.remove(shipment);
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
        if (closed || seats <= 0 || breaker.isOpen() || !mayBuy.getAsBoolean()) {
            return;
        }
        List<ShipmentRow> ready = ready(seats);
        others = ready.size() > seats;
        Map<String, OrderRow> orders = ledger.read(
                tx -> tx.orders().of(ready.stream().map(ShipmentRow::orderUid).collect(Collectors.toSet())));
        for (ShipmentRow row : ready.subList(0, Math.min(seats, ready.size()))) {
            if (underWay.add(row.id())) {
                begin(Objects.requireNonNull(orders.get(row.orderUid())), row, free);
            }
        }
    }

    /** One more than there are seats, if so many wait. */
    private List<ShipmentRow> ready(int seats) {
        return ledger
                .read(tx -> tx.stops().isStopped(account.name())
                        ? List.<ShipmentRow>of()
                        : tx.due().ready(account.name(), seats + 1 + underWay.size()))
                .stream()
                .filter(row -> !underWay.contains(row.id()))
                .limit(seats + 1)
                .toList();
    }

    /** The account must be available, and a retry within its budget; what is not begun stays ready. */
    private void begin(OrderRow order, ShipmentRow row, Executor free) {
        Optional<Breaker.Pass> pass = breaker.pass();
        boolean retry = row.attempts() > 0;
        if (pass.isPresent() && (!retry || retries.retry())) {
            if (!retry) {
                retries.firstTry();
            }
            awaited.begun(order.id());
            try {
                free.execute(() -> {
                    work(order, row, () -> purchase.buy(account, order, row, pass.get()));
                    loop.wake();
                });
            } catch (RejectedExecutionException | Error e) { // no thread to be had: it is begun at a later look
                pass.get().giveBack();
                underWay.remove(row.id());
                awaited.over(order.id());
                throw e;
            }
            return;
        }
        if (pass.isPresent()) {
            pass.get().giveBack();
            postpone(row, retries.pause().plus(outside.jitter(row.attempts())));
        }
        underWay.remove(row.id());
    }

    private void work(OrderRow order, ShipmentRow row, Runnable buy) {
        try {
            buy.run();
        } catch (RuntimeException | Error e) { // a purchase that was not put off would be begun anew at once
            LOG.error(
                    "the purchase of {} broke off; once claimed it is settled by recovery, else tried again",
                    row.id(),
                    e);
            postpone(row, TRY_AGAIN);
        } finally {
            underWay.remove(row.id());
            awaited.over(order.id());
        }
    }

    /** One that cannot even be prepared makes room for the others. Changes nothing once it was claimed. */
    private void postpone(ShipmentRow row, Duration wait) {
        try {
            ledger.commitAll(tx -> tx.shipments().postpone(row, wait));
        } catch (RuntimeException e) {
            LOG.warn("{} could not be postponed: {}", row.id(), e.toString());
        }
    }

    void claimNoMore() {
        closed = true;
    }

    /** Stops claiming, then lets open purchases finish. */
    @Override
    public void close() {
        claimNoMore();
        purchase.stopInsisting();
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
