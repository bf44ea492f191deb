package io.waybill.batch;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Fact;
import io.waybill.ledger.FileBook;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in one file of many documents, once, and goes on where it stood after a crash. Only when every document is
 * durable is the file archived, a receipt and a quarantine file laid beside it, and the original removed.
 */
public final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SUBJECT = 100;

    private final Ledger ledger;
    private final Taker taker;
    private final Archive archive;
    private final String node;
    private final FileClaims claims;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();

    /** @param node this node's name, the same after a restart: a file it left half taken is its own again at once */
    public Batch(Ledger ledger, Taker taker, Archive archive, String node) {
        this.ledger = ledger;
        this.taker = taker;
        this.archive = archive;
        this.node = node;
        this.claims = new FileClaims(ledger, node, (tx, file) -> file.nextDocument());
    }

    /**
     * Takes the file in. Bad documents and files that cannot be read are told in the report. Bytes this source has handed
     * over before have their documents that were not accepted tried again, and all of them where its system was asked for them.
     *
     * @throws ProblemException {@code file-in-work} when another node or thread is at the same file; {@code file-unsettled} when it
     *     was changed before it was read to its end
     * @throws RuntimeException when the taker or the ledger cannot go on; the original stays, the next run resumes
     */
    public Report run(IncomingFile incoming) {
        return run(incoming, taker);
    }

    /** The same through another taker. */
    public Report run(IncomingFile incoming, Taker through) {
        Archive.Copy copy = incoming.copy(archive);
        String key = incoming.feed().source() + ":" + copy.sha256();
        try {
            if (!inWork.add(key)) {
                throw inWork(incoming.name());
            }
            try {
                Report report = claims.read(
                        drop(incoming, copy),
                        (file, endsHub) -> run(incoming.feed(), file, copy.path(), through, endsHub));
                remove(incoming.original());
                say(incoming.feed(), report);
                return report;
            } finally {
                inWork.remove(key);
            }
        } finally {
            archive.discard(copy.path());
        }
    }

    /** Once it has left its folder: one that cannot be removed is read again at each look. */
    private static void say(Feed feed, Report report) {
        LOG.info(
                "{}: {} {}, {} documents, {} bad",
                feed.source(),
                ArchiveName.clean(report.name()),
                report.failed() ? "failed" : "taken in",
                report.documents(),
                report.bad());
    }

    static ProblemException inWork(String name) {
        return new ProblemException(Problem.of(BatchCode.FILE_IN_WORK, "name", ArchiveName.clean(name)));
    }

    static boolean isInWork(ProblemException e) {
        return e.problems().get(0).code().equals(BatchCode.FILE_IN_WORK.code());
    }

    private static FileBook.Drop drop(IncomingFile incoming, Archive.Copy copy) {
        Feed feed = incoming.feed();
        return new FileBook.Drop(
                feed.source(), feed.purpose(), copy.sha256(), printable(incoming.name()), copy.size(), feed.mapping());
    }

    /** @param endsHub why nothing is read any more of a file that ended the hub each time */
    private Report run(Feed feed, FileRow file, Path copy, Taker through, Optional<Problem> endsHub) {
        Passage passage = new Passage(ledger, through, feed, file, node);
        endsHub.ifPresentOrElse(passage::refuse, () -> passage.take(copy));
        boolean failed = !passage.problems().isEmpty();
        Beside beside = new Beside(ledger, archive, feed, file, archive.place(file, failed));
        List<Problem> words = words(file, passage);

        Receipt receipt = new Receipt(feed);
        Path receiptFile = archive.temporary();
        receipt.write(
                receiptFile, new Outcomes(ledger, file, 0), passage.documents(), words, failed ? "failed" : "empty");
        String receiptName = beside.answer(receiptFile, ".receipt", ".csv");
        boolean anyBad = receipt.counts().keySet().stream().anyMatch(Fate.Result::bad);
        String quarantineName = anyBad && !failed ? beside.quarantine(copy) : null;
        if (feed.acknowledge() && endsHub.isEmpty()) {
            beside.acknowledge(copy);
        }
        words.addAll(beside.unwritten());
        Failpoint.BEFORE_ARCHIVE.here();
        String archived = beside.lay(copy, "", "");

        Report report = new Report(
                file.id(),
                file.name(),
                failed,
                receipt.counts(),
                words,
                receipt.lines(),
                archived,
                receiptName,
                quarantineName);
        finish(feed, file, report);
        return report;
    }

    /** What a file that stopped is known by: its name, before it, of a webhook, what its bytes are known by. */
    static String subject(Feed feed, FileRow file) {
        String name = ArchiveName.clean(file.name());
        String known = isDelivery(feed) ? file.fileSha256().substring(0, 12) + "-" + name : name;
        return feed.source() + "/" + Shortened.to(LONGEST_SUBJECT, known);
    }

    private static boolean isDelivery(Feed feed) {
        return feed.channel().equals("webhook");
    }

    /** A file that stopped is a person's business until one of its name comes through; a webhook that brings nothing only tries us. */
    private static void tell(Tx tx, Feed feed, FileRow file, Report report) {
        String subject = subject(feed, file);
        if (isDelivery(feed) && file.size() == 0) {
            return;
        }
        if (report.failed()) {
            String problems = String.valueOf(Outcomes.json(report.problems()));
            tx.exceptions().open(Reason.FILE_FAILED, subject, feed.namespace(), null, null, feed.source(), problems);
        } else {
            tx.exceptions().closeBy(Fact.TAKEN_IN, subject);
        }
    }

    private void finish(Feed feed, FileRow file, Report report) {
        ledger.commitAll(tx -> {
            tx.files().finish(file.id(), end(report));
            tell(tx, feed, file, report);
        });
    }

    /** How the ledger keeps what is reported of a file. */
    static FileBook.End end(Report report) {
        return new FileBook.End(
                report.failed() ? "FAILED" : "ARCHIVED",
                report.documents(),
                report.ok(),
                report.bad(),
                Outcomes.json(report.problems()),
                report.archive());
    }

    /** The file's own problems, and for one that stopped midway what that means for the documents before. */
    private static List<Problem> words(FileRow file, Passage passage) {
        List<Problem> words = new ArrayList<>(passage.problems());
        if (!words.isEmpty()) {
            words.add(Problem.of(BatchCode.FILE_STOPPED, "documents", passage.documents()));
        } else if (passage.documents() == 0) {
            words.add(WholeFile.empty(file.name(), passage.columns()));
        }
        return words;
    }

    /**
     * Removes what was archived, unless its writer has changed it since: then it is another file, still to be read. Somebody else
     * may have removed it. One without content stays: whoever holds it open may yet write into it, and nobody would see that.
     *
     * @throws ProblemException {@code file-not-removed}
     */
    static void remove(IncomingFile.@Nullable Original original) {
        try {
            if (original == null) {
                return;
            }
            if (original.unchanged()) {
                if (original.size() > 0) {
                    Files.delete(original.path());
                }
            } else {
                LOG.warn(
                        "{}",
                        Problem.of(
                                BatchCode.FILE_CHANGED,
                                "name",
                                ArchiveName.clean(String.valueOf(original.path().getFileName()))));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("removed meanwhile", e);
        } catch (IOException e) {
            String name = ArchiveName.clean(String.valueOf(original.path().getFileName()));
            throw new ProblemException(Problem.of(BatchCode.FILE_NOT_REMOVED, "name", name, "why", Words.of(e)), e);
        }
    }

    static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "_");
        return Shortened.to(LONGEST_NAME, clean);
    }
}
