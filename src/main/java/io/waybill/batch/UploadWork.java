package io.waybill.batch;

import io.waybill.ledger.BatchBook;
import io.waybill.ledger.BatchBook.Wish;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileBook.Outcome;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks at batches, takes them in, and ends those that are stopped. */
final class UploadWork implements AutoCloseable {
    private final Ledger ledger;
    private final Batch batch;
    private final Taker taker;
    private final Preview preview;
    private final KeptFiles files;
    private final String node;
    private final Predicate<String> gone;
    private final OpenWork work;
    private final Stopping stopping;
    private final LeftBehind leftBehind;

    UploadWork(
            Ledger ledger,
            Batch batch,
            Taker taker,
            Preview preview,
            KeptFiles files,
            CallingOff callingOff,
            String node,
            Predicate<String> gone) {
        this.node = node;
        this.gone = gone;
        this.leftBehind = new LeftBehind(ledger, files, node);
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
        this.stopping = new Stopping(ledger, callingOff, work::isStopping);
    }

    void start() {
        work.start();
    }

    void wake() {
        work.wake();
    }

    private void step(BatchRow row) {
        try {
            if (!row.isStopped() && isBehindStop(row)) {
                work.pause(row.id());
            } else if (row.state().equals("CHECKING")) {
                look(row);
            } else if (row.state().equals("TAKING")) {
                take(row);
            } else if (row.state().equals("STOPPING")) {
                stop(row);
            }
        } catch (ProblemException e) {
            if (isInWork(e)) {
                throw e;
            }
            end(row, e.problems());
        }
    }

    /** Another sheet of its source is still being called off: the same orders would be known, and be gone a moment later. */
    private boolean isBehindStop(BatchRow row) {
        return ledger.read(tx -> tx.batches().open(node)).stream()
                .filter(other -> other.isStopped() && other.source().equals(row.source()) && other.askedAt() != null)
                .anyMatch(this::isCallingOff);
    }

    private boolean isCallingOff(BatchRow stopped) {
        return !isTaken(stopped)
                || files.known(stopped)
                        .filter(file -> stopping.isAtWork(stopped, file.id()))
                        .isPresent();
    }

    private void look(BatchRow row) {
        Feed feed = files.feed(row);
        Path file = files.path(row);
        count(row, file);
        Look look = new Look(ledger, preview, taker, feed, row, () -> work.isStopping() || !isWanted(row));
        List<Problem> problems = look.at(file);
        if (!work.isStopping()) {
            ledger.commitAll(tx -> looked(tx, row, problems, look.remarks()));
        }
    }

    /** The end of a look: of one that was wished before buying, buying or why not. */
    private static void looked(Tx tx, BatchRow looked, List<Problem> problems, List<Problem> remarks) {
        BatchBook batches = tx.batches();
        String id = looked.id();
        BatchRow row = batches.lock(id, Namespaces.ALL).orElseThrow();
        if (!row.isLookOf(looked.node())) {
            return; // others have ended it since
        }
        if (row.state().equals("STOPPING")) {
            batches.stopped(id, row.problems());
            return;
        }
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
        takeIn(row);
        FileRow taken = files.known(row).orElseThrow();
        boolean failed = taken.state().equals("FAILED");
        ledger.commitAll(tx -> tx.batches().finish(row.id(), node, failed ? "FAILED" : "DONE", taken.problems()));
        files.discard(row);
    }

