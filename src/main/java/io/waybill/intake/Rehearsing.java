package io.waybill.intake;

import io.waybill.batch.Fate;
import io.waybill.batch.Held;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What taking in would answer now: a document is taken in and, before anybody sees it, back again. Nothing stays. */
record Rehearsing(Ledger ledger, Sources sources, Checking checking) {
    /**
     * @param order with the source's defaults; null when the document is none
     * @param waits what it would wait for, in a sentence each; empty when it would be bought, or not be taken in
     */
    record Rehearsed(Taken taken, @Nullable Order order, List<Problem> waits) {}

    /** @throws ProblemException {@code unknown-source}; every other problem is in the answer */
    Rehearsed rehearse(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        Draft draft;
        try {
            draft = checking.draft(submission, source);
        } catch (ProblemException e) {
            Taken rejected = new Taken(Taken.Result.REJECTED, null, submission.orderId(), e.problems());
            return new Rehearsed(
                    rehearse(tx -> new Before(tx, submission).taken(source).orElse(rejected)), null, List.of());
        }
        Taken taken = rehearse(checking.admission(submission, source, draft));
        return new Rehearsed(taken, draft.effective(), isTakenIn(taken) ? Held.why(draft.plan()) : List.of());
    }

    /**
     * What it would be.
     *
     * @throws ProblemException with every bad field; why it would not be taken as things stand
     */
    Previewed preview(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        Draft draft = checking.draft(submission, source);
        Taken taken = rehearse(checking.admission(submission, source, draft));
        if (taken.result() == Taken.Result.CONFLICT) {
            throw new ProblemException(taken.problems());
        }
        return new Previewed(draft.effective(), isTakenIn(taken) && draft.plan().state() == ShipmentState.READY);
    }

    private static boolean isTakenIn(Taken taken) {
        return taken.result() == Taken.Result.ACCEPTED || taken.result() == Taken.Result.REPLACED;
    }

    /** What the document at this place was taken in as, at that time or later. */
    Optional<Fate> cameBy(String namespace, String number, Origin origin, Instant since) {
        return ledger.commit(tx -> tx.orders()
                .lock(namespace, number)
                .flatMap(order -> tx.story().of(order.id()).stream()
                        .filter(entry -> !entry.happenedAt().isBefore(since) && isOf(entry, origin))
                        .reduce((earlier, later) -> later)
                        .map(entry -> new Fate(
                                entry.what().equals("revised") ? Fate.Result.REPLACED : Fate.Result.ACCEPTED,
                                number,
                                order.id(),
                                null,
                                List.of()))));
    }

    private static boolean isOf(StoryBook.Entry entry, Origin origin) {
        String detail = entry.detail();
        return detail != null && Json.kept(detail).path("document").asText().equals(origin.key());
    }

    /** What some work would answer. */
    Taken rehearse(Function<Tx, Taken> work) {
        try {
            return ledger.commit(tx -> {
                throw new TakenBack(work.apply(tx));
            });
        } catch (TakenBack back) {
            return back.taken;
        }
    }

    /** Ends a transaction without a trace but its answer. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Taken taken;

        TakenBack(Taken taken) {
            super(null, null, false, false);
            this.taken = taken;
        }
    }
}
