package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.ComparedBook;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Sheets whose prices are compared, order by order, in the background; nothing of them is taken in or bought. What was
 * priced is on disk and goes on after a restart where it stood; the same bytes handed over again within half an hour, by
 * who may see the same, are not priced again.
 */
public final class Comparing implements AutoCloseable {
    private static final int MOST = 5_000;

    private final Ledger ledger;
    private final Prices prices;
    private final Taker taker;
    private final Archive archive;
    private final Uploads.Feeds feeds;
    private final String node;
    private final int most;
    private final OpenWork work;

    /**
     * @param node this node's name, the same after a restart
     * @param most how many orders of a sheet are compared
     */
    public Comparing(
            Ledger ledger, Prices prices, Taker taker, Archive archive, Uploads.Feeds feeds, String node, int most) {
        this.ledger = ledger;
        this.prices = prices;
        this.taker = taker;
        this.archive = archive;
        this.feeds = feeds;
        this.node = node;
        this.most = most;
        this.work =
                new OpenWork("comparison", () -> ledger.read(tx -> tx.compared().open(node)), this::price);
    }

    /**
     * How many orders of a sheet are compared.
     *
     * @param rates the section {@code rates}
     */
    public static int most(Section rates) {
        int most = rates.number("most", MOST);
        if (most < 1) {
            throw rates.bad("most", String.valueOf(most), "how many orders of a sheet are compared, such as 5000");
        }
        rates.close();
        return most;
    }

    /** Works on what is open, from where it stood, until {@link #close}. */
    public void start() {
        work.start();
    }

    /**
     * A file and what is wanted of it.
     *
     * @param again also where its prices are younger than half an hour
     * @param scope the namespaces its orders may be for
     */
    public record Handed(
            Feed feed,
            @Nullable String format,
            String name,
            InputStream content,
            boolean again,
            Namespaces scope,
            String by) {}

    /** @param known its prices are there or on their way, and nothing new has begun */
    public record Received(ComparedSheet sheet, boolean known) {}

    /** Keeps a file and begins to price it; when this returns, both are on disk. */
    public Received receive(Handed handed) {
        Archive.Copy copy = archive.copy(handed.content());
        try {
            ComparedBook.Arrival arrival = new ComparedBook.Arrival(
                    handed.feed().source(),
                    handed.feed().namespace(),
                    copy.sha256(),
                    Batch.printable(handed.name()),
                    copy.size(),
                    handed.format(),
                    most,
                    node,
                    handed.by(),
                    BatchRow.visible(handed.scope()));
            Received before = ledger.commit(tx -> known(tx, arrival, handed.again()));
            if (before.known()) {
                return before;
            }
            NewFile.move(copy.path(), archive.uploads(), before.sheet().id());
            Received received = ledger.commit(tx -> begin(tx, arrival, handed));
            work.wake();
            return received;
        } finally {
            archive.discard(copy.path());
        }
    }

    private Received begin(Tx tx, ComparedBook.Arrival arrival, Handed handed) {
        Received before = known(tx, arrival, handed.again());
        if (before.known()) {
            return before;
        }
        ComparedSheet sheet = before.sheet();
        tx.compared().begin(sheet.id(), arrival);
        tx.audit().record(handed.by(), "rates.compared", sheet.id(), sheet.namespace(), null);
        return new Received(tx.compared().find(sheet.id(), Namespaces.ALL).orElseThrow(), false);
    }

    private static Received known(Tx tx, ComparedBook.Arrival arrival, boolean again) {
        ComparedSheet sheet = tx.compared().lockOf(arrival);
        return new Received(sheet, isAnswer(tx, sheet, arrival, again));
    }

    /** Whether what is known or under way is what whoever hands it over now wants: read the same way, to the same end, not long ago. */
    private static boolean isAnswer(Tx tx, ComparedSheet sheet, ComparedBook.Arrival arrival, boolean again) {
        if (sheet.state().equals(ComparedSheet.COMPARING)) {
            return true;
        }
        Instant finished = sheet.finishedAt();
        return !again
                && sheet.state().equals(ComparedSheet.DONE)
                && finished != null
                && finished.plus(Uploads.FRESH).isAfter(tx.now())
                && Objects.equals(sheet.format(), arrival.format())
                && (sheet.most() == arrival.most() || !sheet.isLonger());
    }

    private void price(String id) {
        ComparedSheet sheet =
                ledger.read(tx -> tx.compared().find(id, Namespaces.ALL)).orElseThrow();
        if (!sheet.state().equals(ComparedSheet.COMPARING)) {
            return;
        }
        Path file = archive.uploads().resolve(id);
        Ended ended = ended(sheet, file);
        if (!work.isStopping()) {
            ledger.commitAll(tx -> tx.compared().finish(id, ended.state(), Outcomes.json(ended.problems())));
            archive.discard(file);
        }
    }

    private record Ended(String state, List<Problem> problems) {
        static Ended failed(List<Problem> problems) {
            return new Ended(ComparedSheet.FAILED, problems);
        }
    }

    private Ended ended(ComparedSheet sheet, Path file) {
        try {
            if (!Files.exists(file)) {
                return Ended.failed(List.of(Problem.of(BatchCode.BATCH_FILE_GONE, "name", sheet.name())));
            }
            Feed feed = feeds.feed(sheet.source(), sheet.format());
            count(sheet, feed, file);
            Pricing pricing = new Pricing(ledger, prices, taker, feed, sheet, work::isStopping);
            List<Problem> problems = pricing.of(file);
            return problems.isEmpty() ? new Ended(ComparedSheet.DONE, pricing.remarks()) : Ended.failed(problems);
        } catch (ProblemException e) {
            return Ended.failed(e.problems());
        }
    }

    /** So that progress can be told. */
    private void count(ComparedSheet sheet, Feed feed, Path file) {
        OptionalInt documents = sheet.documents() != null
                ? OptionalInt.empty()
                : Counting.documents(file, sheet.name(), feed.reading(), work::isStopping);
        documents.ifPresent(count -> ledger.commitAll(tx -> tx.compared().counted(sheet.id(), count)));
    }

    /** @throws ProblemException {@code comparison-not-found} */
    public ComparedSheet find(String id, Namespaces scope) {
        return ledger.read(tx -> tx.compared().find(id, scope))
                .orElseThrow(() -> new ProblemException(Problem.of(BatchCode.COMPARISON_NOT_FOUND, "id", id)));
    }

    /** A place for what an answer is made of; swept at the next start when it is forgotten. */
    public Path temporary() {
        return archive.temporary();
    }

    /**
     * How files of a source are read.
     *
     * @param format a word that overrules the mapping's own, or null
     */
    public Feed feed(String source, @Nullable String format) {
        return feeds.feed(source, format);
    }

    /** Which source a sheet is for. */
    public ByColumns byColumns() {
        return new ByColumns(feeds, taker);
    }

    /** Stops after the documents in hand; the rest goes on at the next start. */
    @Override
    public void close() {
        work.close();
    }
}
