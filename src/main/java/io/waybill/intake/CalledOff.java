package io.waybill.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import java.util.List;

/**
 * An order that was called off and sent all the same, by a label bought elsewhere: it is cancelled no more while it has a label,
 * and is again once the last of them is given back. Its story keeps what it was.
 */
final class CalledOff {
    private static final String WAS_CANCELLED = "wasCancelled";

    private CalledOff() {}

    /** What its story says of the label that was sent all the same. */
    static ObjectNode told(OrderRow order, ObjectNode detail) {
        return order.cancelledAt() == null ? detail : detail.put(WAS_CANCELLED, true);
    }

    /** Cancels it again where nothing of it is left and no document has asked for it since. */
    static void again(Tx tx, OrderRow order, Submission submission) {
        List<ShipmentRow> shipments = tx.shipments().of(order.id());
        if (shipments.stream().allMatch(row -> row.state().isOver()) && wasCancelled(tx, order)) {
            OrderRow now = tx.orders().find(order.id(), Namespaces.ALL).orElseThrow();
            Cancelling.all(tx, now, shipments, Cancelling.Cause.of(submission));
        }
    }

    private static boolean wasCancelled(Tx tx, OrderRow order) {
        boolean was = false;
        for (StoryBook.Entry entry : tx.story().of(order.id())) {
            was = !entry.what().equals("revised") && (was || isMarked(entry));
        }
        return was;
    }

    private static boolean isMarked(StoryBook.Entry entry) {
        return entry.detail() != null
                && Json.kept(entry.detail()).path(WAS_CANCELLED).asBoolean();
    }
}
