package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What can stop a purchase at the last moment, asked in the transaction that claims it: its account is off, or a
 * spending limit is reached. The first leaves it ready, the second holds it until the next day.
 */
final class Permit {
    /** What a shipment carries that an admin released although its limit was reached. */
    static final String LIFTED = "limitLifted";

    private final Spending spending;

    Permit(Spending spending) {
        this.spending = spending;
    }

    /** Whether a limit may refuse it: then it is claimed alone, in a transaction that holds the limit. */
    boolean isLimited(OrderRow order) {
        return spending.isLimited(order.source(), order.namespace());
    }

    static boolean isOff(Tx tx, Account account) {
        return tx.stops().isStopped(account.name());
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

    private static void hold(Tx tx, ShipmentRow row, Problem problem) {
        OrderRow order = tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
        if (!tx.shipments()
                .hold(row, "spendingLimit", Told.of(problem), tx.spending().resetsAt())) {
            return;
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.set("problems", Json.mapper().valueToTree(List.of(problem)));
        tx.story().tell(order.id(), row.id(), "held", null, told.toString());
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("holdReason", "spendingLimit");
        facts.putArray("waitingFor");
        tx.events().emit(order, row.id(), "order.held", facts);
    }
}
