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
 * {@code release: hold} from then on, until a document of it is taken in again or a person lets it go. Any other is none of ours.
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
        String namespace = intake.namespaceOf(submission.source(), submission.canonical());
        return tx -> tx.orders()
                .lock(namespace, orderId)
                .filter(order -> canStillWait(tx, order))
                .map(order -> hold(tx, submission, order))
                .orElseGet(() -> skipped(submission));
    }

    private static Taken skipped(Submission submission) {
        Problem why = Problem.of(IntakeCode.SKIPPED, "reason", String.valueOf(submission.callsOff()));
        return new Taken(Result.SKIPPED, null, submission.orderId(), List.of(why));
    }

    private static boolean canStillWait(Tx tx, OrderRow order) {
        List<ShipmentRow> shipments = tx.shipments().lock(order.id());
        return order.cancelledAt() == null
                && shipments.stream().anyMatch(row -> !row.state().isOver())
                && Desk.isAllOpenForChange(shipments);
    }

    private Taken hold(Tx tx, Submission submission, OrderRow order) {
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
