package io.waybill.batch;

import io.waybill.batch.Uploads.Handed;
import io.waybill.batch.Uploads.Received;
import io.waybill.ledger.BatchBook;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.Objects;

/** A file is handed over: kept, then looked at or taken in, unless these bytes of its source were before. */
record HandingOver(Ledger ledger, Archive archive, KeptFiles files, String node, Freshness freshness) {

    /** @throws ProblemException {@code batch-of-others}, {@code batch-stopping} */
    Received receive(Handed handed) {
        Archive.Copy copy = archive.copy(handed.content());
        try {
            BatchBook.Arrival arrival = arrival(handed, copy);
            String id = ledger.commit(tx -> tx.batches()
                    .lockOf(arrival.source(), arrival.fileSha256())
                    .map(BatchRow::id)
                    .orElseGet(() -> tx.batches().insert(arrival)));
            keep(id, copy.path(), handed.again());
            return ledger.commit(tx -> begin(tx, id, arrival, handed));
        } finally {
            archive.discard(copy.path());
        }
    }

    private BatchBook.Arrival arrival(Handed handed, Archive.Copy copy) {
        Feed feed = handed.feed();
        return new BatchBook.Arrival(
                feed.source(),
                feed.namespace(),
                copy.sha256(),
                Batch.printable(handed.name()),
                copy.size(),
                handed.format(),
                node,
                handed.by(),
                BatchRow.visible(handed.scope()));
    }

    /** Before anything begins that needs it; what was done needs it no more. */
    private void keep(String id, Path copy, boolean again) {
        boolean done = ledger.read(tx -> tx.batches().find(id, Namespaces.ALL))
                .filter(row -> row.state().equals("DONE"))
                .isPresent();
        if (!done || again) {
            files.keep(id, copy);
        }
    }

    private Received begin(Tx tx, String id, BatchBook.Arrival arrival, Handed handed) {
        BatchRow row = tx.batches().lock(id, Namespaces.ALL).orElseThrow();
        Stop.requireEnd(row);
        boolean others = !handed.scope().covers(row.scope());
        if (others && isTakenIn(row)) {
            throw new ProblemException(Problem.of(BatchCode.BATCH_OF_OTHERS, "name", arrival.name()));
        }
        boolean again = handed.again() || others || row.state().equals("FAILED");
        boolean otherwise = !Objects.equals(row.format(), arrival.format());
        boolean meanwhile = !handed.dryRun() && !otherwise && isOnlyLooking(row, handed.scope());
        boolean begins = switch (row.state()) {
            case "CHECKED" -> !handed.dryRun() || again || otherwise || !freshness.of(tx, row);
            case "DONE", "FAILED" -> again;
            case "STOPPED" -> true;
            default -> meanwhile;
        };
        if (begins) {
            tx.audit().record(handed.by(), handed.dryRun() ? "batch.looked" : "batch.taken", id, row.namespace(), null);
        }
        if (meanwhile) {
            tx.batches().wish(id, new Wish(Wish.ANY, null, null));
        } else if (begins) {
            tx.batches().handedOver(id, arrival);
            start(tx, id, handed.dryRun());
        }
        return new Received(tx.batches().find(id, Namespaces.ALL).orElseThrow(), !begins);
    }

    private static void start(Tx tx, String id, boolean dryRun) {
        if (dryRun) {
            tx.batches().check(id, null);
        } else {
            tx.batches().take(id, new Wish(Wish.ANY, null, null));
        }
    }

    /** It is, or is looked at; what only was looked at may be handed over for other namespaces. */
    private static boolean isTakenIn(BatchRow row) {
        return !row.state().equals("CHECKED") && !row.state().equals("FAILED") && !Stop.isOfLook(row);
    }

    /** A look is under way that ends without buying, at whatever a sender of this scope may ship. */
    private static boolean isOnlyLooking(BatchRow row, Namespaces scope) {
        return row.state().equals("CHECKING")
                && row.wish() == null
                && row.scope().covers(scope);
    }
}
