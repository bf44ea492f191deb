package io.waybill.intake;

import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cancels an order by every shipment of it that is not over. A label that is on its way back, to be bought once more, is
 * given back and not bought again.
 */
final class Cancelling {
    private Cancelling() {}

    static void all(Tx tx, OrderRow order, List<ShipmentRow> shipments, @Nullable String actor) {
        List<ShipmentRow> live = shipments.stream()
                .filter(row -> !row.state().isOver() && !isOnItsWayBack(order, row))
                .toList();
        live.stream()
                .filter(row -> !Desk.isOpenForChange(row))
                .min(Comparator.comparing(row -> row.state().isSold()))
                .ifPresent(row -> {
                    throw row.state().isSold()
                            ? new ProblemException(Problem.of(IntakeCode.LABEL_IS_SOLD, "orderId", order.orderId()))
                            : Desk.beingBought(order);
                });
        shipments.forEach(tx.voids()::noRebuy);
        live.forEach(shipment -> one(tx, order, shipment, actor));
        if (order.cancelledAt() == null) {
            tx.orders().cancel(order.id());
            if (live.isEmpty()) {
                tx.story().tell(order.id(), null, "cancelled", actor, null);
            }
        }
    }

    /** Its own story goes on until its carrier has answered, in a cancelled order too. */
    private static boolean isOnItsWayBack(OrderRow order, ShipmentRow row) {
        return row.state() == ShipmentState.VOIDING && (row.rebuy() || order.cancelledAt() != null);
    }

    private static void one(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor) {
        if (!tx.shipments().move(shipment, ShipmentState.CANCELLED, Duration.ZERO, null)) {
            throw Desk.beingBought(order);
        }
        tx.exceptions().closeBy(Fact.CANCELLED, shipment.id());
        tx.story().tell(order.id(), shipment.id(), "cancelled", actor, null);
    }
}
