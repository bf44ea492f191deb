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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that look at batches and take them in; two at a time, so that a long one does not hold up a short one. */
final class UploadWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int TOGETHER = 2;
    private static final long LOOK_EVERY_SECONDS = 5;
    private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(5);

    private final Ledger ledger;
    private final Batch batch;
    private final Taker taker;
    private final Preview preview;
    private final KeptFiles files;
    private final String node;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> failedAt = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(TOGETHER + 1, task -> new Thread(task, "batches"));
    private volatile boolean started;
    private volatile boolean stopping;

    UploadWork(Ledger ledger, Batch batch, Taker taker, Preview preview, KeptFiles files, String node) {
        this.ledger = ledger;
        this.batch = batch;
        this.taker = taker;
        this.preview = preview;
        this.files = files;
        this.node = node;
    }

    synchronized void start() {
        if (!started) {
            started = true;
            var unused = threads.scheduleWithFixedDelay(this::begin, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    void wake() {
        if (started && !stopping) {
            threads.execute(this::begin);
        }
    }

    private void begin() {
        try {
            for (BatchRow row : ledger.read(tx -> tx.batches().open(node))) {
                if (!stopping && inWork.size() < TOGETHER && !isPaused(row.id()) && inWork.add(row.id())) {
                    threads.execute(() -> goOn(row.id()));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("batches could not be looked for and are looked for again: {}", e.toString());
        }
    }

    private boolean isPaused(String id) {
        Long failed = failedAt.get(id);
        return failed != null && System.nanoTime() - failed < AGAIN_AFTER;
    }

    private void goOn(String id) {
        boolean more = false;
        try {
            BatchRow row =
                    ledger.read(tx -> tx.batches().find(id, Namespaces.ALL)).orElseThrow();
            failedAt.remove(id);
            step(row);
            more = !stopping;
        } catch (RuntimeException e) {
            failedAt.put(id, System.nanoTime());
            if (!stopping) {
                LOG.warn("batch {} stands still and is tried again: {}", id, e.toString());
            }
        } finally {
            inWork.remove(id);
        }
        if (more) {
            wake();
        }
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
        List<Problem> problems = new Look(ledger, preview, taker, feed, row, () -> stopping).at(file);
        if (!stopping) {
            ledger.commitAll(tx -> looked(tx, row.id(), problems));
        }
    }

    /** The end of a look: of one that was wished before buying, buying or why not. */
    private static void looked(Tx tx, String id, List<Problem> problems) {
        BatchBook batches = tx.batches();
        BatchRow row = batches.lock(id, Namespaces.ALL).orElseThrow();
        if (!problems.isEmpty()) {
            batches.checked(id, "FAILED", Outcomes.json(problems));
            return;
        }
        if (row.wish() == null) {
            batches.checked(id, "CHECKED", null);
            return;
        }
        Wish wish = new Wish(row.wish(), row.maxAmount(), row.maxCurrency());
        Optional<Problem> refused = Estimate.of(tx.looks().sums(id)).refuses(wish);
        if (refused.isPresent()) {
            batches.checked(id, "CHECKED", Outcomes.json(List.of(refused.get())));
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
            Taker narrowed = new Narrowed(taker, preview, row.scope(), looked, () -> stopping);
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
                : Counting.documents(file, row.name(), files.feed(row).reading(), () -> stopping);
        documents.ifPresent(count -> ledger.commitAll(tx -> tx.batches().counted(row.id(), count)));
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a batch is still at work; it goes on after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
