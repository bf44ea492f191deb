package io.waybill.intake;

import io.waybill.access.Spending;
import io.waybill.ledger.Fact;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Releases a held shipment of an order with the pieces beside it, or says what still holds it. */
final class Releasing {
    private static final String SPENDING_LIMIT = "spendingLimit";
    static final String LIMIT_LIFTED = "limitLifted";
    private static final String STAGE_OFF = "stageOff";

    private final Planner planner;

    private final Spending spending;

    Releasing(Planner planner, Spending spending) {
        this.planner = planner;
        this.spending = spending;
    }

    void all(Tx tx, OrderRow order, List<ShipmentRow> shipments, @Nullable String actor, boolean pastLimit) {
        ShipmentRow shipment = held(shipments);
        if (shipment.state() == ShipmentState.CANCELLED) {
            throw new ProblemException(Problem.of(OrderCode.ORDER_CANCELLED, "orderId", order.orderId()));
        }
        shipments.stream()
                .filter(row -> row.state() == ShipmentState.HELD && row.isPieceBeside(shipment))
                .forEach(row -> one(tx, order, row, actor, pastLimit));
    }

    /** Whoever may spend more than a limit does not do so unseen; anybody else waits until it allows it. */
    private void passLimit(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor, boolean pastLimit) {
        if (!pastLimit) {
            limit(tx, order, shipment).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            return;
        }
        if (actor != null) {
            tx.audit().record(actor, "limit.lifted", order.id(), order.namespace(), null);
        }
    }

    /** The limit as it is now: it may have been raised since it held the shipment. */
    private Optional<Problem> limit(Tx tx, OrderRow order, ShipmentRow shipment) {
        int labels = Stored.order(order, shipment).parcels().size();
        return spending.exhausted(tx, order.source(), order.namespace(), labels, shipment.id());
    }

    /** The one that can be released; a further label may wait while the first is on its way. */
    private static ShipmentRow held(List<ShipmentRow> shipments) {
        return shipments.stream()
                .filter(row -> row.state() == ShipmentState.HELD)
                .findFirst()
                .orElseGet(() -> Desk.meant(shipments));
    }

    private void one(Tx tx, OrderRow order, ShipmentRow shipment, @Nullable String actor, boolean pastLimit) {
        if (STAGE_OFF.equals(shipment.holdReason())
                && tx.rollout().off(Stage.LABELS).contains(order.namespace())) {
            throw new ProblemException(
                    Problem.of(IntakeCode.LABELS_OFF, "orderId", order.orderId(), "namespace", order.namespace()));
        }
        boolean limited = SPENDING_LIMIT.equals(shipment.holdReason());
        if (limited && shipment.due().isAfter(tx.now())) {
            passLimit(tx, order, shipment, actor, pastLimit);
        }
        Plan released = planner.plan(Stored.order(order, shipment), shipment.parcels(), true);
        Plan plan = limited && pastLimit ? released.marked(LIMIT_LIFTED) : released;
        if (plan.state() == ShipmentState.HELD) {
            throw new ProblemException(
                    Problem.of(IntakeCode.STILL_MISSING, "orderId", order.orderId(), "missing", plan.waitingFor()));
        }
        new Restart(order, shipment, plan).make(tx, "released", actor);
        tx.exceptions().closeBy(Fact.RELEASED, shipment.id());
    }
}
