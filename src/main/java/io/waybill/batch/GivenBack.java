package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What of a batch is given back: line by line, as the sheet it was, or only what is bad. Files are the caller's to delete. */
public final class GivenBack {
    private final Ledger ledger;
    private final Archive archive;
    private final KeptFiles files;
    private final BatchRow batch;
    private final Namespaces scope;

    GivenBack(Ledger ledger, Archive archive, KeptFiles files, BatchRow batch, Namespaces scope) {
        this.ledger = ledger;
        this.archive = archive;
        this.files = files;
        this.batch = batch;
        this.scope = scope;
    }

    /**
     * Its documents, each with what became of it or would.
     *
     * @param after the place of the document before the first, 0 for all
     */
    public Lines lines(int after) {
        return new Lines(ledger, batch, scope, after);
    }

    /** The file again with what became of each row, in a temporary file. */
    public Path sheet(Sheet sheet) {
        return written(path -> sheet.write(path, files.path(batch), batch.name(), files.feed(batch), lines(0)));
    }

    /** Whether anybody has to correct something. */
    public boolean hasErrors() {
        Lines lines = lines(0);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (line.isBad()) {
                return true;
            }
        }
        return false;
    }

    /** The bad documents of it and only these, each with its reason, in a temporary file. */
    public Path errors() {
        Outcomes outcomes = files.taken(batch)
                .map(file -> new Outcomes(ledger, file, 0))
                .orElseGet(() -> Outcomes.looked(ledger, batch));
        return written(
                path -> new Quarantine(files.feed(batch)).write(path, files.path(batch), batch.name(), outcomes));
    }

    /** Where the like of these files ends: {@code .csv}. */
    public String errorsExtension() {
        return new Quarantine(files.feed(batch)).extension();
    }

    private interface Written {
        void to(Path path) throws IOException;
    }

    private Path written(Written content) {
        Path path = archive.temporary();
        try {
            content.to(path);
            return path;
        } catch (IOException e) {
            archive.discard(path);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            archive.discard(path);
            throw e;
        }
    }
}
