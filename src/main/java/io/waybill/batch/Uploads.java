package io.waybill.batch;

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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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

    private final Ledger ledger;
    private final Archive archive;
    private final KeptFiles files;
    private final ByColumns byColumns;
    private final UploadWork work;
    private final HandingOver handingOver;
    private final Committing committing;

    /** How documents of a source are read. */
    @FunctionalInterface
    public interface Feeds {
        /** @param format a word that overrules the mapping's own, or null */
        Feed feed(String source, @Nullable String format);

        /** Those that bring orders of one of these namespaces where a document does not say, and whose mapping serves, by name. */
        default List<String> sources(Namespaces scope) {
            return List.of();
        }
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
        this.ledger = ledger;
        this.archive = archive;
        this.files = new KeptFiles(ledger, archive, feeds);
        this.byColumns = new ByColumns(feeds, taker);
        this.work = new UploadWork(ledger, batch, taker, preview, files, callingOff, node, gone);
        Freshness freshness = new Freshness(fresh);
        this.handingOver = new HandingOver(ledger, archive, files, node, freshness);
        this.committing = new Committing(freshness);
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
        Received received = handingOver.receive(handed);
        work.wake();
        return received;
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
        return woken(id, scope, (tx, row) -> committing.commit(tx, row, wish, by));
    }

    /**
     * Ends what runs of a batch: a look, or a purchase. What is being bought right now is bought; nothing else of it is. Asked for
     * once more, answers the same.
     *
     * @throws ProblemException {@code batch-not-found}, {@code batch-not-running} when nothing of it is under way
     */
    public Received stop(String id, Namespaces scope, String by) {
        return woken(id, scope, (tx, row) -> Stop.begin(tx, row, by));
    }

    private Received woken(String id, Namespaces scope, BiFunction<Tx, BatchRow, Received> asked) {
        Received received =
                ledger.commit(tx -> asked.apply(tx, tx.batches().lock(id, scope).orElseThrow(() -> notFound(id))));
        work.wake();
        return received;
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

    /** Which source a sheet is for. */
    public ByColumns byColumns() {
        return byColumns;
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
        return Stop.by(batch);
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
