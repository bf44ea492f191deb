package io.waybill.batch;

import io.waybill.format.DocumentReader;
import io.waybill.format.Reading;
import io.waybill.ledger.FileRow;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the sender's system is told of the documents of its file, in the words of their format. */
interface Acknowledgement {
    /** The one for files read so, or null where their format has none. */
    static @Nullable Acknowledgement of(Reading reading) {
        return AleAudit.answers(reading) ? new AleAudit(reading.format()) : null;
    }

    /** Stands in the file's name: {@code .aleaud}. */
    String mark();

    /** Its suffix: {@code .idoc}. */
    String extension();

    /** Reads the file again beside its outcomes. The same outcomes write the same bytes. */
    void write(DocumentReader reader, Outcomes outcomes, About about, OutputStream out);

    /** The file that is answered, and the language of sentences. */
    record About(FileRow file, Locale language) {}
}
