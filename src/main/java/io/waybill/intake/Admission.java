package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Fact;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.RevisionBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** T0: one transaction that takes one checked document in, or says why not. */
final class Admission {
    private final Tx tx;
    private final Checking checking;
    private final Submission submission;
    private final SourceSettings source;
    private final Gate gate;

    /** @param switches what is switched, as this transaction sees it */
    Admission(Tx tx, Checking checking, Submission submission, SourceSettings source, Switches switches) {
        this.gate = new Gate(switches, submission, source);
        this.tx = tx;
        this.checking = checking;
        this.submission = submission;
        this.source = source;
    }

    Taken admit(Draft draft) {
        Optional<Taken> answered = answeredBefore(draft);
        if (answered.isPresent()) {
            return answered.get();
        }
        Order order = draft.effective();
        Taken taken = tx.orders()
                .lock(String.valueOf(order.namespace()), order.orderId())
                .map(known -> again(known, draft))
                .orElseGet(() -> accept(draft));
        remember(taken);
        boolean mayAnswer = submission.origin() != null || taken.result() != Result.ACCEPTED;
        if (taken.isIn() && mayAnswer) {
            Rejection.answered(tx, submission, locked(draft));
        }
        return taken;
    }

    private Optional<Taken> answeredBefore(Draft draft) {
        if (submission.idempotencyKey() == null) {
            return Optional.empty();
        }
        return tx.inbox().find(submission.source(), submission.idempotencyKey()).map(entry -> {
            if (!entry.bodySha256().equals(submission.bodySha256())) {
                return refused(
                        entry.orderUid(),
                        draft,
                        Problem.of(OrderCode.IDEMPOTENCY_KEY_REUSED, "key", submission.idempotencyKey()));
            }
            return new Taken(Result.DUPLICATE, entry.orderUid(), draft.given().orderId(), List.of());
        });
    }

    private void remember(Taken taken) {
        if (submission.idempotencyKey() != null && taken.isIn()) {
            tx.inbox()
                    .put(
                            submission.source(),
                            submission.idempotencyKey(),
                            new InboxBook.Entry(
                                    submission.bodySha256(),
                                    taken.orderUid(),
                                    taken.result().name(),
                                    null));
        }
    }

    private Taken accept(Draft draft) {
        Optional<Problem> closed = gate.refuse(tx, draft.effective());
        if (closed.isPresent()) {
            return refused(null, draft, closed.get());
        }
        Optional<Problem> limit = limit(draft.effective(), draft.plan());
        if (limit.isPresent() && submission.isAnsweredAtOnce()) {
            return refused(null, draft, limit.get());
        }
        NewOrder order = draft.asNew(submission);
        NewOrder.write(tx, List.of(order), Map.of());
        NewOrder.announce(tx, List.of(order));
        return new Taken(Result.ACCEPTED, order.id(), draft.given().orderId(), List.of());
    }

    /** A limit this order would break at once. One that slips through here is held by the purchase. */
    private Optional<Problem> limit(Order order, Plan plan) {
        return plan.state() == ShipmentState.HELD
                ? Optional.empty()
                : checking.spending()
                        .exhausted(
                                tx,
                                submission.source(),
                                String.valueOf(order.namespace()),
                                order.parcels().size());
    }

