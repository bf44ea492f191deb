package io.waybill.batch;

import io.waybill.failpoint.Failpoint;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way in: every document taken, its outcome recorded, from where an earlier run stood. */
final class Passage {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    static final Duration LEASE = Duration.ofMinutes(2);
    private static final int SAVE_EVERY = 100;
    private static final long TELL_EVERY = Duration.ofSeconds(10).toNanos();

    private final Ledger ledger;
    private final Taker taker;
    private final Feed feed;
    private final FileRow file;
    private final String node;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Outcome> unsaved = new ArrayList<>();
    private final Outcomes earlier;
    private List<String> columns = List.of();
    private int documents;

    /** Up to here each document has its outcome. */
    private int dealt;

    private long saved = System.nanoTime();
    private long told = System.nanoTime();

    Passage(Ledger ledger, Taker taker, Feed feed, FileRow file, String node) {
        this.ledger = ledger;
        this.taker = taker;
        this.feed = feed;
        this.file = file;
        this.node = node;
        this.earlier = new Outcomes(ledger, file, file.nextDocument() - 1);
    }

    /** Why the file could not be read to its end; empty when it was. */
    List<Problem> problems() {
        return problems;
    }

    /** Of its header; none of what has no header. */
    List<String> columns() {
        return columns;
    }

    /** How many documents were read. */
    int documents() {
        return documents;
    }

    /** Takes nothing any more; what was taken stays. */
    void refuse(Problem why) {
        problems.add(why);
        documents = file.nextDocument() - 1;
    }

    /** Takes the documents of a copy; whatever stops it, what was taken is recorded first. */
    void take(Path copy) {
        try (DocumentReader reader = open(copy)) {
            if (reader != null) {
                columns = reader.columns();
                problems.addAll(ResultsSheet.told(taker, reader.columns(), file.name(), feed));
            }
            if (reader != null && problems.isEmpty()) {
                takeAll(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Problem> told = NoMapping.told(copy, file.name(), feed, List.copyOf(problems));
        problems.clear();
        problems.addAll(told);
    }

    private void takeAll(DocumentReader reader) {
        try (Ahead ahead = new Ahead(taker, (one, fate) -> took(one.document(), fate))) {
            for (Document next = next(reader); next != null; next = next(reader)) {
                documents = next.ordinal();
                if (next.ordinal() >= file.nextDocument() && !settled(next)) {
                    ahead.add(new Taker.Handed(Quarantine.withoutReason(next), context(next)));
                }
                if (isLate()) {
                    ahead.flush();
                    dealt = documents;
                }
                progress();
            }
            ahead.flush();
            dealt = documents;
        } catch (RuntimeException | Error e) {
            saveBefore(e);
            throw e;
        }
        save();
    }

    private void took(Document document, Fate fate) {
        unsaved.add(Outcomes.of(document, fate.noting(document.notes())));
        dealt = document.ordinal();
        Failpoint.MID_FILE.here();
    }

    private void saveBefore(Throwable end) {
        try {
            save();
        } catch (RuntimeException e) {
            end.addSuppressed(e);
        }
    }

    private Taker.Context context(Document document) {
        String key = key(file.fileSha256(), document);
        return new Taker.Context(feed, key, file.id(), file.name(), Quarantine.answers(document));
    }

    /** The same each time these bytes are handed over. */
    static String key(String sha256, Document document) {
        return sha256 + ":" + document.ordinal() + "@" + Outcomes.rows(document.firstRow(), document.lastRow());
    }

    private boolean settled(Document document) {
        if (feed.isAsked()) {
            return false;
        }
        Outcome outcome = earlier.of(document);
        return outcome != null && Outcomes.result(outcome).settled();
    }

    private void progress() {
        if (unsaved.size() >= SAVE_EVERY || isLate()) {
            save();
        }
        long now = System.nanoTime();
        if (now - told > TELL_EVERY) {
            told = now;
            LOG.info("{}: {} documents of {} read so far", feed.source(), documents, ArchiveName.clean(file.name()));
        }
    }

    /** The lease is to be renewed. */
    private boolean isLate() {
        return System.nanoTime() - saved > LEASE.toNanos() / 4;
    }

    private void save() {
        int next = Math.max(file.nextDocument(), dealt + 1);
        boolean mine = ledger.commit(tx -> tx.files().progress(file.id(), unsaved, next, node, LEASE));
        if (!mine) {
            throw Batch.inWork(file.name());
        }
        unsaved.clear();
        saved = System.nanoTime();
    }

    private @Nullable DocumentReader open(Path copy) throws IOException {
        try {
            return Formats.open(copy, file.name(), feed.reading());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    private @Nullable Document next(DocumentReader reader) {
        try {
            return reader.next();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return null;
        }
    }
}
