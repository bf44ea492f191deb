package io.waybill.batch;

import io.waybill.batch.Uploads.Received;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Optional;

/** What was looked at is bought: at once, or after another look where its prices are old. */
record Committing(Freshness freshness) {

    /**
     * Of a batch whose row is locked; asked for once more, answers the same.
     *
     * @throws ProblemException why it cannot be bought, or not so
     */
    Received commit(Tx tx, BatchRow row, Wish wish, String by) {
        Stop.requireEnd(row);
        if (isAsked(row)) {
            return new Received(row, true);
        }
        refusal(row).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return new Received(buy(tx, row, wish, by), false);
    }

    private static boolean isAsked(BatchRow row) {
        return switch (row.state()) {
            case "TAKING", "DONE" -> true;
            case "CHECKING" -> row.wish() != null;
            default -> false;
        };
    }

    private static Optional<Problem> refusal(BatchRow row) {
        return switch (row.state()) {
            case "FAILED" -> Optional.of(Problem.of(BatchCode.BATCH_FAILED, "id", row.id()));
            case "CHECKING" -> Optional.of(Problem.of(BatchCode.BATCH_NOT_CHECKED, "id", row.id(), "seconds", 2));
            case "STOPPED" ->
                Optional.of(Problem.of(BatchCode.BATCH_STOPPED, "id", row.id())).filter(problem -> !Stop.isOfLook(row));
            default -> Optional.empty();
        };
    }

    private BatchRow buy(Tx tx, BatchRow row, Wish wish, String by) {
        if (freshness.of(tx, row)) {
            Estimate.of(tx.looks().sums(row.id())).refuses(wish).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            tx.batches().take(row.id(), wish);
        } else {
            tx.batches().check(row.id(), wish);
        }
        String most =
                wish.maxAmount() == null ? "" : " at most " + wish.maxAmount().toPlainString();
        tx.audit().record(by, "batch.committed", row.id(), row.namespace(), wish.rows() + most);
        return tx.batches().find(row.id(), Namespaces.ALL).orElseThrow();
    }
}
