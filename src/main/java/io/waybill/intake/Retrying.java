package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Fate;
import io.waybill.format.Document;
import io.waybill.ledger.DocumentBook.Kept;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.RejectionBook;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Tries a rejected document again: its original goes through its mapping as that is today. It becomes an order once,
 * like any other document, or stays rejected with what is wrong now.
 */
public final class Retrying {
    private final Ledger ledger;
    private final MappedIntake mapped;

    public Retrying(Ledger ledger, MappedIntake mapped) {
        this.ledger = ledger;
        this.mapped = mapped;
    }

    /**
     * The document behind an open exception {@code order-rejected}.
     *
     * @param actor who asked for it
     * @throws ProblemException {@code original-not-kept} where it could not be read whole, or its retention is over
     */
    public Fate again(ExceptionBook.Row exception, String actor) {
        String number = exception.orderUid() == null ? null : exception.orderId();
        Optional<RejectionBook.Row> rejection =
                ledger.read(tx -> tx.rejections().newest(exception.namespace(), exception.subjectId(), number));
        RejectionBook.Row row = rejection.orElseThrow(() -> notKept(exception));
        String document = Optional.ofNullable(row.documentId()).orElseThrow(() -> notKept(exception));
        Kept kept =
                ledger.<Optional<Kept>>read(tx -> tx.originals().find(document)).orElseThrow(() -> notKept(exception));
        return mapped.take(
                Document.of(read(kept.bytes())),
                new Way(row.source(), row.channel(), kept.mapping(), origin(row, kept), actor));
    }

    private static Origin origin(RejectionBook.Row row, Kept kept) {
        String key = row.subject().substring(row.source().length() + 1);
        return new Origin(key, read(kept.bytes()), row.fileId(), row.ordinal(), row.firstRow(), row.id());
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return Json.mapper().readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException notKept(ExceptionBook.Row exception) {
        return new ProblemException(Problem.of(IntakeCode.ORIGINAL_NOT_KEPT, "id", exception.id()));
    }
}
