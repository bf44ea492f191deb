package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door for documents that call an order off: those a mapping's {@code cancel} names. An order without a label is cancelled;
 * of one that has a label, or is being bought, a person is told, and what of it is not bought is bought no more; of one that
 * had a label only where that is news. What a log says late, or again, calls off nothing that it said since.
 */
public final class CancelDoor implements Intake.Door {
    private final Intake intake;
    private final boolean tellsOfSold;

    /** @param tellsOfSold false where a system says the same of orders that were sent with a label of ours */
    public CancelDoor(Intake intake, boolean tellsOfSold) {
        this.intake = intake;
        this.tellsOfSold = tellsOfSold;
    }

    @Override
    public Function<Tx, Taken> work(Submission submission) {
        String orderId = submission.orderId();
        if (orderId == null) { // nothing can be called that, and no table can keep it
            String said = submission.canonical().path("orderId").asText();
            return tx -> neverCame(null, said);
        }
        String namespace = intake.namespaceOf(submission);
        if (submission.isMisnamed()) {
            return tx -> neverCame(orderId, orderId);
        }
        return tx -> tx.orders()
                .lock(namespace, orderId)
                .map(order -> cancel(tx, submission, order))
                .orElseGet(() -> neverCame(orderId, orderId));
    }

    private static Taken neverCame(@Nullable String orderId, String said) {
        Problem why = Problem.of(IntakeCode.CANCELLED_UNKNOWN, "orderId", said);
        return new Taken(Result.SKIPPED, null, orderId, List.of(why));
    }

    /** Shops say of what came back, long after it was delivered, that it is refunded. */
    private static boolean canStillStop(ShipmentRow shipment) {
        return !shipment.state().isOver() && !shipment.word().equals("delivered");
    }

    private Taken cancel(Tx tx, Submission submission, OrderRow order) {
        List<ShipmentRow> shipments = tx.shipments().lock(order.id());
        boolean live = shipments.isEmpty() || shipments.stream().anyMatch(CancelDoor::canStillStop);
        boolean byUs =
                !tellsOfSold && shipments.stream().anyMatch(each -> each.state().isSold());
        if (order.cancelledAt() != null || !live || byUs) {
            StoppedSheet.meant(tx, order, submission.actor());
            return Taken.of(Result.DUPLICATE, order);
        }
        Optional<Problem> repeated = new Repeated(tx, submission).of(order);
        if (repeated.isPresent()) {
            return Taken.of(Result.SKIPPED, order, repeated.get());
        }
        try {
            Cancelling.all(tx, order, shipments, Cancelling.Cause.of(submission));
            intake.answered(tx, submission, order);
            return Taken.of(Result.ACCEPTED, order);
        } catch (ProblemException tooLate) {
            Problem told = tooLate.problems().get(0);
            boolean sold = told.code().equals("label-is-sold");
            Problem late = sold
                    ? Problem.of(IntakeCode.CANCELLED_LATE, "orderId", order.orderId())
                    : LateChange.beingBought(submission, order.orderId(), shipments);
            Cancelling.unsold(tx, order, shipments, submission.actor());
            LateChange.tell(tx, submission, order, List.of(late));
            return Taken.of(Result.CONFLICT, order, late);
        }
    }
}
