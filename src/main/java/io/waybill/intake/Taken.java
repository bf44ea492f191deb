package io.waybill.intake;

import io.waybill.ledger.OrderRow;
import io.waybill.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of taking a document in.
 *
 * @param orderUid hub id of the order it is about, or null when there is none
 * @param orderId the customer's number as far as it could be read
 * @param problems why it was not taken, empty otherwise
 */
public record Taken(
        Result result, @Nullable String orderUid, @Nullable String orderId, List<Problem> problems) {

    public enum Result {
        /** New, durable. */
        ACCEPTED,
        /** Known already, nothing changed. */
        DUPLICATE,
        /** Known with other content and not bought yet: now a new revision. */
        REPLACED,
        /** Known and frozen: bought, being bought, cancelled. */
        CONFLICT,
        /** Cannot be an order as it is. */
        REJECTED,
        /** Calls off an order that never came. */
        SKIPPED,
        /** Came by a source that is only looked at: compared, and nothing more. */
        SHADOWED
    }

    /** @param why it was not taken; none where it was */
    static Taken of(Result result, OrderRow order, Problem... why) {
        return new Taken(result, order.id(), order.orderId(), List.of(why));
    }

    /** Accepted, replaced or known: the source need not send it again. */
    public boolean isIn() {
        return result == Result.ACCEPTED || result == Result.DUPLICATE || result == Result.REPLACED;
    }
}
