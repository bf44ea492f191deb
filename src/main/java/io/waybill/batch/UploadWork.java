package io.waybill.batch;

import io.waybill.ledger.BatchBook;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Looks at batches and takes them in. */
final class UploadWork implements AutoCloseable {
    private final Ledger ledger;
    private final Batch batch;
    private final Taker taker;
    private final Preview preview;
    private final KeptFiles files;
    private final OpenWork work;

    UploadWork(Ledger ledger, Batch batch, Taker taker, Preview preview, KeptFiles files, String node) {
        this.ledger = ledger;
        this.batch = batch;
        this.taker = taker;
        this.preview = preview;
        this.files = files;
        this.work = new OpenWork(
                "batch",
                () -> ledger.read(tx -> tx.batches().open(node)).stream()
                        .map(BatchRow::id)
                        .toList(),
                id -> step(
                        ledger.read(tx -> tx.batches().find(id, Namespaces.ALL)).orElseThrow()));
    }

    void start() {
        work.start();
    }

    void wake() {
        work.wake();
    }

    private void step(BatchRow row) {
        try {
            if (row.state().equals("CHECKING")) {
                look(row);
            } else if (row.state().equals("TAKING")) {
                take(row);
            }
        } catch (ProblemException e) {
            if (e.problems().get(0).code().equals(BatchCode.FILE_IN_WORK.code())) {
                throw e;
            }
            end(row, e.problems());
        }
    }

    private void look(BatchRow row) {
        Feed feed = files.feed(row);
        Path file = files.path(row);
        count(row, file);
        Look look = new Look(ledger, preview, taker, feed, row, work::isStopping);
        List<Problem> problems = look.at(file);
        if (!work.isStopping()) {
            ledger.commitAll(tx -> looked(tx, row.id(), problems, look.remarks()));
        }
    }

    /** The end of a look: of one that was wished before buying, buying or why not. */
    private static void looked(Tx tx, String id, List<Problem> problems, List<Problem> remarks) {
        BatchBook batches = tx.batches();
        BatchRow row = batches.lock(id, Namespaces.ALL).orElseThrow();
        if (!problems.isEmpty()) {
            batches.checked(id, "FAILED", Outcomes.json(problems));
            return;
        }
        if (row.wish() == null) {
            batches.checked(id, "CHECKED", Outcomes.json(remarks));
            return;
        }
        Wish wish = new Wish(row.wish(), row.maxAmount(), row.maxCurrency());
        Optional<Problem> refused = wish.rows().equals(Wish.ANY)
                ? Optional.empty()
                : Estimate.of(tx.looks().sums(id)).refuses(wish);
        if (refused.isPresent()) {
            List<Problem> told =
                    Stream.concat(refused.stream(), remarks.stream()).toList();
            batches.checked(id, "CHECKED", Outcomes.json(told));
        } else {
            batches.lookedAgain(id);
            batches.take(id, wish);
        }
    }

    private void take(BatchRow row) {
        if (!isTaken(row)) {
            Feed feed = files.feed(row);
            Path file = files.path(row);
            count(row, file);
            Outcomes looked = "good".equals(row.wish()) ? Outcomes.looked(ledger, row) : null;
            Taker narrowed = new Narrowed(taker, preview, row.scope(), looked, work::isStopping);
            try (InputStream in = Files.newInputStream(file)) {
                batch.run(IncomingFile.of(in, row.name(), feed), narrowed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        FileRow taken =
                ledger.read(tx -> tx.files().of(row.source(), row.fileSha256())).orElseThrow();
        boolean failed = taken.state().equals("FAILED");
        ledger.commitAll(tx -> tx.batches().finish(row.id(), failed ? "FAILED" : "DONE", taken.problems()));
        files.discard(row);
    }

    /** An earlier process, or a folder, has taken these bytes in since it was asked for. */
    private boolean isTaken(BatchRow row) {
        Instant asked = row.askedAt();
        return files.known(row)
                .map(FileRow::finishedAt)
                .filter(finished -> asked != null && !finished.isBefore(asked))
                .isPresent();
    }

    private void end(BatchRow row, List<Problem> problems) {
        ledger.commitAll(tx -> {
            if (row.state().equals("CHECKING")) {
                tx.batches().checked(row.id(), "FAILED", Outcomes.json(problems));
            } else {
                tx.batches().finish(row.id(), "FAILED", Outcomes.json(problems));
            }
        });
    }

    /** So that progress can be told. */
    private void count(BatchRow row, Path file) {
        OptionalInt documents = row.documents() != null
                ? OptionalInt.empty()
                : Counting.documents(file, row.name(), files.feed(row).reading(), work::isStopping);
        documents.ifPresent(count -> ledger.commitAll(tx -> tx.batches().counted(row.id(), count)));
    }

    @Override
    public void close() {
        work.close();
    }
}
