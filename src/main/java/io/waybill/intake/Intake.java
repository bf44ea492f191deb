package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.trace.Traces;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Orders orders;
    private final Sources sources;
    private final Planner planner;
    private final Spending spending;
    private final Originals originals;
    private final Runnable wake;
    private final NewOrders newOrders;

    /** One that keeps no originals. */
    public Intake(Ledger ledger, Orders orders, Sources sources, Chooser chooser, Spending spending, Runnable wake) {
        this(ledger, orders, sources, chooser, spending, Originals.NONE, wake);
    }

    /** @param wake called after a commit that may have made a shipment ready */
    public Intake(
            Ledger ledger,
            Orders orders,
            Sources sources,
            Chooser chooser,
            Spending spending,
            Originals originals,
            Runnable wake) {
        this.originals = originals;
        this.ledger = ledger;
        this.orders = orders;
        this.sources = sources;
        this.planner = new Planner(chooser);
        this.spending = spending;
        this.wake = wake;
        this.newOrders = new NewOrders(ledger, originals);
    }

    /**
     * Takes a document in.
     *
     * @throws ProblemException {@code unknown-source}; every other problem is in the answer
     */
    public Taken take(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        try {
            Draft draft = draft(submission, source);
            return taken(submission, draft)
                    .orElseGet(() -> commit(tx ->
                                    List.of(admission(submission, source, draft).apply(tx)))
                            .get(0));
        } catch (ProblemException e) {
            return rejected(submission, source, e.problems());
        }
    }

    /** With others, when nothing of it needs a look of its own. */
    private Optional<Taken> taken(Submission submission, Draft draft) {
        String namespace = String.valueOf(draft.effective().namespace());
        if (submission.origin() != null || spending.isLimited(submission.source(), namespace)) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        Optional<String> id = newOrders.take(draft.asNew(submission));
        if (id.isPresent()) {
            Traces.took(TAKEN, id.get(), System.nanoTime() - begun);
            Failpoint.AFTER_T0.here();
            wake.run();
        }
        return id.map(uid -> new Taken(Taken.Result.ACCEPTED, uid, draft.given().orderId(), List.of()));
    }

    /**
     * A document and who takes it in.
     *
     * @param problems why it is none of ours, as its mapping says; none when nothing is known against it
     * @param door what it is admitted by; null for an order
     */
    record Arrival(
            Submission submission,
            List<Problem> problems,
            @Nullable Door door) {}

    /** What is no order, and taken in beside them: packed parcels, scans, labels bought elsewhere. */
    public interface Door {
        /** Checked here, admitted in the transaction. @throws ProblemException with everything that is wrong */
        Function<Tx, Taken> work(Submission submission);
    }

    /** {@link #take} for several that came together, in one commit: all of them, or none. */
    List<Taken> takeAll(List<Arrival> arrivals) {
        return prepare(arrivals).get();
    }

    /** {@link #takeAll} in two steps: they are checked now, and committed when that is asked for. */
    Supplier<List<Taken>> prepare(List<Arrival> arrivals) {
        Together together =
                new Together(newOrders, arrivals.stream().map(this::work).toList());
        return () -> arrivals.isEmpty() ? List.of() : commit(together::on);
    }

    private Together.Work work(Arrival arrival) {
        Submission submission = arrival.submission();
        SourceSettings source = sources.get(submission.source());
        String number = orderId(submission.canonical());
        Door door = arrival.door();
        if (!arrival.problems().isEmpty()) {
            return new Together.Work(
                    tx -> keepRejected(tx, submission, source, arrival.problems()), null, number, door != null);
        }
        if (door != null) {
            return new Together.Work(work(submission, door, number), null, number, true);
        }
        try {
            Draft draft = draft(submission, source);
            return new Together.Work(admission(submission, source, draft), draft.asNew(submission), number, false);
        } catch (ProblemException e) {
            return new Together.Work(tx -> keepRejected(tx, submission, source, e.problems()), null, number, false);
        }
    }

    private Function<Tx, Taken> work(Submission submission, Door door, @Nullable String number) {
        try {
            return beside(submission, door.work(submission));
        } catch (ProblemException e) {
            return tx -> keepBeside(tx, submission, number, e.problems());
        }
    }

    /** What is no order does nothing either where its source is only looked at. */
    static Function<Tx, Taken> beside(Submission submission, Function<Tx, Taken> work) {
        return tx -> isShadow(tx, submission) ? Shadow.passed(submission) : work.apply(tx);
    }

    private static boolean isShadow(Tx tx, Submission submission) {
        return tx.rollout()
                .forDocuments(List.of(), List.of(submission.source()))
                .isShadow(submission.source());
    }

    /** Keeps what is no order, and cannot be taken in now, where a person sees it and can try it again. */
    public Taken keepBeside(Tx tx, Submission submission, @Nullable String orderId, List<Problem> problems) {
        if (isShadow(tx, submission)) {
            return Shadow.passed(submission);
        }
        return new Rejection(tx, submission, sources.get(submission.source())).keepBeside(orderId, problems);
    }

    /** Ends what was kept of a document that is taken in now. */
    public void answered(Tx tx, Submission submission, OrderRow order) {
        if (submission.origin() != null) {
            Rejection.answered(tx, submission, order);
        }
    }

    /** @throws ProblemException with every bad field; nothing is kept of it */
    Function<Tx, Taken> admission(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        return admission(submission, source, draft(submission, source));
    }

    /** Checked here, admitted in the transaction, or only looked at, as is switched in it. */
    private Function<Tx, Taken> admission(Submission submission, SourceSettings source, Draft draft) {
        return tx -> {
            String namespace = String.valueOf(draft.effective().namespace());
            Switches switches = tx.rollout().forDocuments(List.of(namespace), List.of(source.name()));
            if (switches.isShadow(source.name()) && !submission.isEdit()) {
                return new Shadow(tx, submission, namespace).keep(draft);
            }
            Taken admitted = new Admission(tx, planner, spending, submission, source, switches).admit(draft);
            if (!submission.isEdit() && isKept(admitted)) {
                originals.keep(tx, submission, admitted.orderUid());
            }
            LateChange.tell(tx, submission, admitted);
            return admitted;
        };
    }

    private static boolean isKept(Taken admitted) {
        return admitted.result() == Taken.Result.ACCEPTED || admitted.result() == Taken.Result.REPLACED;
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
     * @throws ProblemException with every bad field; why its channel would not take it
     */
    public Order preview(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        Draft draft = draft(submission, source);
        rehearse(admission(submission, source, draft)).problems().stream()
                .filter(Gate::isGate)
                .findFirst()
                .ifPresent(closed -> {
                    throw new ProblemException(closed);
                });
        return draft.effective();
    }

    /**
     * An order with what its source fills in, to be rated and not to be taken in.
     *
     * @throws ProblemException {@code unknown-source}, every bad field, {@code no-sender}, {@code missing-field} for a weight
     */
    public Order toRate(String source, JsonNode canonical) {
        SourceSettings settings = sources.get(source);
        Order order = Defaults.apply(orders.read(canonical), settings, null);
        List<Problem> missing = Missing.in(order.parcels()).stream()
                .map(pointer -> Problem.of(OrderCode.MISSING_FIELD, "field", pointer.substring(1))
                        .at(pointer))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
        return withSender(order, settings);
    }

    /** What today's rules would do with an order of {@link #toRate}. */
    public Choice choose(Order order) {
        return planner.choose(order);
    }

    private static Order withSender(Order order, SourceSettings source) {
        if (order.shipFrom() == null) {
            throw new ProblemException(
                    Problem.of(OrderCode.NO_SENDER, "name", source.name()).at("/shipFrom"));
        }
        return order;
    }

    /**
     * What {@link #take} would answer now: the document is taken in and, before anybody sees it, back again. Nothing stays.
     *
     * @throws ProblemException {@code unknown-source}; every other problem is in the answer
     */
    Rehearsed rehearse(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        Draft draft;
        try {
            draft = draft(submission, source);
        } catch (ProblemException e) {
            return new Rehearsed(
                    new Taken(Taken.Result.REJECTED, null, orderId(submission.canonical()), e.problems()), null, false);
        }
        boolean held = draft.plan().state() == ShipmentState.HELD;
        Taken taken = rehearse(admission(submission, source, draft));
        return new Rehearsed(taken, draft.effective(), held);
    }

    /** What some work would answer. */
    Taken rehearse(Function<Tx, Taken> work) {
        try {
            return ledger.commit(tx -> {
                throw new TakenBack(work.apply(tx));
            });
        } catch (TakenBack back) {
            return back.taken;
        }
    }

    /** @param order with the source's defaults; null when the document is none */
    record Rehearsed(Taken taken, @Nullable Order order, boolean held) {}

    /** Ends a transaction without a trace but its answer. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Taken taken;

        TakenBack(Taken taken) {
            super(null, null, false, false);
            this.taken = taken;
        }
    }

    /** The namespace a document of this source is for: its own, else the source's. */
    public String namespaceOf(String source, JsonNode canonical) {
        String own = canonical.path("namespace").asText("");
        return own.isBlank() ? sources.get(source).namespace() : own;
    }

    private Draft draft(Submission submission, SourceSettings source) {
        Order given = orders.read(submission.canonical());
        Order effective = withSender(Defaults.apply(given, source, null), source);
        return new Draft(given, effective, submission.canonical(), planner.plan(effective, null, false));
    }

    private Taken rejected(Submission submission, SourceSettings source, List<Problem> problems) {
        if (submission.isAnsweredAtOnce() && !ledger.<Boolean>read(tx -> isShadow(tx, submission))) {
            return new Taken(Taken.Result.REJECTED, null, orderId(submission.canonical()), problems);
        }
        return reject(submission, source, problems);
    }

    /** Keeps a document that is no order: as a rejected order when its number can be read, with an exception for a person. */
    public Taken reject(Submission submission, List<Problem> problems) {
        return reject(submission, sources.get(submission.source()), problems);
    }

    private Taken reject(Submission submission, SourceSettings source, List<Problem> problems) {
        return ledger.commit(tx -> keepRejected(tx, submission, source, problems));
    }

    private static Taken keepRejected(Tx tx, Submission submission, SourceSettings source, List<Problem> problems) {
        String orderId = orderId(submission.canonical());
        return isShadow(tx, submission)
                ? new Shadow(tx, submission, source.namespace()).keep(orderId, problems)
                : new Rejection(tx, submission, source).keep(orderId, problems);
    }

    private static @Nullable String orderId(JsonNode canonical) {
        JsonNode id = canonical.path("orderId");
        return id.isTextual() && !id.textValue().isBlank() && id.textValue().length() <= 200 ? id.textValue() : null;
    }

    /** A checked document: as it was given, with the source's defaults, and what its shipment starts as. */
    record Draft(Order given, Order effective, JsonNode canonical, Plan plan) {
        NewOrder asNew(Submission by) {
            return new NewOrder(revision(by, effective), new Start(by, plan));
        }

        Revision revision(Submission by, Order what) {
            JsonNode effectiveJson = new Orders().write(what);
            return new Revision(
                    String.valueOf(what.namespace()),
                    what.orderId(),
                    recipient(what),
                    what.reference(),
                    what.identifiers(),
                    canonical.toString(),
                    Content.hash(canonical),
                    effectiveJson.toString(),
                    String.valueOf(what.release()),
                    by.channel(),
                    by.source(),
                    by.mapping(),
                    by.mappingVersion(),
                    by.actor());
        }

        private static @Nullable String recipient(Order order) {
            String name = order.shipTo().name();
            return name == null || name.isEmpty() ? order.shipTo().company() : name;
        }
    }
}
