package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Brings batches that were stopped to their end. A file is its node's to end, and another's once that is gone; what is taken in of
 * it, every node's to call off.
 *
 * @param gone whether a node of a name is not to come back
 */
record StopWork(
        Ledger ledger,
        TakeWork taking,
        KeptFiles files,
        Stopping stopping,
        LeftBehind leftBehind,
        String node,
        Predicate<String> gone) {

    /** @return false when something of it is under way still */
    boolean end(BatchRow row) {
        boolean left = !row.node().equals(node) && gone.test(row.node());
        boolean mine = row.node().equals(node) || (left && files.isHere(row));
        if (row.askedAt() == null) {
            return (mine || left) && ended(row, List.of());
        }
        List<Problem> met = mine ? takeNoMore(row) : left ? takeNoMoreOfLeft(row) : List.of();
        boolean read = files.isTaken(row) || !met.isEmpty();
        boolean over =
                files.known(row).map(file -> stopping.callOff(row, file.id())).orElse(true);
        boolean ended = read && over && ended(row, met);
        if (files.isTaken(row) && mine) {
            files.discard(row);
        }
        return ended;
    }

    /** Another sheet of its source is still being called off: the same orders would be known, and be gone a moment later. */
    boolean isBefore(BatchRow row) {
        return ledger.read(tx -> tx.batches().open(node)).stream()
                .filter(other -> other.isStopped() && other.source().equals(row.source()) && other.askedAt() != null)
                .anyMatch(this::isCallingOff);
    }

    private boolean isCallingOff(BatchRow stopped) {
        return !files.isTaken(stopped)
                || files.known(stopped)
                        .filter(file -> stopping.isAtWork(stopped, file.id()))
                        .isPresent();
    }

    /** The rest of its file is gone through, so that each row of it has its word; answers what kept it from that. */
    private List<Problem> takeNoMore(BatchRow row) {
        try {
            taking.takeIn(row);
            return List.of();
        } catch (ProblemException e) {
            if (Batch.isInWork(e)) {
                throw e;
            }
            Problem why = e.problems().get(0);
            if (why.code().equals(BatchCode.BATCH_FILE_GONE.code())) {
                leftBehind.end(row, why);
            }
            return e.problems();
        }
    }

    /** The same without the file. While somebody else has it in work nothing of it is ended here. */
    private List<Problem> takeNoMoreOfLeft(BatchRow row) {
        try {
            if (!files.isTaken(row)) {
                leftBehind.end(row, Problem.of(BatchCode.BATCH_NODE_GONE, "node", row.node()));
            }
            return List.of();
        } catch (ProblemException e) {
            return Batch.isInWork(e) ? List.of() : e.problems();
        }
    }

    private boolean ended(BatchRow row, List<Problem> met) {
        List<Problem> ofFile = row.askedAt() == null
                ? List.of()
                : files.known(row)
                        .map(FileRow::problems)
                        .map(Outcomes::problems)
                        .orElse(List.of());
        List<Problem> all = Stream.of(Outcomes.problems(row.problems()), ofFile, met)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return ledger.commit(tx -> {
            tx.batches().lock(row.id(), Namespaces.ALL);
            boolean over = row.askedAt() == null || !isUnderWay(tx, row);
            if (over) {
                tx.batches().stopped(row.id(), Outcomes.json(all));
            }
            return over;
        });
    }

    /** A node that only stood still may have said so a moment ago. */
    private static boolean isUnderWay(Tx tx, BatchRow row) {
        return tx.files()
                .of(row.source(), row.fileSha256())
                .filter(file -> tx.stopped().isUnderWay(file.id(), row.scope()))
                .isPresent();
    }
}
