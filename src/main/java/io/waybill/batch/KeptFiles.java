package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of batches lie, what they have become in the ledger, and how they are read. */
record KeptFiles(Ledger ledger, Archive archive, Uploads.Feeds feeds) {

    Feed feed(BatchRow batch) {
        return feeds.feed(batch.source(), batch.format());
    }

    /** The file of the ledger that a batch has become; empty while it is only looked at. */
    Optional<FileRow> taken(BatchRow batch) {
        return Uploads.isLooked(batch) ? Optional.empty() : known(batch);
    }

    /** These bytes as their source has handed them over to be taken in, by whatever way. */
    Optional<FileRow> known(BatchRow batch) {
        return ledger.read(tx -> tx.files().of(batch.source(), batch.fileSha256()));
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
