package io.waybill.batch;

import io.waybill.ledger.Fact;
import io.waybill.ledger.FileBook;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Takes in a file that counts as a whole or not at all, as an invoice does: worked on as a copy, then archived or laid among
 * the failed with what is wrong beside it, and only then removed from where it was dropped. A file whose work was cut short is
 * still there, and its work goes on.
 */
public final class WholeFiles {
    private final Ledger ledger;
    private final Archive archive;
    private final FileClaims claims;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();

    /** @param node this node's name, the same after a restart */
    public WholeFiles(Ledger ledger, Archive archive, String node) {
        this.ledger = ledger;
        this.archive = archive;
        this.claims =
                new FileClaims(ledger, node, (tx, file) -> tx.invoiceFiles().staged(file.fileSha256()) + 1);
    }

    /** What is done with a file. */
    public interface Work {
        /**
         * @param copy nobody changes it; it is gone afterwards
         * @throws ProblemException with what is wrong with the file; then nothing of it was kept
         * @throws RuntimeException when it cannot go on now: the file stays, and is handed over again
         */
        void take(Path copy, String name);
    }

    /** @param problems why it was not taken; none when it was */
    public record Done(String name, List<Problem> problems, String archive) {}

    /**
     * @throws ProblemException {@code file-in-work} when somebody else is at the same file; {@code file-unsettled} when it was changed
     *     before it was read to its end
     */
    public Done run(IncomingFile incoming, Work work) {
        Archive.Copy copy = incoming.copy(archive);
        String key = incoming.feed().source() + ":" + copy.sha256();
        try {
            if (!inWork.add(key)) {
                throw Batch.inWork(incoming.name());
            }
            try {
                Done done = run(incoming, copy, work);
                Batch.remove(incoming.original());
                return done;
            } finally {
                inWork.remove(key);
            }
        } finally {
            archive.discard(copy.path());
        }
    }

    private Done run(IncomingFile incoming, Archive.Copy copy, Work work) {
        Feed feed = incoming.feed();
        String name = Batch.printable(incoming.name());
        FileBook.Drop drop =
                new FileBook.Drop(feed.source(), feed.purpose(), copy.sha256(), name, copy.size(), feed.mapping());
        return claims.read(
                drop,
                (file, endsHub) ->
                        archived(feed, file, copy, endsHub.map(List::of).orElseGet(() -> problems(copy, name, work))));
    }

    /** What is wrong with it; nothing when it was taken. */
    private static List<Problem> problems(Archive.Copy copy, String name, Work work) {
        try {
            work.take(copy.path(), name);
            return List.of();
        } catch (ProblemException e) {
            if (e.problems().stream().anyMatch(problem -> problem.code().equals(BatchCode.FILE_IN_WORK.code()))) {
                throw e;
            }
            return e.problems();
        }
    }

    private Done archived(Feed feed, FileRow file, Archive.Copy copy, List<Problem> problems) {
        boolean failed = !problems.isEmpty();
        Archive.Place place = archive.place(file, failed);
        if (failed) {
            Path words = archive.temporary();
            String text = problems.stream()
                    .map(problem -> problem.sentence(feed.language()))
                    .collect(Collectors.joining("\n", "", "\n"));
            NewFile.write(words, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            NewFile.place(words, place.folder(), place.name() + ".receipt", ".txt");
        }
        String told = archive.told(NewFile.place(copy.path(), place.folder(), place.name(), ""));
        String json = failed ? String.valueOf(Outcomes.json(problems)) : null;
        FileBook.End end =
                new FileBook.End(failed ? "FAILED" : "ARCHIVED", 1, failed ? 0 : 1, failed ? 1 : 0, json, told);
        ledger.commitAll(tx -> {
            tx.files().finish(file.id(), end);
            String subject = Batch.subject(feed, file);
            if (json == null) {
                tx.exceptions().closeBy(Fact.TAKEN_IN, subject);
            } else {
                tx.exceptions().open(Reason.FILE_FAILED, subject, feed.namespace(), null, null, feed.source(), json);
            }
        });
        return new Done(file.name(), problems, told);
    }
}
