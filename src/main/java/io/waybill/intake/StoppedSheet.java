package io.waybill.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import org.jspecify.annotations.Nullable;

/**
 * An order that was called off with its sheet, when its batch was stopped: a person who hands a sheet over that holds it wants it
 * sent after all. Whoever else calls it off means the order, and then it stays so.
 */
final class StoppedSheet {
    private static final String CANCELLED = "cancelled";
    private static final String BATCH = "batch";

    private StoppedSheet() {}

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