    private Taken again(OrderRow known, Draft draft) {
        Before before = new Before(tx, submission);
        List<ShipmentRow> shipments = before.counted(known);
        Optional<Problem> repeated = new Repeated(tx, submission).of(known);
        if (repeated.isPresent()) {
            return new Taken(Result.SKIPPED, known.id(), known.orderId(), List.of(repeated.get()));
        }
        if (known.cancelledAt() != null && !submission.reopen() && !StoppedSheet.opens(tx, submission, known)) {
            return refused(known.id(), draft, Problem.of(OrderCode.ORDER_CANCELLED, "orderId", known.orderId()));
        }
        Optional<Problem> elsewhere = Elsewhere.problem(tx, known.orderId(), shipments);
        if (elsewhere.isPresent() && shipments.stream().noneMatch(Admission::isBoughtHere)) {
            return refused(known.id(), draft, elsewhere.get());
        }
        if (known.cancelledAt() == null && !shipments.isEmpty() && before.isSame(known, draft.canonical())) {
            new OtherNames(tx, submission).learn(known, draft.effective());
            return letGo(locked(draft), shipments)
                    .orElseGet(() -> new Taken(Result.DUPLICATE, known.id(), known.orderId(), List.of()));
        }
        if (shipments.stream().anyMatch(shipment -> shipment.state().isOpenPurchase())) {
            boolean review = shipments.stream().anyMatch(row -> row.state() == ShipmentState.REVIEW);
            return beingBought(known, draft, review);
        }
        if (shipments.stream().anyMatch(shipment -> freezes(known, shipment))) {
            return refused(known.id(), draft, differs(OrderCode.ORDER_CONTENT_DIFFERS, known, draft));
        }
        if (!submission.isEdit() && !shipments.isEmpty() && known.cancelledAt() == null) {
            Optional<Code> unchangeable = unchangeable(known);
            if (unchangeable.isPresent()) {
                return refused(known.id(), draft, differs(unchangeable.get(), known, draft));
            }
        }
        Optional<Problem> closed = gate.refuse(tx, draft.effective());
        return closed.isPresent() ? refused(known.id(), draft, closed.get()) : replace(known, shipments, draft);
    }

    /** It waits from now on, unless it does by its system's word already: then a person may have let it go. */
    Taken hold(OrderRow known) {
        Optional<Problem> repeated = new Repeated(tx, submission).of(known);
        if (repeated.isPresent()) {
            return new Taken(Result.SKIPPED, known.id(), known.orderId(), List.of(repeated.get()));
        }
        if (TakenBack.of(tx, known).isPresent()) {
            return new Taken(Result.DUPLICATE, known.id(), known.orderId(), List.of());
        }
        Draft waits = checking.known(tx, known, TakenBack.waiting(known), RevisionBook.HOLD);
        return replace(known, new Before(tx, submission).counted(known), waits);
    }

    /** One that its system took back comes again: it goes on as it was, where it waits still. */
    private Optional<Taken> letGo(OrderRow known, List<ShipmentRow> shipments) {
        return submission.isEdit() || !isAllOpenForChange(shipments)
                ? Optional.empty()
                : TakenBack.of(tx, known)
                        .map(content -> checking.known(tx, known, content, RevisionBook.LET_GO))
                        .map(again -> replace(known, shipments, again));
    }

    private static boolean isAllOpenForChange(List<ShipmentRow> shipments) {
        return shipments.stream()
                .filter(row -> !row.state().isOver())
                .allMatch(row -> row.state().isOpenForChange());
    }

    /** Why what is known stays as it is, though nothing of it is bought. What its own source took back begins anew. */
    private Optional<Code> unchangeable(OrderRow known) {
        return submission.onlyNew()
                ? Optional.of(IntakeCode.ORDER_KNOWN)
                : Optional.<Code>of(IntakeCode.CHANGE_NOT_TAKEN)
                        .filter(code -> source.onChange().equals("conflict") && !isTakenBack(known));
    }

    private boolean isTakenBack(OrderRow known) {
        return TakenBack.of(tx, known).isPresent()
                && tx.revisions().contentSource(known).equals(submission.source());
    }

    private static boolean isBoughtHere(ShipmentRow row) {
        return !row.imported() && row.state().isSold() && row.state() != ShipmentState.VOIDED;
    }

    /**
     * A label was sold under this content. Once it is given back a person may still correct what the next one shall say, and a
     * cancelled order that is opened again begins anew.
     */
    private boolean freezes(OrderRow known, ShipmentRow shipment) {
        boolean over = shipment.state() == ShipmentState.VOIDED && (submission.isEdit() || known.cancelledAt() != null);
        return shipment.state().isSold() && !over;
    }

