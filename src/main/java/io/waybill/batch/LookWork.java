package io.waybill.batch;

import io.waybill.ledger.BatchBook;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Looks at a batch to its end, and says what follows: nothing yet, the purchase that was wished for, or why it is not bought. */
record LookWork(Ledger ledger, Taker taker, Preview preview, KeptFiles files, BooleanSupplier hubStops) {

    void look(BatchRow row) {
        Feed feed = files.feed(row);
        Path file = files.path(row);
        files.count(row, file, hubStops);
        BooleanSupplier stopped = () -> hubStops.getAsBoolean() || !Stop.isWanted(ledger, row);
        Look look = new Look(ledger, preview, taker, feed, row, stopped);
        List<Problem> problems = told(row, feed, file, look.at(file));
        if (!hubStops.getAsBoolean()) {
            ledger.commitAll(tx -> looked(tx, row, problems, look.remarks()));
        }
    }

    /** A sheet that was handed to another source than its own is told of that first. */
    private List<Problem> told(BatchRow row, Feed feed, Path file, List<Problem> problems) {
        if (problems.isEmpty()) {
            return problems;
        }
        Optional<Problem> another = new ByColumns(files.feeds(), taker)
                .another(() -> Files.newInputStream(file), row.name(), feed, row.format(), row.scope());
        return Stream.concat(another.stream(), problems.stream()).toList();
    }

    private static void looked(Tx tx, BatchRow looked, List<Problem> problems, List<Problem> remarks) {
        BatchBook batches = tx.batches();
        String id = looked.id();
        BatchRow row = batches.lock(id, Namespaces.ALL).orElseThrow();
        if (!row.isLookOf(looked.node())) {
            return; // others have ended it since
        }
        if (row.isStopped()) {
            batches.stopped(id, row.problems());
        } else if (!problems.isEmpty()) {
            batches.checked(id, "FAILED", Outcomes.json(problems));
        } else if (row.wish() == null) {
            batches.checked(id, "CHECKED", Outcomes.json(remarks));
        } else {
            buy(tx, id, new Wish(row.wish(), row.maxAmount(), row.maxCurrency()), remarks);
        }
    }

    /** It was wished before the look; or why not. */
    private static void buy(Tx tx, String id, Wish wish, List<Problem> remarks) {
        Optional<Problem> refused = wish.rows().equals(Wish.ANY)
                ? Optional.empty()
                : Estimate.of(tx.looks().sums(id)).refuses(wish);
        if (refused.isPresent()) {
            List<Problem> told =
                    Stream.concat(refused.stream(), remarks.stream()).toList();
            tx.batches().checked(id, "CHECKED", Outcomes.json(told));
        } else {
            tx.batches().lookedAgain(id);
            tx.batches().take(id, wish);
        }
    }
}
