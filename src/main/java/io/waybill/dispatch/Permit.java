package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.ledger.Asked;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can stop a purchase at the last moment, asked in the transaction that claims it: its account is off, or a
 * spending limit is reached. The first leaves it ready, the second holds it until the next day.
 */
final class Permit {
    /** What a shipment carries that an admin released although its limit was reached. */
    static final String LIFTED = "limitLifted";

    private static final String STAGE_OFF = "stageOff";

    /** Whoever switches the stage on wakes them. */
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final Spending spending;

    Permit(Spending spending) {
        this.spending = spending;
    }

    /** Whether a limit may refuse it: then it is claimed alone, in a transaction that holds the limit. */
    boolean isLimited(OrderRow order) {
        return spending.isLimited(order.source(), order.namespace());
    }

    static Asked<Boolean> isOff(Tx tx, Account account) {
        return tx.stops().askStopped(account.name());
    }

    /** False when a limit is reached; the shipment is held then. */
    boolean isWithinLimits(Tx tx, OrderRow order, ShipmentRow row, int labels) {
        if (LIFTED.equals(row.holdReason())) {
            return true;
        }
        Optional<Problem> limit = spending.refuse(tx, order.source(), order.namespace(), labels, row.id());
        limit.ifPresent(problem -> hold(tx, row, problem));
        return limit.isEmpty();
    }

    /** False for an order whose namespace has its labels switched off; the shipment is held then, until they are on. */
    static boolean isOn(Tx tx, Set<String> off, OrderRow order, ShipmentRow row) {
        if (!off.contains(order.namespace())) {
            return true;
        }
        Problem problem =
                Problem.of(DispatchCode.STAGE_OFF, "orderId", order.orderId(), "namespace", order.namespace());
        hold(tx, row, problem, STAGE_OFF, tx.now().plus(FOR_EVER));
        return false;
    }

    private static void hold(Tx tx, ShipmentRow row, Problem problem) {
        hold(tx, row, problem, "spendingLimit", tx.spending().resetsAt());
    }

    private static void hold(Tx tx, ShipmentRow row, Problem problem, String reason, Instant until) {
        OrderRow order = tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
        if (!tx.shipments().hold(row, reason, Json.text(List.of(problem)), until)) {
            return;
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.set("problems", Json.mapper().valueToTree(List.of(problem)));
        tx.story().tell(order.id(), row.id(), "held", null, told.toString());
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("holdReason", reason);
        facts.putArray("waitingFor");
        tx.events().emit(order, row.id(), "order.held", facts);
    }
}
