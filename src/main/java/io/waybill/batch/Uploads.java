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
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Batches: files handed over by a call or a command, looked at first or taken in at once, in the background. The same
 * bytes of a source are one batch. What is asked of a batch is on disk before it is answered, and goes on after a crash
 * where it stood.
 */
public final class Uploads implements AutoCloseable {
    /** A look older than this is looked again before anything is bought. */
    static final Duration FRESH = Duration.ofMinutes(30);

    private static final String CHECKED = "CHECKED";
    private static final String CHECKING = "CHECKING";
    private static final String STOPPING = "STOPPING";
    private static final String STOPPED = "STOPPED";

    private final Ledger ledger;
    private final Archive archive;
    private final KeptFiles files;
    private final UploadWork work;
    private final String node;
    private final Duration fresh;

    /** How documents of a source are read. */
    @FunctionalInterface
    public interface Feeds {
        /** @param format a word that overrules the mapping's own, or null */
        Feed feed(String source, @Nullable String format);
    }

    /**
     * @param node this node's name, the same after a restart
     * @param gone whether a node of a name is not to come back: what it was to stop is ended without it
     */
    public Uploads(
            Ledger ledger,
            Batch batch,
            Taker taker,
            Preview preview,
            Archive archive,
            Feeds feeds,
            CallingOff callingOff,
            String node,
            Predicate<String> gone) {
        this(ledger, batch, taker, preview, archive, feeds, callingOff, node, gone, FRESH);
    }

    Uploads(
            Ledger ledger,
            Batch batch,
            Taker taker,
            Preview preview,
            Archive archive,
            Feeds feeds,
            CallingOff callingOff,
            String node,
            Predicate<String> gone,
            Duration fresh) {
        this.fresh = fresh;
        this.ledger = ledger;
        this.archive = archive;
        this.files = new KeptFiles(ledger, archive, feeds);
        this.work = new UploadWork(ledger, batch, taker, preview, files, callingOff, node, gone);
        this.node = node;
    }

    /** Works on what is open, from where it stood, until {@link #close}. */
    public void start() {
        work.start();
    }

    /**
     * A file and what is wanted of it.
     *
     * @param dryRun only look at it
     * @param again also where it was done before: what was not accepted then is tried once more
     * @param scope the namespaces its orders may be for
     */
    public record Handed(
            Feed feed,
            @Nullable String format,
            String name,
            InputStream content,
            boolean dryRun,
            boolean again,
            Namespaces scope,
            String by) {}

    /** @param known these bytes were handed over before, and nothing new has begun */
    public record Received(BatchRow batch, boolean known) {}

    /**
     * Keeps a file and begins what is wanted of it; when this returns, both are on disk.
     *
     * @throws ProblemException {@code batch-of-others} when the same bytes are being taken in, or are, for more namespaces;
     *     {@code batch-stopping} until what was stopped of them has ended
     */
    public Received receive(Handed handed) {
        Archive.Copy copy = archive.copy(handed.content());
        try {
            Feed feed = handed.feed();
            BatchBook.Arrival arrival = new BatchBook.Arrival(
                    feed.source(),
                    feed.namespace(),
                    copy.sha256(),
                    Batch.printable(handed.name()),
                    copy.size(),
                    handed.format(),
                    node,
                    handed.by(),
                    BatchRow.visible(handed.scope()));
            String id = ledger.commit(tx -> tx.batches()
                    .lockOf(arrival.source(), arrival.fileSha256())
                    .map(BatchRow::id)
                    .orElseGet(() -> tx.batches().insert(arrival)));
            keep(id, copy.path(), handed.again());
            Received received = ledger.commit(tx -> begin(tx, id, arrival, handed));
            work.wake();
            return received;
        } finally {
            archive.discard(copy.path());
        }
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
        if (row.state().equals(STOPPING)) {
            throw stopping(id);
        }
        boolean others = !handed.scope().covers(row.scope());
        boolean begun = !row.state().equals(CHECKED) && !row.state().equals("FAILED") && !isStoppedLook(row);
        if (others && begun) {
            throw new ProblemException(Problem.of(BatchCode.BATCH_OF_OTHERS, "name", arrival.name()));
        }
        boolean again = handed.again() || others || row.state().equals("FAILED");
        boolean otherwise = !Objects.equals(row.format(), arrival.format());
        boolean meanwhile = !handed.dryRun() && !otherwise && isOnlyLooking(row, handed.scope());
        boolean begins = switch (row.state()) {
            case CHECKED -> !handed.dryRun() || again || otherwise || !isFresh(tx, row);
            case "DONE", "FAILED" -> again;
            case STOPPED -> true;
            default -> meanwhile;
        };
        if (begins) {
            tx.audit().record(handed.by(), handed.dryRun() ? "batch.looked" : "batch.taken", id, row.namespace(), null);
        }
        if (meanwhile) {
            tx.batches().wish(id, new Wish(Wish.ANY, null, null));
        } else if (begins) {
            tx.batches().handedOver(id, arrival);
            if (handed.dryRun()) {
                tx.batches().check(id, null);
            } else {
                tx.batches().take(id, new Wish(Wish.ANY, null, null));
            }
        }
        return new Received(tx.batches().find(id, Namespaces.ALL).orElseThrow(), !begins);
    }

    /** A look is under way that ends without buying, at whatever a sender of this scope may ship. */
    private static boolean isOnlyLooking(BatchRow row, Namespaces scope) {
        return row.state().equals(CHECKING) && row.wish() == null && row.scope().covers(scope);
    }

