package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.util.List;

/** Writes down a sale that is not its shipment's label: its numbers, what it costs, and the work of voiding it. */
final class NewOrphan {
    private NewOrphan() {}

    /** One label, one orphan, one set of charges, however often it is found. */
    static void record(Tx tx, Account account, OrderRow order, AttemptRow attempt, Outcome.Bought sale) {
        String id = sale.id().value();
        ShipmentRow shipment =
                tx.shipments().find(attempt.shipmentUid(), Namespaces.ALL).orElseThrow();
        if (isItsOwn(tx, shipment, attempt, sale) || !tx.orphans().add(attempt, account.carrierId(), id)) {
            return;
        }
        if (!isChosen(tx, attempt)) {
            byte[] response = tx.erasure().isErased(order.id()) ? new byte[0] : sale.response();
            tx.attempts().settle(attempt.ref(), "ORPHAN", response, null, id);
        }
        sale.numbers()
                .forEach(number -> tx.numbers().add(attempt.shipmentUid(), "orphan", number.parcel(), number.value()));
        if (!sale.charges().isEmpty()) {
            Charged.record(tx, account, order, attempt, sale.charges(), id);
            charged(tx, order, attempt.shipmentUid(), attempt.ref(), id);
        }
        Problem problem = Problem.of(DispatchCode.ORPHAN_LABEL, "carrierShipment", id, "ref", attempt.ref());
        Recording.open(tx, Reason.ORPHAN_LABEL, attempt.ref(), order, attempt.shipmentUid(), problem);
        Recording.tell(
                tx,
                order,
                attempt,
                "orphan",
                JsonNodeFactory.instance.objectNode().put("carrierShipment", id));
    }

    /** Tells that what labels beside the shipment's own are expected to cost has changed. */
    static void charged(Tx tx, OrderRow order, String shipment, String ref, String carrierShipment) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putObject(Charged.ORPHAN).put("ref", ref).put("carrierShipment", carrierShipment);
        tx.events().emit(order, shipment, "billing.charged", facts);
    }

    /**
     * The label the shipment has, under whatever number it was found: by the carrier's own, or by a tracking number. What
     * is taken for another label is voided, so any of them counts; and while its own tracking numbers are still to come, so does
     * whatever is found under the request that sold it.
     *
     * @param attempt under whose ref it was found
     */
    static boolean isItsOwn(Tx tx, ShipmentRow shipment, AttemptRow attempt, Outcome.Bought sale) {
        if (sale.id().value().equals(shipment.carrierShipment())) {
            return true;
        }
        List<String> tracking = tx.numbers().tracking(shipment.id());
        if (tracking.isEmpty() && shipment.state() == ShipmentState.BOUGHT && isChosen(tx, attempt)) {
            return true;
        }
        return sale.numbers().stream()
                .anyMatch(number -> number.kind().equals("tracking") && tracking.contains(number.value()));
    }

    private static boolean isChosen(Tx tx, AttemptRow attempt) {
        return tx.attempts()
                .find(attempt.ref())
                .filter(known -> known.state().equals("BOUGHT"))
                .isPresent();
    }
}
