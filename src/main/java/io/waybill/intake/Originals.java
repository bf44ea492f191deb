package io.waybill.intake;

import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Tx;
import io.waybill.settings.Section;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a mapping read beside the order it became, so that another version of the mapping can be tried on it.
 *
 * @param keep how long; zero keeps none
 */
public record Originals(Duration keep) {
    public static final Originals NONE = new Originals(Duration.ZERO);

    private static final Duration DEFAULT = Duration.ofDays(30);

    /** @throws io.waybill.problem.ProblemException {@code bad-setting} */
    public static Originals read(Section section) {
        boolean off = section.get("keep", "30d").equals("0");
        Originals originals = off ? NONE : new Originals(section.duration("keep", DEFAULT));
        section.close();
        return originals;
    }

    /** In the transaction that takes the order in. */
    void keep(Tx tx, Submission submission, @Nullable String orderUid) {
        of(submission, orderUid).ifPresent(tx.originals()::keep);
    }

    /** What is kept of a document; nothing of one that came in canonical shape. */
    Optional<DocumentBook.Original> of(Submission submission, @Nullable String orderUid) {
        if (keep.isZero() || submission.original() == null || submission.mapping() == null) {
            return Optional.empty();
        }
        Origin origin = submission.origin();
        return Optional.of(new DocumentBook.Original(
                submission.source(),
                submission.channel(),
                origin == null ? null : origin.fileId(),
                origin == null ? null : origin.ordinal(),
                orderUid,
                submission.mapping(),
                "application/json",
                submission.original().toString().getBytes(StandardCharsets.UTF_8),
                keep));
    }
}
