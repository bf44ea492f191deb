package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.carrier.Account;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Duration;

/** Writes down a sale that is not its shipment's label: its numbers, what it costs, and the work of voiding it. */
final class NewOrphan {
    private static final Duration DUE = Duration.ofHours(1);

    private NewOrphan() {}

    /** One label, one orphan, one set of charges, however often it is found. */
    static void record(Tx tx, Account account, OrderRow order, AttemptRow attempt, Outcome.Bought sale) {
        String id = sale.id().value();
        String chosen = tx.shipments()
                .find(attempt.shipmentUid(), Namespaces.ALL)
                .map(ShipmentRow::carrierShipment)
                .orElse(null);
        if (id.equals(chosen) || !tx.orphans().add(attempt, id)) {
            return;
        }
        if (!isChosen(tx, attempt)) {
            tx.attempts().settle(attempt.ref(), "ORPHAN", sale.response(), null, id);
        }
        sale.numbers()
                .forEach(number -> tx.numbers().add(attempt.shipmentUid(), "orphan", number.parcel(), number.value()));
        Charged.record(tx, account, order, attempt, sale, Charged.ORPHAN);
        Problem problem = Problem.of(DispatchCode.ORPHAN_LABEL, "carrierShipment", id, "ref", attempt.ref());
        Recording.open(tx, "orphan-label", attempt.ref(), order, attempt.shipmentUid(), DUE, problem);
        Recording.tell(
                tx,
                order,
                attempt,
                "orphan",
                JsonNodeFactory.instance.objectNode().put("carrierShipment", id));
    }

    private static boolean isChosen(Tx tx, AttemptRow attempt) {
        return tx.attempts().of(attempt.shipmentUid()).stream()
                .anyMatch(known ->
                        known.ref().equals(attempt.ref()) && known.state().equals("BOUGHT"));
    }
}
