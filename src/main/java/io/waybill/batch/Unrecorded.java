package io.waybill.batch;

import io.waybill.batch.Taker.Handed;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run over a file that was killed had taken in, and did not come to record as the file's. */
final class Unrecorded {
    /** No run has more documents on their way. */
    private static final int MOST = 8 * Taker.TOGETHER;

    private final Ledger ledger;
    private final Preview preview;
    private @Nullable Instant since;
    private int first;

    Unrecorded(Ledger ledger, Preview preview) {
        this.ledger = ledger;
        this.preview = preview;
    }

    /** What this document was taken in as since its file was handed over; asked in rising order. */
    Optional<Fate> of(Handed handed) {
        int ordinal = handed.document().ordinal();
        first = first == 0 ? ordinal : first;
        String file = handed.context().fileId();
        if (file == null || ordinal - first >= MOST) {
            return Optional.empty();
        }
        return preview.takenBefore(handed.document(), handed.context(), since(file));
    }

    private Instant since(String file) {
        Instant known = since;
        if (known == null) {
            known = ledger.read(tx -> tx.files().find(file))
                    .map(FileRow::receivedAt)
                    .orElseThrow();
            since = known;
        }
        return known;
    }
}