    private Taken replace(OrderRow known, List<ShipmentRow> shipments, Draft draft) {
        Optional<ShipmentRow> live =
                shipments.stream().filter(Admission::goesOn).findFirst();
        boolean givenBack = live.isEmpty() && !shipments.isEmpty() && known.cancelledAt() == null;
        String packed = live.or(() -> shipments.stream().findFirst())
                .map(ShipmentRow::parcels)
                .orElse(null);
        boolean packedCounts = packed != null && Packed.counts(known, draft);
        Order said = Packed.said(draft, source, packed, packedCounts);
        Order effective = new OtherNames(tx, submission).keep(known, said);
        Order asked = live.map(shipment -> Stored.asked(shipment, effective, packedCounts))
                .orElse(effective);
        Plan plan = checking.planner().plan(asked, packedCounts ? packed : null, false);
        if (live.isPresent()
                && !(lookAnew(tx, shipments, live.get()) && Pieces.join(tx, live.get()) && restart(live.get(), plan))) {
            return beingBought(known, draft, false);
        }
        tx.orders().revise(known, draft.revision(submission, effective));
        JsonNode changes = Stored.tree(Content.diff(Json.kept(known.content()), draft.canonical()));
        if (givenBack) {
            tx.exceptions()
                    .closeBy(
                            Fact.REVISED,
                            shipments.stream().map(ShipmentRow::id).toList());
            tell(locked(draft), null, new Start(submission, plan), changes);
        } else {
            String shipment = live.map(ShipmentRow::id)
                    .orElseGet(() -> tx.plans().begin(known.id(), next(known), "order", null, plan));
            tx.exceptions().closeBy(Fact.REVISED, shipment);
            tellStart(locked(draft), shipment, plan, changes);
        }
        return new Taken(Result.REPLACED, known.id(), known.orderId(), List.of());
    }

    /** It is bought by what the order says now: not what was given back, nor a further label that was cancelled with it. */
    private static boolean goesOn(ShipmentRow shipment) {
        boolean over = shipment.state() == ShipmentState.CANCELLED && shipment.isFurther();
        return shipment.state() != ShipmentState.VOIDED && !over;
    }

    /** What was given back elsewhere keeps its place. */
    private int next(OrderRow known) {
        return 1
                + tx.shipments().of(known.id()).stream()
                        .mapToInt(ShipmentRow::seq)
                        .max()
                        .orElse(0);
    }

    /** What else of the order may be bought says its new content too. False when a buyer took one of them since we looked. */
    static boolean lookAnew(Tx tx, List<ShipmentRow> shipments, ShipmentRow live) {
        return shipments.stream()
                .filter(row -> !row.id().equals(live.id()))
                .filter(row -> row.state() == ShipmentState.READY || row.state() == ShipmentState.CHOOSING)
                .allMatch(row -> tx.shipments().lookAnew(row));
    }

    /** False when a buyer took the shipment since we looked: buyers do not lock the order. */
    private boolean restart(ShipmentRow row, Plan plan) {
        return row.state() == ShipmentState.CANCELLED
                ? tx.plans().uncancel(row, plan)
                : tx.plans().beginAgain(row, plan);
    }

    private Taken beingBought(OrderRow known, Draft draft, boolean review) {
        return refused(known.id(), draft, LateChange.beingBought(submission, known.orderId(), review));
    }

    private void tellStart(OrderRow order, String shipment, Plan plan, JsonNode changes) {
        Start start = new Start(submission, plan);
        tell(order, shipment, start, changes);
        tx.events().emit(start.news(order, shipment).toList());
    }

    private void tell(OrderRow order, @Nullable String shipment, Start start, JsonNode changes) {
        ObjectNode detail = start.detail(order.revision());
        detail.set("changes", changes);
        tx.story().tell(order.id(), shipment, "revised", submission.actor(), detail.toString());
    }

    private OrderRow locked(Draft draft) {
        Order order = draft.effective();
        return tx.orders()
                .lock(String.valueOf(order.namespace()), order.orderId())
                .orElseThrow();
    }

    private static Problem differs(Code code, OrderRow known, Draft draft) {
        String fields = Content.diff(Json.kept(known.content()), draft.canonical()).stream()
                .map(change -> change.pointer())
                .limit(20)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return Problem.of(code, "orderId", known.orderId(), "fields", fields);
    }

    private static Taken refused(@Nullable String orderUid, Draft draft, Problem problem) {
        return new Taken(Result.CONFLICT, orderUid, draft.given().orderId(), List.of(problem));
    }
}
