package io.waybill.batch;

import io.waybill.format.FormatCode;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is laid beside a file in its archive, and sent to whoever handed it over. What a document keeps from being written is
 * told, and keeps the file from nothing; a disk or a folder that fails does.
 */
final class Beside {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** Writes one of them; false when there is nothing to write. */
    private interface Writing {
        boolean to(Path path) throws IOException;
    }

    private final Ledger ledger;
    private final Archive archive;
    private final Feed feed;
    private final FileRow file;
    private final Archive.Place place;
    private final List<Problem> unwritten = new ArrayList<>();

    Beside(Ledger ledger, Archive archive, Feed feed, FileRow file, Archive.Place place) {
        this.ledger = ledger;
        this.archive = archive;
        this.feed = feed;
        this.file = file;
        this.place = place;
    }

    /** What could not be written, and why. */
    List<Problem> unwritten() {
        return unwritten;
    }

    /**
     * The bad documents of this copy of the file.
     *
     * @return where they lie, or null
     */
    @Nullable
    String quarantine(Path copy) {
        Quarantine quarantine = new Quarantine(feed);
        Path written = written(".quarantine" + quarantine.extension(), path -> {
            quarantine.write(path, copy, file.name(), new Outcomes(ledger, file, 0));
            return true;
        });
        return written == null ? null : answer(written, ".quarantine", quarantine.extension());
    }

    /** For the sender's system: what became of each document of its file. */
    void acknowledge(Path copy) {
        Acknowledgement acknowledgement = Acknowledgement.of(ledger, feed, file);
        if (acknowledgement == null) {
            return;
        }
        Path written = written(acknowledgement.end(), path -> acknowledgement.write(path, copy));
        if (written != null) {
            if (feed.acknowledgeTo() != null) {
                send(written, feed.acknowledgeTo(), place.name() + acknowledgement.end());
            }
            lay(written, "", acknowledgement.end());
        }
    }

    /** Into the archive, and to whoever handed the file over. */
    String answer(Path written, String mark, String extension) {
        if (feed.returnTo() != null) {
            send(written, feed.returnTo(), place.name() + mark + extension);
        }
        return lay(written, mark, extension);
    }

    /** The next try writes it anew: this one's is not to stay, or a folder that is away fills the disk of the hub. */
    private void send(Path written, Path folder, String name) {
        try {
            NewFile.send(written, folder, name);
        } catch (RuntimeException e) {
            archive.discard(written);
            throw e;
        }
    }

    String lay(Path written, String mark, String extension) {
        return archive.told(NewFile.place(written, place.folder(), place.name() + mark, extension));
    }

    private @Nullable Path written(String end, Writing writing) {
        Path path = archive.temporary();
        try {
            if (writing.to(path)) {
                return path;
            }
        } catch (ProblemException e) {
            Problem why = e.problems().get(0);
            if (why.code().equals(FormatCode.UNREADABLE_FILE.code())) {
                throw e;
            }
            tell(end, why);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        archive.discard(path);
        return null;
    }

    private void tell(String end, Problem why) {
        Problem problem = Problem.of(
                BatchCode.NOT_LAID_BESIDE,
                "name",
                ArchiveName.clean(file.name()),
                "end",
                end,
                "why",
                why.detail(feed.language()));
        LOG.warn("{}: {}", feed.source(), problem);
        unwritten.add(problem);
    }
}
