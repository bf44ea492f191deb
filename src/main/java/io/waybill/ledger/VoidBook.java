package io.waybill.ledger;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The state edges of giving a label back. Every edge compares the fence it was decided under. */
public final class VoidBook {
    private static final String REQUEST = """
            UPDATE shipment SET state = 'VOIDING', rebuy = :rebuy, fence = fence + 1, problem = NULL, due = %s
            WHERE id = :id AND fence = :fence AND state IN ('BOUGHT', 'LABELLED')""".formatted(FromNow.by("wait"));

    private static final String NO_REBUY = """
            UPDATE shipment SET rebuy = FALSE
            WHERE id = :id AND state = 'VOIDING' AND rebuy""";

    private static final String REFUSED = """
            UPDATE shipment
            SET state = CASE WHEN labelled_at IS NULL THEN 'BOUGHT' ELSE 'LABELLED' END, rebuy = FALSE,
                fence = fence + 1, due = %s
            WHERE id = :id AND fence = :fence AND state = 'VOIDING'""".formatted(FromNow.by("wait"));

    private static final String NEVER_SOLD = """
            UPDATE shipment
            SET state = 'REVIEW', rebuy = FALSE, fence = fence + 1, carrier_shipment = NULL, bought_at = NULL,
                track_due = NULL, due = CURRENT_TIMESTAMP
            WHERE id = :id AND fence = :fence AND state = 'VOIDING' AND labelled_at IS NULL""";

    private static final String OPEN_AGAIN = """
            UPDATE purchase_attempt SET state = 'UNKNOWN', open_slot = shipment_uid, settled_at = NULL,
                carrier_shipment = NULL
            WHERE ref = :ref""";

    private final Handle handle;

    VoidBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * The wish, on disk before the carrier is asked: BOUGHT or LABELLED → VOIDING.
     *
     * @param rebuy once the void is confirmed, the same is bought once more as a shipment of its own
     * @param wait until the carrier is asked by those who ask again
     */
    public boolean request(ShipmentRow row, boolean rebuy, Duration wait) {
        return changed(handle.createUpdate(REQUEST).bind("rebuy", rebuy).bind("wait", FromNow.seconds(wait)), row);
    }

    /**
     * The label is given back and nothing is bought in its place; with the order's row locked. The fence stays, so that an
     * answer of the carrier that is on its way counts.
     *
     * @return false when nothing was going to be bought
     */
    public boolean noRebuy(ShipmentRow row) {
        return handle.createUpdate(NO_REBUY).bind("id", row.id()).execute() == 1;
    }

    /** The carrier said no: back to where it stood. */
    public boolean refused(ShipmentRow row, Duration wait) {
        return changed(handle.createUpdate(REFUSED).bind("wait", FromNow.seconds(wait)), row);
    }

    /** The carrier knows no such label, and the hub never had it: what was bought under {@code ref} is unknown again. */
    public boolean neverSold(ShipmentRow row, String ref) {
        return changed(handle.createUpdate(NEVER_SOLD), row)
                && handle.createUpdate(OPEN_AGAIN).bind("ref", ref).execute() == 1;
    }

    private static boolean changed(Update update, ShipmentRow row) {
        return update.bind("id", row.id()).bind("fence", row.fence()).execute() == 1;
    }
}
