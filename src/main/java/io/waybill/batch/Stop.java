package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;

/** The rules of stopping: what of a batch can be stopped, what says that it is, and what then waits for the end of that. */
final class Stop {
    private Stop() {}

    /**
     * Marks a batch whose row is locked; asked for once more, says so.
     *
     * @throws ProblemException {@code batch-not-running} when nothing of it is under way
     */
    static Uploads.Received begin(Tx tx, BatchRow row, String by) {
        if (row.isStopped()) {
            return new Uploads.Received(row, true);
        }
        if (!isRunning(tx, row)) {
            throw new ProblemException(Problem.of(BatchCode.BATCH_NOT_RUNNING, "id", row.id()));
        }
        Problem mark = Problem.of(BatchCode.BATCH_STOPPED_BY, "by", by);
        List<Problem> problems = Stream.concat(Stream.of(mark), Outcomes.problems(row.problems()).stream())
                .toList();
        tx.batches().stopping(row.id(), Outcomes.json(problems));
        tx.audit().record(by, "batch.stopped", row.id(), row.namespace(), null);
        return new Uploads.Received(tx.batches().find(row.id(), Namespaces.ALL).orElseThrow(), false);
    }

    /** It is worked on, or what it has taken in is still to be bought. */
    private static boolean isRunning(Tx tx, BatchRow row) {
        return switch (row.state()) {
            case "CHECKING", "TAKING" -> true;
            case "CHECKED" -> false;
            default ->
                row.askedAt() != null
                        && tx.files()
                                .of(row.source(), row.fileSha256())
                                .filter(file -> tx.stopped().isUnderWay(file.id(), row.scope()))
                                .isPresent();
        };
    }

    /** Who stopped it; empty where nobody has. */
    static String by(BatchRow batch) {
        return Outcomes.problems(batch.problems()).stream()
                .filter(problem -> problem.code().equals(BatchCode.BATCH_STOPPED_BY.code()))
                .map(problem -> problem.values().getOrDefault("by", ""))
                .findFirst()
                .orElse("");
    }

    /** A look that was stopped, of which nothing was bought. */
    static boolean isOfLook(BatchRow row) {
        return row.state().equals("STOPPED") && row.askedAt() == null;
    }

    /** @throws ProblemException {@code batch-stopping} until it has ended */
    static void requireEnd(BatchRow row) {
        if (row.state().equals("STOPPING")) {
            throw new ProblemException(Problem.of(BatchCode.BATCH_STOPPING, "id", row.id(), "seconds", 5));
        }
    }

    /** Read before each part of the work on it: the stop may have been asked for at another node, and even have been ended there. */
    static boolean isWanted(Ledger ledger, BatchRow row) {
        return ledger.read(tx -> tx.batches().find(row.id(), Namespaces.ALL))
                .filter(now -> now.node().equals(row.node()) && !now.isStopped())
                .isPresent();
    }
}
