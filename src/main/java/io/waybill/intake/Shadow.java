package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.ShadowBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what came by a source that is only looked at: mapped, checked and with its defaults, beside the orders and never
 * among them. There is no order, no shipment and nothing to claim, whatever its document says.
 */
record Shadow(Tx tx, Submission submission, String namespace) {

    Taken keep(Draft draft) {
        return keep(
                draft.given().orderId(),
                new Orders().write(draft.effective()).toString(),
                List.of(),
                Missing.in(draft.effective().parcels()).isEmpty());
    }

    Taken keep(@Nullable String orderId, List<Problem> problems) {
        return keep(orderId, null, problems, false);
    }

    private Taken keep(@Nullable String orderId, @Nullable String effective, List<Problem> problems, boolean priced) {
        tx.shadows()
                .keep(new ShadowBook.Document(
                        submission.source(),
                        key(orderId),
                        namespace,
                        orderId,
                        submission.channel(),
                        effective,
                        problems.isEmpty() ? null : Json.text(problems),
                        priced));
        return answer(orderId, problems);
    }

    /** Whether its source is only looked at now. */
    static boolean isOn(Tx tx, Submission submission) {
        return tx.rollout()
                .forDocuments(List.of(), List.of(submission.source()))
                .get()
                .isShadow(submission.source());
    }

    /** What is no order does nothing either where its source is only looked at. */
    static Function<Tx, Taken> unless(Submission submission, Function<Tx, Taken> work) {
        return tx -> isOn(tx, submission) ? passed(submission) : work.apply(tx);
    }

    /** What is no order, such as a cancellation, is looked at and not kept: there is nothing to compare it with. */
    static Taken passed(Submission submission) {
        return new Taken(Result.SHADOWED, null, submission.orderId(), List.of(told(submission.source())));
    }

    private Taken answer(@Nullable String orderId, List<Problem> problems) {
        return new Taken(
                Result.SHADOWED,
                null,
                orderId,
                Stream.concat(Stream.of(told(submission.source())), problems.stream())
                        .toList());
    }

    private static Problem told(String source) {
        return Problem.of(IntakeCode.SHADOWED, "source", source);
    }

    private String key(@Nullable String orderId) {
        if (orderId != null) {
            return "number/" + namespace + "/" + orderId;
        }
        return submission.origin() == null
                ? "body/" + submission.bodySha256()
                : "document/" + submission.origin().key();
    }
}
