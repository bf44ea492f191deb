package io.waybill.intake;

import io.waybill.ledger.Fact;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import java.util.List;

/** A shipment that was cut, because its carrier takes fewer parcels at once, is one again before its content changes. */
final class Pieces {
    private Pieces() {}

    /**
     * Makes one of them the whole, and gives the others up.
     *
     * @return false, and nothing is done, when one of them is bought, is being bought or has changed
     */
    static boolean join(Tx tx, ShipmentRow one) {
        if (one.splitFrom() == null) {
            return true;
        }
        List<ShipmentRow> around = tx.pieces().around(one);
        boolean same = one.state().isOver()
                || around.stream().anyMatch(row -> row.id().equals(one.id()) && row.fence() == one.fence());
        if (!same || !around.stream().allMatch(row -> row.state().isOpenForChange())) {
            return false;
        }
        tx.pieces().join(one, around);
        around.forEach(row -> tx.exceptions().closeBy(Fact.REVISED, row.id()));
        return true;
    }

    /**
     * {@link #join}, for who goes on although one of them was bought before: not once a buyer took one since they were read.
     *
     * @param read the shipments of the order, read before
     */
    static boolean isTaken(Tx tx, ShipmentRow one, List<ShipmentRow> read) {
        return !join(tx, one) && !tx.pieces().around(one).stream().allMatch(piece -> isAsRead(piece, read));
    }

    private static boolean isAsRead(ShipmentRow piece, List<ShipmentRow> read) {
        return read.stream().anyMatch(row -> row.id().equals(piece.id()) && row.fence() == piece.fence());
    }
}
