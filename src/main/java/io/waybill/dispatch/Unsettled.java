package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Duration;

/**
 * T2 of what may have sold: looked up again, and never bought again before that; or for a person to decide. Under the fence of its claim, as
 * {@link Recording} does.
 */
record Unsettled(Ledger ledger) {
    /** The carrier may have sold: looked up after {@code wait}, and never bought again before that. */
    void unknown(AttemptRow attempt, long fence, String why, Duration wait, byte[] response) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            if (tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.UNKNOWN, wait, null)) {
                unknown(tx, order, attempt, why, response, true);
            }
        });
    }

    /** A look-up did not tell: the next is after {@code wait}, and nothing is bought before that. Told once for each why. */
    void stillUnknown(AttemptRow attempt, long fence, String why, Duration wait) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            if (tx.purchases().lookAgain(attempt.shipmentUid(), fence, wait)) {
                unknown(tx, order, attempt, why, new byte[0], !why.equals(attempt.words()));
            }
        });
    }

    private static void unknown(
            Tx tx, OrderRow order, AttemptRow attempt, String why, byte[] response, boolean isNews) {
        tx.attempts().settle(attempt.ref(), "UNKNOWN", response, why, null);
        if (isNews) {
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("why", why);
            Recording.tell(tx, order, attempt, "outcome unknown", detail);
        }
    }

    /** A person is asked and the hub stops looking by itself. */
    void review(AttemptRow attempt, long fence, String why) {
        review(attempt, fence, DispatchCode.PURCHASE_UNDER_REVIEW, why);
    }

    /** {@link #review(AttemptRow, long, String)} told in other words. */
    void review(AttemptRow attempt, long fence, DispatchCode code, String why) {
        review(attempt, fence, problem(code, attempt, why));
    }

    /** The same with what a person is told. */
    void review(AttemptRow attempt, long fence, Problem problem) {
        ledger.commitAll(tx -> review(tx, Recording.order(tx, attempt), attempt, fence, problem));
    }

    static void review(Tx tx, OrderRow order, AttemptRow attempt, long fence, Problem problem) {
        if (tx.purchases()
                .settle(attempt.shipmentUid(), fence, ShipmentState.REVIEW, Duration.ZERO, Recording.kept(problem))) {
            unresolved(tx, order, attempt, problem);
        }
    }

    /** A person is asked; the hub goes on looking. */
    void askPerson(AttemptRow attempt, long fence, String why) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            if (isOpenUnder(tx, attempt, fence)) {
                unresolved(tx, order, attempt, problem(DispatchCode.PURCHASE_UNRESOLVED, attempt, why));
            }
        });
    }

    static Problem problem(DispatchCode code, AttemptRow attempt, String why) {
        return Problem.of(code, "account", attempt.account(), "ref", attempt.ref(), "why", why);
    }

    private static void unresolved(Tx tx, OrderRow order, AttemptRow attempt, Problem problem) {
        String shipment = attempt.shipmentUid();
        Recording.open(tx, Reason.PURCHASE_UNRESOLVED, shipment, order, shipment, problem);
    }

    private static boolean isOpenUnder(Tx tx, AttemptRow attempt, long fence) {
        return tx.shipments()
                .find(attempt.shipmentUid(), Namespaces.ALL)
                .filter(row -> row.fence() == fence && row.state().isOpenPurchase())
                .isPresent();
    }
}
