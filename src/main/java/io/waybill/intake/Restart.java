package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A shipment that begins again under a new plan because a person or the pack bench did something, which its story tells. */
record Restart(OrderRow order, ShipmentRow shipment, Plan plan) {
    /** @throws ProblemException {@code order-being-bought}: a buyer took the shipment between our look at it and our change */
    void make(Tx tx, String what, @Nullable String actor) {
        make(tx, what, actor, JsonNodeFactory.instance.objectNode());
    }

    /** The same, with more to tell. */
    void make(Tx tx, String what, @Nullable String actor, ObjectNode detail) {
        if (!tx.plans().beginAgain(shipment, plan)) {
            throw new ProblemException(OrderCode.beingBought(order.orderId()));
        }
        detail.put("waitingFor", plan.waitingFor());
        tx.story().tell(order.id(), shipment.id(), what, actor, detail.toString());
    }
}