    /**
     * Buys what was looked at, without another upload; asked for once more, answers the same. Prices older than half an
     * hour are asked for again first, and the maximum is kept by the new ones.
     *
     * @param wish {@code all} rows, or only the {@code good} ones
     * @throws ProblemException {@code batch-not-found}, {@code batch-not-checked}, {@code batch-failed},
     *     {@code batch-stopping}, {@code batch-stopped}, {@code batch-has-bad-rows}, {@code batch-nothing-good}, {@code batch-above-max}, {@code batch-price-unknown},
     *     {@code batch-other-currency}
     */
    public Received commit(String id, Wish wish, Namespaces scope, String by) {
        Received committed = ledger.commit(tx -> {
            BatchRow row = tx.batches().lock(id, scope).orElseThrow(() -> notFound(id));
            return switch (row.state()) {
                case "TAKING", "DONE" -> new Received(row, true);
                case "FAILED" -> throw new ProblemException(Problem.of(BatchCode.BATCH_FAILED, "id", id));
                case CHECKING -> {
                    if (row.wish() == null) {
                        throw new ProblemException(Problem.of(BatchCode.BATCH_NOT_CHECKED, "id", id, "seconds", 2));
                    }
                    yield new Received(row, true);
                }
                case STOPPING -> throw stopping(id);
                case STOPPED -> {
                    if (!isStoppedLook(row)) {
                        throw new ProblemException(Problem.of(BatchCode.BATCH_STOPPED, "id", id));
                    }
                    yield new Received(buy(tx, row, wish, by), false);
                }
                default -> new Received(buy(tx, row, wish, by), false);
            };
        });
        work.wake();
        return committed;
    }

    /**
     * Ends what runs of a batch: a look, or a purchase. What is being bought right now is bought; nothing else of it is. Asked for
     * once more, answers the same.
     *
     * @throws ProblemException {@code batch-not-found}, {@code batch-not-running} when nothing of it is under way
     */
    public Received stop(String id, Namespaces scope, String by) {
        Received stopped = ledger.commit(tx -> {
            BatchRow row = tx.batches().lock(id, scope).orElseThrow(() -> notFound(id));
            if (row.isStopped()) {
                return new Received(row, true);
            }
            if (!isRunning(tx, row)) {
                throw new ProblemException(Problem.of(BatchCode.BATCH_NOT_RUNNING, "id", id));
            }
            tx.batches().stopping(id, Outcomes.json(Stopping.marked(row, by)));
            tx.audit().record(by, "batch.stopped", id, row.namespace(), null);
            return new Received(tx.batches().find(id, Namespaces.ALL).orElseThrow(), false);
        });
        work.wake();
        return stopped;
    }

    /** It is worked on, or what it has taken in is still to be bought. */
    private static boolean isRunning(Tx tx, BatchRow row) {
        return switch (row.state()) {
            case CHECKING, "TAKING" -> true;
            case CHECKED -> false;
            default ->
                row.askedAt() != null
                        && tx.files()
                                .of(row.source(), row.fileSha256())
                                .filter(file -> tx.stopped().isUnderWay(file.id(), row.scope()))
                                .isPresent();
        };
    }

    /** A look that was stopped, of which nothing was bought. */
    private static boolean isStoppedLook(BatchRow row) {
        return row.state().equals(STOPPED) && row.askedAt() == null;
    }

    private static ProblemException stopping(String id) {
        return new ProblemException(Problem.of(BatchCode.BATCH_STOPPING, "id", id, "seconds", 5));
    }

    private BatchRow buy(Tx tx, BatchRow row, Wish wish, String by) {
        if (isFresh(tx, row)) {
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

    private boolean isFresh(Tx tx, BatchRow row) {
        Instant checked = row.checkedAt();
        return checked != null && checked.plus(fresh).isAfter(tx.now());
    }

    /** @throws ProblemException {@code batch-not-found} */
    public BatchRow find(String id, Namespaces scope) {
        return ledger.read(tx -> tx.batches().find(id, scope)).orElseThrow(() -> notFound(id));
    }

    /** A place for what an answer is made of; swept at the next start when it is forgotten. */
    public Path temporary() {
        return archive.temporary();
    }

    /**
     * What of it is given back to a caller.
     *
     * @param scope whose orders and labels the caller sees
     */
    public GivenBack givenBack(BatchRow batch, Namespaces scope) {
        return new GivenBack(ledger, archive, files, batch, scope);
    }

    /**
     * How files of a source are read.
     *
     * @param format a word that overrules the mapping's own, or null
     */
    public Feed feed(String source, @Nullable String format) {
        return files.feeds().feed(source, format);
    }

    /** How it is read. */
    public Feed feed(BatchRow batch) {
        return files.feed(batch);
    }

    /** The file of the ledger it has become. */
    public Optional<FileRow> taken(BatchRow batch) {
        return files.taken(batch);
    }

    /** Who stopped it; empty where nobody has. */
    public static String stoppedBy(BatchRow batch) {
        return Stopping.by(batch);
    }

    /** Only looked at so far. */
    static boolean isLooked(BatchRow batch) {
        return batch.state().equals(CHECKED) || batch.state().equals(CHECKING) || batch.askedAt() == null;
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(Problem.of(BatchCode.BATCH_NOT_FOUND, "id", id));
    }

    /** Stops after the document in hand; the rest goes on at the next start. */
    @Override
    public void close() {
        work.close();
    }
}
