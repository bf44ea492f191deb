package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RejectionBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what could not be taken in where a person sees it and can try it again: the original, a rejection, an exception,
 * and an order in state rejected when its number is known. It ends when the document has become an order.
 */
final class Rejection {
    private static final Duration KEEP_ORIGINAL = Duration.ofDays(90);

    private final Tx tx;
    private final Submission submission;
    private final SourceSettings source;

    Rejection(Tx tx, Submission submission, SourceSettings source) {
        this.tx = tx;
        this.submission = submission;
        this.source = source;
    }

    /**
     * By the number and the namespace it names, where these can be read. Of a source that is only looked at, it is kept among what
     * is looked at; one that says what was taken in before is known. One of a namespace that its source may not bring makes no
     * order, and is told where its source's are.
     */
    Taken keep(List<Problem> problems) {
        return new Before(tx, submission)
                .taken(source)
                .orElseGet(() -> source.bringsFor(named()) ? keep(named(), problems) : keepForeign(problems));
    }

    private Taken keepForeign(List<Problem> problems) {
        Taken kept = Shadow.isOn(tx, submission)
                ? new Shadow(tx, submission, source.namespace()).keep(null, problems)
                : keep(source.namespace(), null, problems);
        return new Taken(kept.result(), null, submission.orderId(), kept.problems());
    }

    /**
     * One its mapping makes nothing of.
     *
     * @param order the one it would be, where that can be read in spite of it: whoever looks finds it by its number, and that order
     *     ends it; else only its source says whose it is
     */
    Taken keepUnmapped(@Nullable Named order, List<Problem> problems) {
        if (submission.orderId() != null || order == null || Shadow.isOn(tx, submission)) {
            return keep(source.namespace(), problems);
        }
        String told = Json.text(problems);
        String rejection = reject(order.namespace(), order.orderId(), told);
        tx.exceptions()
                .openNumbered(
                        Reason.ORDER_REJECTED,
                        rejection,
                        order.namespace(),
                        order.orderId(),
                        submission.source(),
                        told);
        return new Taken(Result.REJECTED, null, null, problems);
    }

    private Taken keep(String whose, List<Problem> problems) {
        String orderId = submission.orderId();
        return Shadow.isOn(tx, submission)
                ? new Shadow(tx, submission, source.bringsFor(named()) ? named() : whose).keep(orderId, problems)
                : keep(whose, orderId, problems);
    }

    private String named() {
        return submission.namespaceAt(source);
    }

    private Taken keep(String namespace, @Nullable String orderId, List<Problem> problems) {
        String told = Json.text(problems);
        Optional<OrderRow> order = orderId == null ? Optional.empty() : Optional.of(order(namespace, orderId));
        String rejection = reject(namespace, orderId, told);
        order.ifPresent(known -> tx.exceptions().closeBy(Fact.NUMBER_KNOWN, rejection));
        String subject = order.map(OrderRow::id).orElse(rejection);
        tx.exceptions()
                .open(Reason.ORDER_REJECTED, subject, namespace, order.orElse(null), null, submission.source(), told);
        order.ifPresent(row -> tell(row, problems));
        return new Taken(Result.REJECTED, order.map(OrderRow::id).orElse(null), orderId, problems);
    }

    /** The same for what is no order, and makes none: its order, if there is one, stands as it stood. Whoever hears it at once can send it again. */
    Taken keepBeside(@Nullable String orderId, List<Problem> problems) {
        if (Shadow.isOn(tx, submission)) {
            return Shadow.passed(submission);
        }
        if (!submission.isAnsweredAtOnce()) {
            keep(source.namespace(), null, problems);
        }
        return new Taken(Result.REJECTED, null, orderId, problems);
    }

    /** Ends every rejection that a document taken in answers: by its place, its number, or the id it was handed back with. */
    static void answered(Tx tx, Submission submission, OrderRow order) {
        close(tx, match(submission, order.namespace(), order.orderId()), order);
        tx.exceptions().closeBy(Fact.REVISED, order.id());
    }

    /** The same of what is told beside an order: by its place, or the id it was handed back with. */
    static void answeredBeside(Tx tx, Submission submission, OrderRow order) {
        close(tx, match(submission, order.namespace(), null), order);
    }

    private static void close(Tx tx, RejectionBook.Match match, OrderRow order) {
        for (RejectionBook.Row row : tx.rejections().close(match, order.id())) {
            tx.exceptions().closeBy(Fact.ACCEPTED, String.valueOf(row.id()));
        }
    }

    private String reject(String namespace, @Nullable String orderId, String problems) {
        Origin origin = submission.origin();
        RejectionBook.Match match = match(submission, namespace, orderId);
        RejectionBook.Row row = new RejectionBook.Row(
                null,
                submission.source(),
                namespace,
                submission.channel(),
                orderId,
                origin == null ? null : origin.fileId(),
                origin == null ? null : origin.ordinal(),
                origin == null ? null : origin.firstRow(),
                origin == null || origin.document() == null ? null : original(origin),
                match.subject(),
                problems);
        return tx.rejections().keep(row, match);
    }

    private String original(Origin origin) {
        return tx.originals()
                .keep(new DocumentBook.Original(
                        submission.source(),
                        submission.channel(),
                        origin.fileId(),
                        origin.ordinal(),
                        null,
                        submission.mapping(),
                        "application/json",
                        String.valueOf(origin.document()).getBytes(StandardCharsets.UTF_8),
                        KEEP_ORIGINAL));
    }

    /** What a document that came by itself may answer; nothing for one whose sender hears at once. */
    static Optional<RejectionBook.Match> match(Submission submission, Named order) {
        return submission.origin() == null
                ? Optional.empty()
                : Optional.of(match(submission, order.namespace(), order.orderId()));
    }

    private static RejectionBook.Match match(Submission submission, String namespace, @Nullable String orderId) {
        Origin origin = submission.origin();
        String key = origin == null ? "order/" + orderId : origin.place();
        return new RejectionBook.Match(
                submission.source(),
                namespace,
                submission.source() + "/" + key,
                origin == null ? null : origin.answers(),
                orderId);
    }

    private void tell(OrderRow row, List<Problem> problems) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("channel", submission.channel())
                .put("source", submission.source());
        detail.set("problems", Stored.tree(problems));
        tx.story().tell(row.id(), null, "rejected", submission.actor(), detail.toString());
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        extra.set("problems", Stored.tree(problems));
        tx.events().emit(row, null, "order.rejected", extra);
    }

    /** The order this number names already, untouched, or a new one that has no shipment yet. */
    private OrderRow order(String namespace, String orderId) {
        Optional<OrderRow> known = tx.orders().lock(namespace, orderId);
        if (known.isPresent()) {
            return known.get();
        }
        String content = Content.writable(submission.canonical()).toString();
        tx.orders()
                .insert(new Revision(
                        namespace,
                        orderId,
                        null,
                        null,
                        List.of(),
                        content,
                        Content.hash(submission.canonical()),
                        content,
                        "hold",
                        submission.channel(),
                        submission.source(),
                        submission.mapping(),
                        submission.mappingVersion(),
                        submission.actor()));
        return tx.orders().lock(namespace, orderId).orElseThrow();
    }
}
