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
 * {@code release: hold} from then on, until a document of it is taken in again or a person lets it go. Of one that is being bought a
 * person is told, and who hands it over; any other is none of ours.
 */
public final class HoldDoor implements Intake.Door {
    private final Intake intake;

    public HoldDoor(Intake intake) {
        this.intake = intake;
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
        return live.isEmpty() || !live.stream().allMatch(row -> row.state().isOpenForChange())
                ? skipped(submission)
                : letWait(tx, submission, order);
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
