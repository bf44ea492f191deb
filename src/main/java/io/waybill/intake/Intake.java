package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Spending;
import io.waybill.batch.Taker.Prepared;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.trace.Traces;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door for every channel. {@link #take} checks a document, fills the source's defaults and takes it in once per
 * (namespace, orderId): when it returns, the order is on disk.
 *
 * <p>Content freezes at purchase, not at receipt: until then other content under the same number replaces it.
 */
public final class Intake {
    private static final String TAKEN = "take in";

    private final Ledger ledger;
    private final Sources sources;
    private final Planner planner;
    private final Spending spending;
    private final Checking checking;
    private final Rehearsing rehearsing;
    private final Works works;
    private final Runnable wake;
    private final NewOrders newOrders;

    /**
     * @param atOnce who buys an order of {@code POST /v1/orders} without a wait
     * @param wake called after a commit that may have made a shipment ready
     */
    public Intake(
            Ledger ledger,
            Orders orders,
            Sources sources,
            Chooser chooser,
            Spending spending,
            Originals originals,
            AtOnce atOnce,
            Runnable wake) {
        this.ledger = ledger;
        this.sources = sources;
        this.planner = new Planner(chooser);
        this.spending = spending;
        this.wake = wake;
        this.newOrders = new NewOrders(ledger, originals, atOnce);
        this.checking = new Checking(orders, sources, planner, spending, originals);
        this.rehearsing = new Rehearsing(ledger, sources, checking);
        this.works = new Works(sources, checking);
    }

    /**
     * Takes a document in.
     *
     * @throws ProblemException {@code unknown-source}; every other problem is in the answer
     */
    public Taken take(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        try {
            Draft draft = checking.draft(submission, source);
            return taken(submission, draft)
                    .orElseGet(() -> commit(tx -> List.of(checking.admission(submission, source, draft)
                                    .apply(tx)))
                            .get(0));
        } catch (ProblemException e) {
            return rejected(submission, source, e.problems());
        }
    }

    /** The order within these namespaces that came of the same bytes under the same key, whatever is thought of them today. */
    public Optional<Taken> taken(String source, String key, String bodySha256, Namespaces scope) {
        return ledger.read(tx -> Before.underKey(tx, source, key, bodySha256)
                .flatMap(order -> tx.orders().find(order, scope))
                .map(order -> Taken.of(Taken.Result.DUPLICATE, order)));
    }

    /** With others, when nothing of it needs a look of its own. */
    private Optional<Taken> taken(Submission submission, Draft draft) {
        String namespace = String.valueOf(draft.effective().namespace());
        if (submission.origin() != null || spending.isLimited(submission.source(), namespace)) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        NewOrder order = draft.asNew(submission);
        if (!newOrders.take(order, wake)) {
            return Optional.empty();
        }
        Traces.took(TAKEN, order.id(), System.nanoTime() - begun);
        return Optional.of(
                new Taken(Taken.Result.ACCEPTED, order.id(), draft.given().orderId(), List.of()));
    }

    /** What is no order, and taken in beside them: packed parcels, scans, labels bought elsewhere. */
    public interface Door {
        /**
         * Checked here, admitted in the transaction.
         *
         * @throws ProblemException with everything that is wrong
         */
        Function<Tx, Taken> work(Submission submission);
    }

    /** {@link #take} for several that came together, in one commit: all of them, or none. */
    List<Taken> takeAll(List<Arrival> arrivals) {
        return prepare(arrivals).commit().get();
    }

    /** {@link #takeAll} in two steps: they are checked now, and committed when that is asked for. */
    Prepared<Taken> prepare(List<Arrival> arrivals) {
        Together together =
                new Together(newOrders, arrivals.stream().map(works::of).toList());
        return new Prepared<>(together.numbers(), () -> arrivals.isEmpty() ? List.of() : commit(together::on));
    }

    /** Keeps what is no order, and cannot be taken in now, where a person sees it and can try it again. */
    public Taken keepBeside(Tx tx, Submission submission, @Nullable String orderId, List<Problem> problems) {
        return new Rejection(tx, submission, sources.get(submission.source())).keepBeside(orderId, problems);
    }

    /** Ends what was kept of a document that is taken in now. */
    public void answered(Tx tx, Submission submission, OrderRow order) {
        if (submission.origin() != null) {
            Rejection.answered(tx, submission, order);
        }
    }

    /** The same of what is told beside an order, which is none of its own documents: what was kept of those stays. */
    public void answeredBeside(Tx tx, Submission submission, OrderRow order) {
        if (submission.origin() != null) {
            Rejection.answeredBeside(tx, submission, order);
        }
    }

    /** Lets an order that is in wait. */
    Taken hold(Tx tx, Submission submission, OrderRow order) {
        return checking.hold(tx, submission, order);
    }

    /** @throws ProblemException with every bad field; nothing is kept of it */
    Function<Tx, Taken> admission(Submission submission) {
        return checking.admission(submission);
    }

    private List<Taken> commit(Function<Tx, List<Taken>> work) {
        long begun = System.nanoTime();
        List<Taken> taken = ledger.commit(tx -> {
            List<Taken> all = work.apply(tx);
            Failpoint.BEFORE_T0_COMMIT.here();
            return all;
        });
        Failpoint.AFTER_T0.here();
        long nanos = System.nanoTime() - begun;
        taken.stream()
                .filter(Taken::isIn)
                .flatMap(one -> Stream.ofNullable(one.orderUid()))
                .forEach(order -> Traces.took(TAKEN, order, nanos));
        if (taken.stream().anyMatch(Taken::isIn)) {
            wake.run();
        }
        return taken;
    }

    /**
     * What {@link #take} would make of a document, without taking it in.
     *
     * @throws ProblemException with every bad field; why it would not be taken as things stand
     */
    public Previewed preview(Submission submission) {
        return rehearsing.preview(submission);
    }

    /**
     * An order with what its source fills in, to be rated and not to be taken in.
     *
     * @throws ProblemException {@code unknown-source}, every bad field, {@code no-sender}, {@code missing-field} for a weight
     */
    public Order toRate(String source, JsonNode canonical) {
        return checking.toRate(sources.get(source), canonical);
    }

    /** What today's rules would do with an order of {@link #toRate}. */
    public Choice choose(Order order) {
        return planner.choose(order);
    }

    Checking checking() {
        return checking;
    }

    Rehearsing rehearsing() {
        return rehearsing;
    }

    /** The namespace a document of this source is for: its own, else the source's. */
    public String namespaceOf(String source, JsonNode canonical) {
        return sources.namespaceOf(source, canonical);
    }

    /**
     * The same of one that its source may bring.
     *
     * @throws ProblemException {@code namespace-not-of-source}
     */
    String namespaceOf(Submission submission) {
        return sources.namespaceOf(submission);
    }

    private Taken rejected(Submission submission, SourceSettings source, List<Problem> problems) {
        if (submission.isAnsweredAtOnce() && !ledger.<Boolean>read(tx -> Shadow.isOn(tx, submission))) {
            return ledger.<Optional<Taken>>read(tx -> new Before(tx, submission).taken(source))
                    .orElseGet(() -> new Taken(Taken.Result.REJECTED, null, submission.orderId(), problems));
        }
        return ledger.commit(tx -> new Rejection(tx, submission, source).keep(problems));
    }

    /** Keeps a document that is no order: as a rejected order when its number can be read, with an exception for a person. */
    public Taken reject(Submission submission, @Nullable Named order, List<Problem> problems) {
        SourceSettings source = sources.get(submission.source());
        return ledger.commit(tx -> new Rejection(tx, submission, source).keepUnmapped(order, problems));
    }
}
