package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T2 of what sold nothing: the carrier said no, or nothing was sent. Under the fence of its claim, as {@link Recording} does; a no that came
 * late is kept where it decides nothing.
 */
record Unsold(Ledger ledger) {
    /** The carrier's no, in its own words, to whom it was said last: what came later to another is not known. */
    void refused(AttemptRow attempt, long fence, Outcome.Refused no) {
        refused(attempt, fence, no, false);
    }

    /**
     * The carrier's no, in its own words; kept, though it decides nothing, where another writer was first.
     *
     * @param once nothing else is ever sent under this ref, so that a late no is as good as one in time
     */
    void refused(AttemptRow attempt, long fence, Outcome.Refused no, boolean once) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            ShipmentRow row =
                    tx.shipments().find(attempt.shipmentUid(), Namespaces.ALL).orElseThrow();
            Problem problem = Problem.of(OrderCode.CARRIER_REFUSED, "carrier", attempt.account(), "words", no.words())
                    .at(row.inOrder(no.pointer()));
            String kept = Recording.kept(problem);
            boolean decides =
                    tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.REFUSED, Duration.ZERO, kept)
                            || (once && isSettledLate(tx, order, attempt, ShipmentState.REFUSED, Duration.ZERO, kept));
            if (decides) {
                tx.attempts().settle(attempt.ref(), "REFUSED", no.response(), no.words(), null);
                refusal(tx, order, attempt.shipmentUid(), problem);
            } else {
                keepLate(tx, order, attempt, no.response(), no.words());
            }
        });
    }

    /** The carrier cannot be asked at all for this shipment; nothing was sent. */
    void cannotPrepare(ShipmentRow row, Problem why) {
        Problem problem = why.at(row.inOrder(why.pointer()));
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            if (tx.shipments().move(row, ShipmentState.REFUSED, Recording.kept(problem))) {
                refusal(tx, order, row.id(), problem);
            }
        });
    }

    /** Its adapter broke and nothing was sent: tried again after {@code wait}, and a person told when {@code tell}. */
    void notPrepared(ShipmentRow row, Duration wait, Problem problem, boolean tell) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            if (tx.shipments().postpone(row, wait) && tell) {
                Recording.open(tx, Reason.PURCHASE_FAILED, row.id(), order, row.id(), problem);
            }
        });
    }

    /** Certainly not bought: back to READY. */
    void notSent(AttemptRow attempt, String why) {
        ready(attempt, attempt.fence(), "NOT_SENT", why);
    }

    /** Sent, and believed not to be bought: back to READY. Its carrier is asked again all the same, as long as it can be. */
    void notFound(AttemptRow attempt, long fence) {
        ready(attempt, fence, "NOT_FOUND", "looked up and not found");
    }

    private void ready(AttemptRow attempt, long fence, String state, String why) {
        ledger.commitAll(tx -> {
            if (tx.purchases().settle(attempt.shipmentUid(), fence, ShipmentState.READY, Duration.ZERO, null)) {
                tx.attempts().settle(attempt.ref(), state, new byte[0], why, null);
            }
        });
    }

    /**
     * {@link #notSent} by the carrier's own word; kept, though it decides nothing,
     * where another writer was first.
     *
     * @param once nothing else is ever sent under this ref, so that a late no is as good as one in time
     */
    void notTaken(AttemptRow attempt, Outcome.NotSent no, Duration wait, boolean once) {
        ledger.commitAll(tx -> {
            OrderRow order = Recording.order(tx, attempt);
            boolean decides =
                    tx.purchases().settle(attempt.shipmentUid(), attempt.fence(), ShipmentState.READY, wait, null)
                            || (once && isSettledLate(tx, order, attempt, ShipmentState.READY, wait, null));
            if (decides) {
                tx.attempts().settle(attempt.ref(), "NOT_SENT", no.response(), no.why(), null);
            } else {
                keepLate(tx, order, attempt, no.response(), no.why());
            }
        });
    }

    /** Whether nobody has decided meanwhile, and what was answered is what nobody knew. */
    private static boolean isSettledLate(
            Tx tx, OrderRow order, AttemptRow attempt, ShipmentState to, Duration wait, @Nullable String problem) {
        return tx.shipments().lock(order.id()).stream()
                .filter(row -> row.id().equals(attempt.shipmentUid()))
                .filter(row -> tx.attempts().isOpen(attempt.ref()))
                .anyMatch(row -> tx.purchases().settleAfterAll(row, to, wait, problem));
    }

    /** Of an order that was forgotten nothing is kept any more. */
    private static void keepLate(Tx tx, OrderRow order, AttemptRow attempt, byte[] response, String words) {
        if (!tx.erasure().isErased(order.id())) {
            tx.attempts().saidLate(attempt.ref(), response, words);
        }
    }

    private static void refusal(Tx tx, OrderRow order, String shipment, Problem problem) {
        tx.exceptions().closeBy(Fact.REFUSED, shipment);
        Recording.open(tx, Reason.CARRIER_REFUSED, shipment, order, shipment, problem);
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.set("problems", Json.mapper().valueToTree(List.of(problem)));
        tx.story().tell(order.id(), shipment, "refused", null, detail.toString());
        tx.events().emit(order, shipment, "order.refused", detail);
    }
}
