package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
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
        this.tx = tx;
        this.checking = checking;
        this.submission = submission;
        this.source = source;
        this.gate = new Gate(switches, submission, source);
    }

    /** Answers a key that is known as before; else takes a new order in, or has {@link Readmission} take what is said anew of a known one. */
    Taken admit(Draft draft) {
        Optional<Taken> answered = answeredBefore(draft);
        if (answered.isPresent()) {
            return answered.get();
        }
        Taken taken = draft.lock(tx)
                .map(known -> new Readmission(tx, checking, submission, source, gate).of(known, draft))
                .orElseGet(() -> accept(draft));
        remember(taken);
        boolean mayAnswer = submission.origin() != null || taken.result() != Result.ACCEPTED;
        if (taken.isIn() && mayAnswer) {
            Rejection.answered(tx, submission, draft.lock(tx).orElseThrow());
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

    private static Taken refused(@Nullable String orderUid, Draft draft, Problem problem) {
        return new Taken(Result.CONFLICT, orderUid, draft.given().orderId(), List.of(problem));
    }
}
