package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.FieldChange;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;

/** A document for an order that is known: the same again, a change that is taken, or one that is not. */
final class Readmission {
    private final Tx tx;
    private final Submission submission;
    private final SourceSettings source;
    private final Gate gate;
    private final Before before;
    private final Revising revising;
    private final Holding holding;

    Readmission(Tx tx, Checking checking, Submission submission, SourceSettings source, Gate gate) {
        this.tx = tx;
        this.submission = submission;
        this.source = source;
        this.gate = gate;
        this.before = new Before(tx, submission);
        this.revising = new Revising(tx, checking.planner(), submission, source);
        this.holding = new Holding(tx, checking, submission, revising);
    }

    Taken of(OrderRow known, Draft draft) {
        Optional<Problem> repeated = new Repeated(tx, submission).of(known);
        if (repeated.isPresent()) {
            return Taken.of(Result.SKIPPED, known, repeated.get());
        }
        List<ShipmentRow> shipments = before.counted(known);
        Optional<Problem> over = over(known, shipments);
        if (over.isPresent()) {
            return Taken.of(Result.CONFLICT, known, over.get());
        }
        if (known.cancelledAt() == null && !shipments.isEmpty() && before.isSame(known, draft.canonical())) {
            new OtherNames(tx, submission).learn(known, draft.effective());
            return holding.letGo(draft.lock(tx).orElseThrow(), shipments).orElseGet(() -> asBought(known, shipments));
        }
        return unchangeable(known, shipments, draft)
                .or(() -> gate.refuse(tx, draft.effective()))
                .map(problem -> Taken.of(Result.CONFLICT, known, problem))
                .orElseGet(() -> revising.of(known, shipments, draft));
    }

    private Taken asBought(OrderRow known, List<ShipmentRow> shipments) {
        LateChange.letGo(tx, submission, shipments);
        return Taken.of(Result.DUPLICATE, known);
    }

    /** Why nothing is taken for it any more, whatever a document says. */
    private Optional<Problem> over(OrderRow known, List<ShipmentRow> shipments) {
        if (known.cancelledAt() != null && !submission.reopen() && !StoppedSheet.opens(tx, submission, known)) {
            return Optional.of(Problem.of(OrderCode.ORDER_CANCELLED, "orderId", known.orderId()));
        }
        return shipments.stream().anyMatch(Readmission::isBoughtHere)
                ? Optional.empty()
                : Elsewhere.problem(tx, known.orderId(), shipments);
    }

    private static boolean isBoughtHere(ShipmentRow row) {
        return !row.imported() && row.state().isSold() && row.state() != ShipmentState.VOIDED;
    }

    /** Why it stays as it is, though a document says something else. */
    private Optional<Problem> unchangeable(OrderRow known, List<ShipmentRow> shipments, Draft draft) {
        if (shipments.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            return Optional.of(LateChange.beingBought(submission, known.orderId(), shipments));
        }
        if (shipments.stream().anyMatch(row -> freezes(known, row))) {
            return Optional.of(differs(OrderCode.ORDER_CONTENT_DIFFERS, known, draft));
        }
        return submission.isEdit() || shipments.isEmpty() || known.cancelledAt() != null
                ? Optional.empty()
                : unwanted(known).map(code -> differs(code, known, draft));
    }

    /**
     * A label was sold under this content. Once it is given back a person may still correct what the next one shall say, and a
     * cancelled order that is opened again begins anew.
     */
    private boolean freezes(OrderRow known, ShipmentRow shipment) {
        boolean over = shipment.state() == ShipmentState.VOIDED && (submission.isEdit() || known.cancelledAt() != null);
        return shipment.state().isSold() && !over;
    }

    /** By the wish of the caller or of the source, though nothing of it is bought. What its own source took back begins anew. */
    private Optional<Code> unwanted(OrderRow known) {
        if (submission.onlyNew()) {
            return Optional.of(IntakeCode.ORDER_KNOWN);
        }
        return source.onChange().equals("conflict") && !isTakenBack(known)
                ? Optional.of(IntakeCode.CHANGE_NOT_TAKEN)
                : Optional.empty();
    }

    private boolean isTakenBack(OrderRow known) {
        return TakenBack.of(tx, known).isPresent()
                && tx.revisions().contentSource(known).equals(submission.source());
    }

    private static Problem differs(Code code, OrderRow known, Draft draft) {
        String fields = FieldChange.told(Content.diff(Json.kept(known.content()), draft.canonical()));
        return Problem.of(code, "orderId", known.orderId(), "fields", fields, "id", known.id());
    }
}
