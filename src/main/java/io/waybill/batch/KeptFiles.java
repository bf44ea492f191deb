package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Where the files of batches lie, what they have become in the ledger, and how they are read. */
record KeptFiles(Ledger ledger, Archive archive, Uploads.Feeds feeds) {

    Feed feed(BatchRow batch) {
        return feeds.feed(batch.source(), batch.format());
    }

    /** The file of the ledger that a batch has become; empty while it is only looked at. */
    Optional<FileRow> taken(BatchRow batch) {
        return batch.isLooked() ? Optional.empty() : known(batch);
    }

    /** These bytes as their source has handed them over to be taken in, by whatever way. */
    Optional<FileRow> known(BatchRow batch) {
        return ledger.read(tx -> tx.files().of(batch.source(), batch.fileSha256()));
    }

    /** Somebody, if only an earlier process or a folder, has taken these bytes in since it was asked for. */
    boolean isTaken(BatchRow batch) {
        return isTaken(batch, known(batch));
    }

    static boolean isTaken(BatchRow batch, Optional<FileRow> known) {
        Instant asked = batch.askedAt();
        return known.map(FileRow::finishedAt)
                .filter(finished -> asked != null && !finished.isBefore(asked))
                .isPresent();
    }

    /** How many documents it holds, so that progress can be told. */
    void count(BatchRow batch, Path file, BooleanSupplier hubStops) {
        OptionalInt documents = batch.documents() != null
                ? OptionalInt.empty()
                : Counting.documents(file, batch.name(), feed(batch).reading(), hubStops);
        documents.ifPresent(count -> ledger.commitAll(tx -> tx.batches().counted(batch.id(), count)));
    }

    /** @throws ProblemException {@code batch-file-gone} */
    Path path(BatchRow batch) {
        Path waiting = waiting(batch.id());
        if (Files.exists(waiting)) {
            return waiting;
        }
        return known(batch)
                .map(FileRow::archiveName)
                .map(archive::at)
                .filter(Files::exists)
                .orElseThrow(() -> new ProblemException(Problem.of(BatchCode.BATCH_FILE_GONE, "name", batch.name())));
    }

    /** It waits in this node's folder, whoever is said to have it: a node may be called otherwise since. */
    boolean isHere(BatchRow batch) {
        return Files.exists(waiting(batch.id()));
    }

    void keep(String batch, Path copy) {
        NewFile.move(copy, archive.uploads(), batch);
    }

    /** It has been taken in, and lies in the archive. */
    void discard(BatchRow batch) {
        archive.discard(waiting(batch.id()));
    }

    private Path waiting(String batch) {
        return archive.uploads().resolve(batch);
    }
}
