package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.carrier.Account;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Piece;
import io.waybill.ledger.ShipmentRow;
import java.util.List;

/**
 * Who splits when a carrier takes fewer parcels in one purchase than an order has: the hub, before the first intent. Each
 * piece is a shipment of its own from then on, with its own ref, claim and label, so whatever becomes of one says nothing
 * of the others.
 */
final class Splitting {
    private final Ledger ledger;
    private final Unsold unsold;

    Splitting(Ledger ledger, Unsold unsold) {
        this.ledger = ledger;
        this.unsold = unsold;
    }

    static boolean isNeeded(Account account, Shipment shipment) {
        return shipment.parcels().size() > account.carrier().parcelsPerPurchase(shipment);
    }

    /** Cuts it, or records that it cannot be. Changes nothing when the shipment has changed meanwhile. */
    void split(Account account, ShipmentRow row, Shipment shipment) {
        try {
            List<Piece> pieces = Cutting.cut(shipment, account.carrier().parcelsPerPurchase(shipment));
            ledger.commitAll(tx -> {
                OrderRow order = Recording.lock(tx, row);
                if (tx.pieces().cut(row, pieces, account.name(), account.carrierId())) {
                    String detail = JsonNodeFactory.instance
                            .objectNode()
                            .put("pieces", pieces.size())
                            .put("account", account.name())
                            .toString();
                    tx.story().tell(order.id(), row.id(), "split", null, detail);
                }
            });
        } catch (RefusedException e) {
            unsold.cannotPrepare(row, e.problem(account.name()));
        }
    }
}
