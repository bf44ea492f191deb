package io.waybill.intake;

import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tries again what did not come to a label, and looks at once for an answer that is awaited. */
record TryingAgain(Planner planner) {
    private static final String RETRIED = "retried";

    void of(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor) {
        boolean asked = tx.orphans().askAgain(shipment.id()) > 0;
        switch (shipment.state()) {
            case REVIEW, UNKNOWN -> asked |= tx.purchases().reopen(shipment);
            case BOUGHT, VOIDING -> asked |= tx.shipments().postpone(shipment, Duration.ZERO);
            case REFUSED -> restart(tx, order, shipment, actor);
            case READY -> {
                if (tx.exceptions().isOpen(Reason.PURCHASE_FAILED, shipment.id())) {
                    restart(tx, order, shipment, actor);
                }
            }
            default -> {}
        }
        if (asked) {
            tx.story().tell(order.id(), shipment.id(), RETRIED, actor, null);
        }
    }

    /** Its account is chosen anew, for it may be gone; past a spending limit that was lifted for it before. */
    private void restart(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor) {
        Plan plan = planner.plan(Stored.order(order, shipment), shipment.parcels(), true);
        boolean lifted = Releasing.LIMIT_LIFTED.equals(shipment.holdReason()) && plan.state() != ShipmentState.HELD;
        new Restart(order, shipment, lifted ? plan.marked(Releasing.LIMIT_LIFTED) : plan).make(tx, RETRIED, actor);
    }
}
