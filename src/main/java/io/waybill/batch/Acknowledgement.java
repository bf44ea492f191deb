package io.waybill.batch;

import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the sender's system is told of the documents of its file, in the words of their format. */
interface Acknowledgement {
    /** The one for files of this feed, or null where their format has none. */
    static @Nullable Acknowledgement of(Ledger ledger, Feed feed, FileRow file) {
        if (feed.reading().format().edi()) {
            return new Acknowledged(ledger, feed, file);
        }
        return AleAudit.answers(feed.reading()) ? new AleAudit(ledger, feed, file) : null;
    }

    /** How its name ends: {@code .aleaud.idoc}. */
    String end();

    /**
     * Writes it, from a copy of the file. The same outcomes write the same bytes.
     *
     * @return whether there was anything to acknowledge
     */
    boolean write(Path path, Path copy);
}
