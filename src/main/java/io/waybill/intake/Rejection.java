package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what could not be taken in where a person sees it: an exception, and an order in state rejected when its number is known. */
final class Rejection {
    private static final Duration DUE = Duration.ofHours(4);

    private final Tx tx;
    private final Submission submission;
    private final SourceSettings source;

    Rejection(Tx tx, Submission submission, SourceSettings source) {
        this.tx = tx;
        this.submission = submission;
        this.source = source;
    }

    Taken keep(@Nullable String orderId, List<Problem> problems) {
        String told = Stored.tree(problems).toString();
        Optional<OrderRow> order = orderId == null ? Optional.empty() : Optional.of(order(orderId));
        String subject = order.map(OrderRow::id).orElse(submission.source() + "/" + submission.subject());
        tx.exceptions()
                .open(
                        "order-rejected",
                        subject,
                        source.namespace(),
                        order.orElse(null),
                        null,
                        submission.source(),
                        DUE,
                        told);
        order.ifPresent(row -> {
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("channel", submission.channel())
                    .put("source", submission.source());
            detail.set("problems", Stored.tree(problems));
            tx.story().tell(row.id(), null, "rejected", submission.actor(), detail.toString());
            ObjectNode extra = JsonNodeFactory.instance.objectNode();
            extra.set("problems", Stored.tree(problems));
            tx.events().emit(row, null, "order.rejected", extra);
        });
        return new Taken(Result.REJECTED, order.map(OrderRow::id).orElse(null), orderId, problems);
    }

    /** The order this number names already, untouched, or a new one that has no shipment yet. */
    private OrderRow order(String orderId) {
        Optional<OrderRow> known = tx.orders().lock(source.namespace(), orderId);
        if (known.isPresent()) {
            return known.get();
        }
        String content = submission.canonical().toString();
        tx.orders()
                .insert(new Revision(
                        source.namespace(),
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
        return tx.orders().lock(source.namespace(), orderId).orElseThrow();
    }
}
