package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes what the pack bench packed and weighed, and releases the shipment with it. */
record PackBench(Orders orders, Planner planner) {
    /**
     * @return false when it was packed so already
     * @throws ProblemException {@code parcels-being-bought}, {@code parcels-frozen}, {@code order-cancelled},
     *     {@code order-being-bought}
     */
    boolean pack(Tx tx, OrderRow order, ShipmentRow shipment, List<Order.Parcel> parcels, @Nullable String actor) {
        Order before = Stored.order(order.effective());
        Order said = Stored.asked(shipment, before, shipment.parcels() != null);
        if (isSame(said.parcels(), parcels) && shipment.state() != ShipmentState.HELD) {
            return false;
        }
        if (!shipment.state().isOpenForChange()) {
            throw frozen(order, shipment);
        }
        Order packed = Packed.order(before, parcels);
        Plan plan = planner.plan(Stored.asked(shipment, packed, true), Json.text(parcels), false);
        if (!Pieces.join(tx, shipment)) {
            throw frozen(order, shipment);
        }
        if (!Revising.lookAnew(tx, tx.shipments().of(order.id()), shipment)) {
            throw new ProblemException(OrderCode.beingBought(order.orderId()));
        }
        tx.orders().repack(order, orders.write(packed).toString(), String.valueOf(packed.release()), actor);
        ObjectNode weights = JsonNodeFactory.instance.objectNode().put("weight", weights(parcels));
        new Restart(order, shipment, plan).make(tx, "packed", actor, weights);
        tx.exceptions().closeBy(Fact.PACKED, shipment.id());
        return true;
    }

    /** However many zeros a weight is written with. */
    private static boolean isSame(List<Order.Parcel> said, List<Order.Parcel> packed) {
        return Content.diff(Stored.tree(said), Stored.tree(packed)).isEmpty();
    }

    /** {@code 1.2 kg, 300 g}. */
    private static String weights(List<Order.Parcel> parcels) {
        return parcels.stream()
                .map(Order.Parcel::weight)
                .filter(Objects::nonNull)
                .map(weight ->
                        weight.value().toPlainString() + " " + weight.unit().word())
                .collect(Collectors.joining(", "));
    }

    private static ProblemException frozen(OrderRow order, ShipmentRow shipment) {
        boolean isVoidable = !shipment.imported()
                && (shipment.state() == ShipmentState.BOUGHT || shipment.state() == ShipmentState.LABELLED);
        if (shipment.state().isOpenPurchase()) {
            return new ProblemException(OrderCode.parcelsBeingBought(order.orderId(), shipment.word())
                    .at("/parcels"));
        }
        OrderCode code =
                shipment.state() == ShipmentState.CANCELLED ? OrderCode.ORDER_CANCELLED : OrderCode.PARCELS_FROZEN;
        Problem why = Problem.of(code, "orderId", order.orderId(), "status", shipment.word());
        return new ProblemException((isVoidable ? why.with("shipment", shipment.id()) : why).at("/parcels"));
    }
}
