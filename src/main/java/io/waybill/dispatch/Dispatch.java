package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Rates;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The door to buying. Workers take ready shipments from the ledger, buy each once by the purchase protocol and settle
 * what is unknown; {@link #await} lets a caller wait for that. Nothing lives only in memory.
 */
public final class Dispatch implements AutoCloseable {
    private static final Set<ShipmentState> UNDER_WAY =
            Set.of(ShipmentState.CHOOSING, ShipmentState.READY, ShipmentState.BUYING, ShipmentState.BOUGHT);

    private final Ledger ledger;
    private final String node;
    private final List<Buyers> buyers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final Loop choices;
    private final Map<String, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private final Runnable changed;
    private final Rating rating;
    private final Labels labels;
    private final Voiding voiding;

    /**
     * @param node names this process; leases are held under it
     * @param changed called when a purchase has ended, one way or another
     */
    public Dispatch(Ledger ledger, Accounts accounts, DispatchSettings settings, String node, Runnable changed) {
        this.changed = changed;
        this.ledger = ledger;
        this.node = node;
        Recording recording = new Recording(ledger, settings);
        Recovery recovery = new Recovery(ledger, accounts, recording, settings, node, this::ended);
        this.rating = new Rating(ledger, accounts, settings.rateWithin());
        this.labels = new Labels(ledger, accounts, recording, settings, this::ended);
        this.voiding = new Voiding(ledger, accounts);
        for (Account account : accounts.all()) {
            String name = account.name();
            Purchase purchase = new Purchase(new Intents(ledger, node, settings.lease()), recording, settings);
            buyers.add(new Buyers(ledger, account, purchase, settings.poll(), this::ended));
            loops.add(new Loop("recovery-" + name, settings.poll(), () -> recovery.settleOpenPurchases(name)));
            loops.add(new Loop("labels-" + name, settings.poll(), () -> labels.askForLabelsToCome(name)));
            loops.add(new Loop("voiding-" + name, settings.poll(), () -> voiding.askAgain(name)));
        }
        loops.add(new Loop("recovery", settings.poll(), recovery::settleWithoutAccount));
        choices = new Loop("rating", settings.poll(), this::rate);
        loops.add(choices);
    }

    /** Starts the workers. On the embedded database every lease of an earlier process is over. */
    public void start() {
        if (ledger.database().isEmbedded()) {
            ledger.commit(tx -> tx.purchases().endLeases(node));
        }
        loops.forEach(Loop::start);
        buyers.forEach(Buyers::start);
    }

    /** Something may be ready: look now, not at the next poll. */
    public void wake() {
        buyers.forEach(Buyers::wake);
        choices.wake();
    }

    /** Waits until nothing of the order is under way any more, or the time is over. */
    public void await(String orderUid, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isUnderWay(orderUid)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !pause(orderUid, left)) {
                return;
            }
        }
    }

    /** Every price for an order, with the best by {@code cheapest} or {@code fastest}. */
    public List<Quoted> quote(Order order, String by) {
        List<Offer> offers = rating.offers(order);
        Optional<Offer> best = Offer.best(offers, by);
        return offers.stream()
                .map(offer -> new Quoted(
                        offer.account().name(),
                        offer.account().carrierId(),
                        offer.rate(),
                        best.filter(offer::equals).isPresent()))
                .toList();
    }

    /** A price of one account, and whether it is the best. */
    public record Quoted(String account, String carrier, Rates.Rate rate, boolean best) {}

    /** Label bytes of one parcel, in the format asked for; empty when there are none (yet). */
    public Optional<byte[]> label(ShipmentRow shipment, int parcel, String format) {
        return labels.label(shipment, parcel, format);
    }

    /** Gives a label back. @throws io.waybill.problem.ProblemException with the carrier's words when it refuses */
    public void voidLabel(String shipment, Namespaces scope, @Nullable String actor) {
        voiding.cancel(shipment, scope, actor);
    }

    /** Stops claiming, lets open purchases finish. */
    @Override
    public void close() {
        buyers.parallelStream().forEach(Buyers::close);
        loops.parallelStream().forEach(Loop::close);
        rating.close();
    }

    private boolean rate() {
        boolean more = rating.chooseForThoseWaiting();
        buyers.forEach(Buyers::wake);
        return more;
    }

    private boolean isUnderWay(String orderUid) {
        return ledger.read(tx -> tx.shipments().of(orderUid)).stream().anyMatch(row -> UNDER_WAY.contains(row.state()));
    }

    private boolean pause(String orderUid, long nanos) {
        CountDownLatch latch = new CountDownLatch(1);
        waiting.compute(orderUid, (uid, known) -> {
            Set<CountDownLatch> latches = known == null ? ConcurrentHashMap.newKeySet() : known;
            latches.add(latch);
            return latches;
        });
        try {
            if (isUnderWay(orderUid)) {
                latch.await(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.computeIfPresent(orderUid, (uid, latches) -> {
                latches.remove(latch);
                return latches.isEmpty() ? null : latches;
            });
        }
    }

    private void ended(String orderUid) {
        changed.run();
        Set<CountDownLatch> latches = waiting.get(orderUid);
        if (latches != null) {
            latches.forEach(CountDownLatch::countDown);
        }
    }
}
