package io.waybill.intake;

import io.waybill.intake.Intake.Door;
import io.waybill.ledger.NewestBook;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document and who takes it in.
 *
 * @param problems why it is none of ours, as its mapping says; none when nothing is known against it
 * @param order the one it would be in spite of these; null where nobody can read that, and without any
 * @param door what it is admitted by; null for an order
 * @param skipped what is said of it where it is none of ours; null for all others
 * @param change of what it is taken in only when that is not older than what was; null where that does not matter
 */
record Arrival(
        Submission submission,
        List<Problem> problems,
        @Nullable Named order,
        @Nullable Door door,
        @Nullable Taken skipped,
        NewestBook.@Nullable Change change) {

    Arrival(Submission submission, List<Problem> problems, @Nullable Door door) {
        this(submission, problems, null, door, null, null);
    }
}
