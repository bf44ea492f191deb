package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.batch.CallingOff;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that was called off with its sheet, when its batch was stopped: a person who hands a sheet over that holds it wants it
 * sent after all. Whoever else calls it off means the order, and then it stays so.
 */
final class StoppedSheet {
    private static final String CANCELLED = "cancelled";
    private static final String BATCH = "batch";

    private StoppedSheet() {}

    /**
     * Calls an order off with its sheet, if nothing of it is bought or being bought, and something was to be.
     *
     * @return false when it goes on
     */
    static boolean callOff(Tx tx, OrderRow order, CallingOff.Why why) {
        List<ShipmentRow> shipments = tx.shipments().lock(order.id());
        if (!isWaiting(shipments)) {
            return false;
        }
        boolean isMeant = shipments.stream().anyMatch(row -> tx.exceptions().isOpen(Reason.CHANGED_LATE, row.id()));
        Cancelling.all(tx, order, shipments, Cancelling.Cause.of(why, isMeant));
        tx.audit().record(why.by(), Cancelling.CANCELLED, order.id(), order.namespace(), "batch " + why.batch());
        return true;
    }

    private static boolean isWaiting(List<ShipmentRow> shipments) {
        return shipments.stream()
                        .map(ShipmentRow::state)
                        .allMatch(state -> state.isOpenForChange() || state == ShipmentState.CANCELLED)
                && shipments.stream()
                        .map(ShipmentRow::state)
                        .anyMatch(state -> state.isOpenForChange() && state != ShipmentState.REFUSED);
    }

    /** What its story says beside; null where no batch was stopped. */
    static @Nullable String told(@Nullable String batch) {
        return batch == null
                ? null
                : JsonNodeFactory.instance.objectNode().put(BATCH, batch).toString();
    }

    /** A sheet that is handed over opens it again. */
    static boolean opens(Tx tx, Submission submission, OrderRow order) {
        return submission.channel().equals("upload") && isCalledOff(tx, order);
    }

    /** By the stop, and by nobody since. */
    static boolean isCalledOff(Tx tx, OrderRow order) {
        return order.cancelledAt() != null
                && tx.story().of(order.id()).stream()
                        .filter(entry -> entry.what().equals(CANCELLED))
                        .reduce((earlier, later) -> later)
                        .map(StoryBook.Entry::detail)
                        .filter(detail -> Json.kept(detail).has(BATCH))
                        .isPresent();
    }

    /** Somebody calls off what was called off with its sheet. */
    static void meant(Tx tx, OrderRow order, @Nullable String actor) {
        if (isCalledOff(tx, order)) {
            tx.story().tell(order.id(), null, CANCELLED, actor, null);
        }
    }
}
