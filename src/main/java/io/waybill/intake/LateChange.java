package io.waybill.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Tells a person of what a system says of an order when it is too late to obey: it has a label, or is being bought. */
final class LateChange {
    /** Ways in by which no answer reaches anybody. */
    private static final Set<String> UNATTENDED = Set.of("poll", "webhook", "kafka");

    /** Ways in that leave a receipt or a mark, which nobody may read in time. */
    private static final Set<String> RECEIPTED = Set.of("file", "sql");

    /** What such a receipt tells of an order that goes on with what it was. */
    private static final Set<String> CHANGES = Set.of(
            OrderCode.ORDER_CONTENT_DIFFERS.code(),
            IntakeCode.ORDER_BOUGHT_MEANWHILE.code(),
            IntakeCode.ORDER_UNDECIDED.code());

    private LateChange() {}

    /**
     * Of an order that came by itself and was not taken because it differs from what was bought. What a closed channel brings is
     * another channel's to say, and is counted.
     */
    static void tell(Tx tx, Submission submission, Taken taken) {
        boolean closed = taken.problems().stream().anyMatch(Gate::isGate);
        boolean changes = taken.problems().stream().anyMatch(problem -> CHANGES.contains(problem.code()));
        boolean unseen =
                UNATTENDED.contains(submission.channel()) || (RECEIPTED.contains(submission.channel()) && changes);
        if (unseen && taken.result() == Result.CONFLICT && !closed && taken.orderUid() != null) {
            tx.orders()
                    .lock(taken.orderUid(), Namespaces.ALL)
                    .ifPresent(order -> tell(tx, submission, order, taken.problems()));
        }
    }

    /**
     * That an order is being bought as it was: to be asked again by a caller, to be handed over again by whoever hears later.
     *
     * @param shipments where one is under review, a person must say first whether it was bought
     */
    static Problem beingBought(Submission submission, String orderId, List<ShipmentRow> shipments) {
        if (submission.isAnsweredAtOnce() || submission.isEdit()) {
            return OrderCode.beingBought(orderId);
        }
        boolean review = shipments.stream().anyMatch(row -> row.state() == ShipmentState.REVIEW);
        return Problem.of(review ? IntakeCode.ORDER_UNDECIDED : IntakeCode.ORDER_BOUGHT_MEANWHILE, "orderId", orderId);
    }

    /** A sold order comes again as it was bought: what its source took back last is to go on, and a person need not keep it any longer. */
    static void letGo(Tx tx, Submission submission, List<ShipmentRow> shipments) {
        List<String> sold = shipments.stream()
                .filter(row -> row.state().isSold() && !row.isDelivered())
                .map(ShipmentRow::id)
                .toList();
        if (submission.isEdit() || sold.isEmpty()) {
            return;
        }
        List<ExceptionBook.Row> over = tx.exceptions().openFor(Fact.LET_GO, sold).get().stream()
                .filter(row -> submission.source().equals(row.source()) && isTakenBack(row))
                .toList();
        tx.exceptions().close(Fact.LET_GO, over);
    }

    private static boolean isTakenBack(ExceptionBook.Row row) {
        return StreamSupport.stream(Json.kept(row.problems()).spliterator(), false)
                .allMatch(problem -> problem.path("code").asText().equals(IntakeCode.TAKEN_BACK_LATE.code()));
    }

    /** Nobody is told once all of it is delivered: it cannot be stopped any more. */
    static void tell(Tx tx, Submission submission, OrderRow order, List<Problem> problems) {
        List<ShipmentRow> shipments = tx.shipments().of(order.id());
        List<ShipmentRow> live =
                shipments.stream().filter(row -> !row.state().isOver()).toList();
        List<ShipmentRow> underWay =
                live.stream().filter(row -> !row.isDelivered()).toList();
        if (!live.isEmpty() && underWay.isEmpty()) {
            return;
        }
        String subject = shipments.isEmpty()
                ? order.id()
                : Desk.meant(underWay.isEmpty() ? shipments : underWay).id();
        String shipment = shipments.isEmpty() ? null : subject;
        tx.exceptions()
                .open(
                        Reason.CHANGED_LATE,
                        subject,
                        order.namespace(),
                        order,
                        shipment,
                        submission.source(),
                        told(tx, subject, problems));
    }

    /** These, and beside them what was found after a restore, which no source says again. */
    private static String told(Tx tx, String subject, List<Problem> problems) {
        ArrayNode told = Json.mapper().valueToTree(problems);
        tx.exceptions()
                .openOf(Reason.CHANGED_LATE, subject)
                .ifPresent(open -> Json.kept(open.problems()).forEach(problem -> {
                    if (problem.path("code").asText().equals(OrderCode.BOUGHT_BEFORE_CHANGE.code())) {
                        told.add(problem);
                    }
                }));
        return told.toString();
    }
}
