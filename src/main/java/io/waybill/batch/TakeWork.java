package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Takes a batch in, as far as nobody stops it. */
record TakeWork(
        Ledger ledger,
        Batch batch,
        Taker taker,
        Preview preview,
        KeptFiles files,
        String node,
        BooleanSupplier hubStops) {

    void take(BatchRow row) {
        takeIn(row);
        FileRow taken = files.known(row).orElseThrow();
        boolean failed = taken.state().equals("FAILED");
        ledger.commitAll(tx -> tx.batches().finish(row.id(), node, failed ? "FAILED" : "DONE", taken.problems()));
        files.discard(row);
    }

    /** To the end of its file; behind a stop each row of it only has its word. */
    void takeIn(BatchRow row) {
        if (files.isTaken(row)) {
            return;
        }
        Feed feed = files.feed(row);
        Path file = files.path(row);
        files.count(row, file, hubStops);
        Outcomes looked = "good".equals(row.wish()) ? Outcomes.looked(ledger, row) : null;
        Taker narrowed = new Narrowed(taker, preview, row.scope(), looked, hubStops);
        try (InputStream in = Files.newInputStream(file)) {
            batch.run(IncomingFile.of(in, row.name(), feed), new Stoppable(ledger, narrowed, preview, files, row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
