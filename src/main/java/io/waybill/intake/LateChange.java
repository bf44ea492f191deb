package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Set;

/** Tells a person of what a system says of an order when it is too late to obey: it has a label, or is being bought. */
final class LateChange {
    /** Ways in that nobody reads a receipt of. */
    private static final Set<String> UNATTENDED = Set.of("poll", "webhook", "kafka");

    private LateChange() {}

    /**
     * Of an order that came by itself and was not taken because it differs from what was bought. What a closed channel brings is
     * another channel's to say, and is counted.
     */
    static void tell(Tx tx, Submission submission, Taken taken) {
        boolean closed = taken.problems().stream().anyMatch(Gate::isGate);
        boolean unseen = UNATTENDED.contains(submission.channel()) && taken.result() == Result.CONFLICT && !closed;
        if (unseen && taken.orderUid() != null) {
            tx.orders()
                    .lock(taken.orderUid(), io.waybill.ledger.Namespaces.ALL)
                    .ifPresent(order -> tell(tx, submission, order, taken.problems()));
        }
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
                        Json.text(problems));
    }
}