    private void takeIn(BatchRow row) {
        if (isTaken(row)) {
            return;
        }
        Feed feed = files.feed(row);
        Path file = files.path(row);
        count(row, file);
        Outcomes looked = "good".equals(row.wish()) ? Outcomes.looked(ledger, row) : null;
        Taker narrowed = new Narrowed(taker, preview, row.scope(), looked, work::isStopping);
        Taker until = new Stoppable(
                narrowed, preview, new Unrecorded(ledger, preview), () -> !isWanted(row), taken -> late(row, taken));
        try (InputStream in = Files.newInputStream(file)) {
            batch.run(IncomingFile.of(in, row.name(), feed), until);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read before each part of the work: the stop may have been asked for at another node, and even have been ended there. */
    private boolean isWanted(BatchRow row) {
        return ledger.read(tx -> tx.batches().find(row.id(), Namespaces.ALL))
                .filter(now -> now.node().equals(node) && !now.isStopped())
                .isPresent();
    }

    /** This node stood still for so long that others have ended the stop: what it took in all the same is called off by it too. */
    private void late(BatchRow row, List<Outcome> taken) {
        FileRow file = files.known(row).orElseThrow();
        ledger.commitAll(tx -> tx.batches()
                .lock(row.id(), Namespaces.ALL)
                .filter(now -> now.state().equals("STOPPED"))
                .ifPresent(now -> {
                    tx.files().recordLate(file.id(), taken);
                    tx.batches().stopping(row.id(), now.problems());
                }));
    }

    /** Its file is its node's to end, and another's once that is gone; what is taken in of it, every node's to call off. */
    private void stop(BatchRow row) {
        boolean mine = row.node().equals(node);
        boolean left = !mine && gone.test(row.node());
        if (row.askedAt() == null) {
            endOrPause(row, mine || left, List.of());
            return;
        }
        List<Problem> met = mine ? takeNoMore(row) : left ? endLeft(row) : List.of();
        boolean read = isTaken(row) || !met.isEmpty();
        boolean over =
                files.known(row).map(file -> stopping.callOff(row, file.id())).orElse(true);
        endOrPause(row, read && over, met);
        if (isTaken(row) && mine) {
            files.discard(row);
        }
    }

    /** The rest of its file is gone through, so that each row of it has its word; answers what kept it from that. */
    private List<Problem> takeNoMore(BatchRow row) {
        try {
            takeIn(row);
            return List.of();
        } catch (ProblemException e) {
            if (isInWork(e)) {
                throw e;
            }
            return e.problems();
        }
    }

    /** While somebody else has it in work nothing of it is ended here. */
    private List<Problem> endLeft(BatchRow row) {
        try {
            if (!isTaken(row)) {
                leftBehind.end(row);
            }
            return List.of();
        } catch (ProblemException e) {
            return isInWork(e) ? List.of() : e.problems();
        }
    }

    private void endOrPause(BatchRow row, boolean over, List<Problem> met) {
        if (!over) {
            work.pause(row.id());
            return;
        }
        List<Problem> ofFile = row.askedAt() == null
                ? List.of()
                : files.known(row)
                        .map(file -> Outcomes.problems(file.problems()))
                        .orElse(List.of());
        List<Problem> all = Stream.of(Outcomes.problems(row.problems()), ofFile, met)
                .flatMap(List::stream)
                .distinct()
                .toList();
        ledger.commitAll(tx -> tx.batches().stopped(row.id(), Outcomes.json(all)));
    }

    /** An earlier process, or a folder, has taken these bytes in since it was asked for. */
    private boolean isTaken(BatchRow row) {
        Instant asked = row.askedAt();
        return files.known(row)
                .map(FileRow::finishedAt)
                .filter(finished -> asked != null && !finished.isBefore(asked))
                .isPresent();
    }

    private static boolean isInWork(ProblemException e) {
        return e.problems().get(0).code().equals(BatchCode.FILE_IN_WORK.code());
    }

    private void end(BatchRow row, List<Problem> problems) {
        ledger.commitAll(tx -> {
            if (tx.batches()
                    .lock(row.id(), Namespaces.ALL)
                    .filter(BatchRow::isStopped)
                    .isPresent()) {
                return; // it is ended as what is stopped
            }
            if (row.state().equals("CHECKING")) {
                tx.batches().checked(row.id(), "FAILED", Outcomes.json(problems));
            } else {
                tx.batches().finish(row.id(), node, "FAILED", Outcomes.json(problems));
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
