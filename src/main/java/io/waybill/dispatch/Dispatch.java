package io.waybill.dispatch;

import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Balances;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The door to buying. Workers take ready shipments from the ledger, buy each once by the purchase protocol and settle
 * what is unknown; {@link #await} lets a caller wait for that. Nothing lives only in memory.
 */
public final class Dispatch implements AutoCloseable {
    private static final Duration BALANCE_EVERY = Duration.ofMinutes(10);

    private static final Duration STRANDED_EVERY = Duration.ofMinutes(1);

    /** Most orders have their account already and wake the rating for nothing. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final Ledger ledger;
    private final String node;
    private final Workers workers = new Workers();
    private final Map<String, Funds> funds = new HashMap<>();
    private final Loop choosing;
    private final Awaited awaited;
    private final Rating rating;
    private final Labels labels;
    private final LabelsToCome labelsToCome;
    private final Voiding voiding;
    private final AfterRestore hold;
    private final Sweep sweep;
    private final Resolving resolving;

    /**
     * @param node names this process; leases are held under it
     * @param changed called when a purchase has ended, one way or another
     */
    public Dispatch(
            Ledger ledger,
            Accounts accounts,
            DispatchSettings settings,
            Spending spending,
            String node,
            Runnable changed) {
        this(ledger, accounts, settings, spending, node, changed, Outside.REAL);
    }

    Dispatch(
            Ledger ledger,
            Accounts accounts,
            DispatchSettings settings,
            Spending spending,
            String node,
            Runnable changed,
            Outside outside) {
        this.awaited = new Awaited(ledger, accounts, changed);
        this.ledger = ledger;
        this.node = node;
        Recording recording = new Recording(ledger, settings, outside, awaited::sold);
        Insisting insisting = new Insisting();
        Sending sending = new Sending(recording, insisting, settings.sendWithin(), outside);
        Doubts doubts = new Doubts(ledger, node, insisting);
        LookUps lookUps = new LookUps(ledger, accounts);
        Splitting splitting = new Splitting(ledger, recording.unsold());
        this.hold = new AfterRestore(ledger, accounts, recording, splitting, settings, node);
        Recovery recovery = new Recovery(ledger, accounts, recording, lookUps, settings, node, awaited::ended);
        this.rating = new Rating(ledger, accounts, settings);
        this.labels = new Labels(ledger, accounts);
        this.labelsToCome = new LabelsToCome(ledger, accounts, labels, recording, settings, awaited::ended);
        VoidCalls voidCalls = new VoidCalls(ledger, accounts, VoidCalls.UNANSWERED);
        this.voiding = new Voiding(ledger, accounts, voidCalls);
        this.sweep = new Sweep(ledger, accounts, lookUps, recording);
        this.resolving = new Resolving(ledger, accounts, recording, voiding, voidCalls);
        for (Account account : accounts.all()) {
            String name = account.name();
            Intents intents =
                    new Intents(ledger, account, new Permit(spending), hold, node, settings.lease(), outside, doubts);
            Purchase purchase = new Purchase(intents, recording.unsold(), settings.poll(), hold, splitting, sending);
            workers.add(new Buyers(
                    ledger, accounts, account, purchase, settings.poll(), workers::mayBuy, awaited, outside));
            workers.add(new Loop("recovery-" + name, settings.poll(), () -> recovery.settleOpenPurchases(name)));
            keepUp(account, settings.poll(), voidCalls);
        }
        workers.add(new Loop("recovery", settings.poll(), recovery::settleWithoutAccount));
        workers.duty("audit", settings.poll().multipliedBy(10), sweep::auditWithoutAccount);
        workers.duty("stranded", STRANDED_EVERY, new Stranded(ledger, accounts)::tellOfThem);
        Choices choices = new Choices(ledger, rating, settings);
        choosing = new Loop("rating", settings.poll(), BREATH, () -> rate(choices));
        workers.add(choosing);
    }

    /** What is done again and again for an account beside buying. */
    private void keepUp(Account account, Duration poll, VoidCalls voidCalls) {
        String name = account.name();
        Duration seldom = poll.multipliedBy(10);
        Orphans orphans = new Orphans(ledger);
        RefundWatch refunds = new RefundWatch(ledger);
        workers.duty("labels-" + name, poll, () -> labelsToCome.askForThoseDue(account));
        workers.duty("voiding-" + name, poll, () -> voidCalls.askAgain(name));
        workers.duty("orphans-" + name, poll, () -> orphans.voidThoseDue(account));
        workers.duty("refunds-" + name, seldom, () -> refunds.lookAtThoseDue(account));
        watchBalance(account);
        workers.duty("audit-" + name, seldom, () -> sweep.auditThoseDue(account));
    }

    private void watchBalance(Account account) {
        if (account.carrier() instanceof Balances carrier) {
            Funds its = new Funds(ledger, account.name(), carrier);
            funds.put(account.name(), its);
            workers.duty("balance-" + account.name(), BALANCE_EVERY, its::look);
        }
    }

    /** Starts the workers. On the embedded database every lease of an earlier process is over. */
    public void start() {
        if (ledger.database().isEmbedded()) {
            ledger.commit(tx -> tx.purchases().endLeases(node));
        }
        workers.start();
    }

    /** Buys what is being taken in where a worker is free, so that its intent is on disk with the order. */
    public AtOnce atOnce() {
        return atOnce(Buyers::workers);
    }

    AtOnce atOnce(Function<Buyers, Executor> who) {
        return new Counter(workers.buyers(), who);
    }

    /** Claims only while this says so: what is ready stays ready. Asked often; it must not wait. */
    public void buyWhile(BooleanSupplier mayBuy) {
        workers.buyWhile(mayBuy);
    }

    /** What one of several nodes does at a time is done only while this says that it is this node's. Buying and looking up are everybody's. */
    public void doOnly(Predicate<String> duties) {
        workers.doOnly(duties);
    }

    /** Something may be ready: look now, not at the next poll. */
    public void wake() {
        workers.wakeBuyers();
        choosing.wake();
    }

    /**
     * Waits until nothing of the order is under way any more, or the time is over.
     *
     * @return where it stands then
     */
    public Standing await(String orderUid, Duration atMost) {
        return awaited.await(orderUid, atMost);
    }

    /** Everything printable of a shipment: its labels, and the papers that go with them. */
    public List<LabelBook.Paper> papers(ShipmentRow shipment) {
        return labels.papers(shipment);
    }

    /** Asks a prepaid account for its balance now, and tells or closes what comes of it; of another account nothing. */
    public void lookAtBalance(String account) {
        Funds its = funds.get(account);
        if (its != null) {
            its.look();
        }
    }

    /**
     * A label that a carrier pushed, or said to be ready.
     *
     * @return false when no shipment of this account has its number yet
     */
    public boolean arrived(String account, Webhooks.Arrived label) {
        return labelsToCome.arrived(account, label);
    }

    /** What orders would cost. */
    public Rating rating() {
        return rating;
    }

    /** Label bytes of one parcel, in the format asked for; empty when there are none (yet). */
    public Optional<byte[]> label(ShipmentRow shipment, int parcel, String format) {
        return labels.label(shipment, parcel, format);
    }

    /**
     * Which parcels have a label to be printed. The carrier is asked only where one is not kept in this format: some print a
     * label again only a few times, and count each. Where it does not print them, {@link #label} has none for some of these.
     */
    public Collection<Integer> parcels(ShipmentRow shipment, String format) {
        return labels.parcels(shipment, format);
    }

    /**
     * Gives a label back, or cancels what of its order is not bought beside others.
     *
     * @throws io.waybill.problem.ProblemException with the carrier's words when it refuses
     */
    public void voidLabel(String shipment, Namespaces scope, @Nullable String actor) {
        voiding.cancel(shipment, scope, actor);
    }

    /**
     * Gives back every label of an order, and cancels what of it is not bought yet.
     *
     * @throws io.waybill.problem.ProblemException {@code order-not-found}, {@code order-being-bought}, {@code nothing-to-void},
     *     {@code void-not-offered}; {@code void-refused} of each label its carrier does not take back
     */
    public void voidOrder(String orderUid, Namespaces scope, @Nullable String actor) {
        voiding.cancelAll(orderUid, scope, actor);
    }

    /** After a restore, a person says that all is well: nothing is looked up first any more. Answers how many purchases go on. */
    public int endHold(String actor) {
        int released = hold.end(actor);
        wake();
        return released;
    }

    /** Looks up every ref of every shipment whose audit is still to come, now; gives up after {@code within}. */
    public Audited audit(Duration within) {
        return sweep.auditAll(within);
    }

    /**
     * A person decides what became of a purchase the hub cannot settle. The same again changes nothing.
     *
     * @throws io.waybill.problem.ProblemException {@code order-not-found}, {@code nothing-to-resolve},
     *     {@code order-being-bought}, {@code which-shipment}, {@code number-needed}, {@code number-taken},
     *     {@code label-unreadable}, {@code void-not-offered}, {@code void-refused}
     */
    public void resolve(String orderUid, Resolution resolution, Namespaces scope, String actor) {
        resolving.resolve(orderUid, resolution, scope, actor);
        wake();
        awaited.ended(orderUid);
    }

    /** Stops claiming, lets open purchases finish. */
    @Override
    public void close() {
        finish();
        rating.close();
    }

    /** Begins no purchase any more, and answers whoever waits for one; those under way go on. */
    public void claimNoMore() {
        workers.claimNoMore();
        awaited.beginNothing();
    }

    /** Waits for what is under way, then answers whoever waits still; prices can still be asked for, until it is closed. */
    public void finish() {
        workers.close();
        awaited.close();
    }

    /** Everything that runs again and again, buyers apart. */
    List<Loop> loops() {
        return workers.loops();
    }

    List<Buyers> buyers() {
        return workers.buyers();
    }

    private boolean rate(Choices choices) {
        boolean more = choices.makeThoseDue();
        workers.wakeBuyers();
        return more;
    }
}
