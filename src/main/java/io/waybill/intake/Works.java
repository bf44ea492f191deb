package io.waybill.intake;

import io.waybill.intake.Intake.Door;
import io.waybill.intake.Together.Work;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.function.Function;

/** What is to be done with each of several documents that came together: checked here, decided in their transaction. */
record Works(Sources sources, Checking checking) {
    /**
     * What to do with one of them. Everything that is wrong with it is in the answer.
     *
     * @throws ProblemException {@code unknown-source}
     */
    Work of(Arrival arrival) {
        return work(arrival, sources.get(arrival.submission().source())).of(arrival.change());
    }

    private Work work(Arrival arrival, SourceSettings source) {
        Door door = arrival.door();
        Taken skipped = arrival.skipped();
        if (skipped != null) {
            return new Work(tx -> skipped, null, null, true);
        }
        if (!arrival.problems().isEmpty()) {
            return unmapped(arrival, source);
        }
        return door == null ? order(arrival.submission(), source) : beside(arrival.submission(), source, door);
    }

    private static Work unmapped(Arrival arrival, SourceSettings source) {
        Submission submission = arrival.submission();
        Named order = arrival.order();
        String number = submission.orderId();
        return new Work(
                tx -> new Rejection(tx, submission, source).keepUnmapped(order, arrival.problems()),
                null,
                number == null && order != null ? order.orderId() : number,
                arrival.door() != null);
    }

    private Work order(Submission submission, SourceSettings source) {
        try {
            Draft draft = checking.draft(submission, source);
            Function<Tx, Taken> admission = checking.admission(submission, source, draft);
            return new Work(
                    tx -> orRejected(tx, submission, source, admission),
                    draft.asNew(submission),
                    submission.orderId(),
                    false);
        } catch (ProblemException e) {
            return new Work(
                    tx -> new Rejection(tx, submission, source).keep(e.problems()), null, submission.orderId(), false);
        }
    }

    /** What it says of an order that was packed may be wrong only beside what was packed; nothing of it is written when that is seen. */
    private static Taken orRejected(
            Tx tx, Submission submission, SourceSettings source, Function<Tx, Taken> admission) {
        try {
            return admission.apply(tx);
        } catch (ProblemException e) {
            return new Rejection(tx, submission, source).keep(submission.sourced(e.problems()));
        }
    }

    private static Work beside(Submission submission, SourceSettings source, Door door) {
        return new Work(admission(submission, source, door), null, submission.orderId(), true);
    }

    private static Function<Tx, Taken> admission(Submission submission, SourceSettings source, Door door) {
        try {
            return Shadow.unless(submission, door.work(submission));
        } catch (ProblemException e) {
            List<Problem> problems = submission.sourced(e.problems());
            return tx -> new Rejection(tx, submission, source).keepBeside(submission.orderId(), problems);
        }
    }
}
