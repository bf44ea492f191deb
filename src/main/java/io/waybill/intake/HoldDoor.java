package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.function.Function;

/**
 * The door for documents that let an order wait: those a mapping's {@code hold} names. An order that is in and not bought says
 * {@code release: hold} from then on, until a document of it is taken in again or a person lets it go. Of one that is being bought, or
 * has its label and is not delivered, a person is told, and who hands it over; any other is none of ours.
 */
public final class HoldDoor implements Intake.Door {
    private final Intake intake;
    private final boolean tellsOfSold;

    /** @param tellsOfSold false where a system says the same of orders that were sent with a label of ours */
    public HoldDoor(Intake intake, boolean tellsOfSold) {
        this.intake = intake;
        this.tellsOfSold = tellsOfSold;
    }

    @Override
    public Function<Tx, Taken> work(Submission submission) {
        String orderId = submission.orderId();
        if (orderId == null) { // nothing can be called that
            return tx -> skipped(submission);
        }
        String namespace = intake.namespaceOf(submission);
        if (submission.isMisnamed()) {
            return tx -> skipped(submission);
        }
        return tx -> tx.orders()
                .lock(namespace, orderId)
                .filter(order -> order.cancelledAt() == null)
                .map(order -> hold(tx, submission, order))
                .orElseGet(() -> skipped(submission));
    }

    private static Taken skipped(Submission submission) {
        Problem why = Problem.of(IntakeCode.SKIPPED, "reason", String.valueOf(submission.callsOff()));
        return new Taken(Result.SKIPPED, null, submission.orderId(), List.of(why));
    }

    private Taken hold(Tx tx, Submission submission, OrderRow order) {
        List<ShipmentRow> live = tx.shipments().lock(order.id()).stream()
                .filter(row -> !row.state().isOver())
                .toList();
        if (live.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            return beingBought(tx, submission, order, live);
        }
        if (!live.isEmpty() && live.stream().allMatch(row -> row.state().isOpenForChange())) {
            return letWait(tx, submission, order);
        }
        return tellsOfSold && live.stream().anyMatch(row -> row.state().isSold() && !row.isDelivered())
                ? tooLate(tx, submission, order)
                : skipped(submission);
    }

    private static Taken tooLate(Tx tx, Submission submission, OrderRow order) {
        Problem late = Problem.of(
                IntakeCode.TAKEN_BACK_LATE,
                "orderId",
                order.orderId(),
                "reason",
                String.valueOf(submission.callsOff()));
        LateChange.tell(tx, submission, order, List.of(late));
        return Taken.of(Result.CONFLICT, order, late);
    }

    /** Nobody knows yet whether it goes on: it may be bought again. */
    private static Taken beingBought(Tx tx, Submission submission, OrderRow order, List<ShipmentRow> live) {
        Taken late = Taken.of(Result.CONFLICT, order, LateChange.beingBought(submission, order.orderId(), live));
        LateChange.tell(tx, submission, late);
        return late;
    }

    private Taken letWait(Tx tx, Submission submission, OrderRow order) {
        try {
            Taken held = intake.hold(tx, submission, order);
            if (held.isIn()) {
                intake.answered(tx, submission, order);
            }
            return held;
        } catch (ProblemException e) {
            return intake.keepBeside(tx, submission, order.orderId(), e.problems());
        }
    }
}
