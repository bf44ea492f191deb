package io.waybill.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Shipments of more parcels than their carrier takes in one purchase: cut before the first of them is bought, and whole
 * again where the order changes while none is. A piece that another account takes in smaller ones is cut once more, and all of
 * them stand beside each other. Callers hold the lock of the order.
 */
public final class PieceBook {
    /** The reason of a shipment that was cut off another. */
    public static final String PIECE = "piece";

    private static final String CUT = """
            UPDATE shipment SET piece = :piece, split_from = COALESCE(split_from, id), account = :account, carrier = :carrier, fence = fence + 1
            WHERE id = :id AND fence = :fence AND state = 'READY'""";

    private static final String CUT_OFF = """
            INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, service, parcels,
                label_format, label_size, label_dpi, state, fence, due, attempts, lookups,
                hold_reason, created_at, imported, asked, lane, piece, split_from)
            SELECT :newId, order_uid, (SELECT MAX(o.seq) + 1 FROM shipment o WHERE o.order_uid = s.order_uid), :reason,
                account, carrier, service, parcels,
                label_format, label_size, label_dpi, state, 0, due, 0, 0,
                hold_reason, CURRENT_TIMESTAMP, FALSE, asked, lane, :piece, split_from
            FROM shipment s WHERE s.id = :id""";

    private static final String AROUND = ShipmentBook.COLUMNS + """
             WHERE s.order_uid = :order AND s.split_from = :whole AND s.state NOT IN ('VOIDED', 'CANCELLED')
            ORDER BY s.id FOR UPDATE""";

    private final Handle handle;

    PieceBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * Cuts a shipment that is ready: it becomes the first piece, the others stand beside it, as ready as it is.
     *
     * @param pieces of what it says
     * @param account who buys the pieces
     * @return false when it changed meanwhile, and nothing was done
     */
    public boolean cut(ShipmentRow whole, List<Piece> pieces, String account, String carrier) {
        Piece outer = whole.piece() == null ? null : Piece.read(whole.piece());
        List<Piece> own = pieces.stream().map(piece -> piece.within(outer)).toList();
        boolean mine = handle.createUpdate(CUT)
                        .bind("piece", own.get(0).text())
                        .bind("account", account)
                        .bind("carrier", carrier)
                        .bind("id", whole.id())
                        .bind("fence", whole.fence())
                        .execute()
                == 1;
        if (mine) {
            List<String> cutOff = own.subList(1, own.size()).stream()
                    .map(piece -> cutOff(whole, piece))
                    .toList();
            new QuotedBook(handle).share(whole.id(), cutOff);
        }
        return mine;
    }

    private String cutOff(ShipmentRow whole, Piece piece) {
        String id = Ids.next("shp");
        handle.createUpdate(CUT_OFF)
                .bind("newId", id)
                .bind("reason", PIECE)
                .bind("piece", piece.text())
                .bind("id", whole.id())
                .execute();
        return id;
    }

    /** A shipment that is bought instead of another holds what that one held. */
    public void replaces(String shipment, ShipmentRow other) {
        handle.createUpdate("UPDATE shipment SET piece = :piece, split_from = :splitFrom WHERE id = :id")
                .bind("piece", other.piece())
                .bind("splitFrom", other.splitFrom())
                .bind("id", shipment)
                .execute();
    }

    /** The pieces beside this one that are not over, and it, locked: nobody begins to buy one of them now. None of a whole. */
    public List<ShipmentRow> around(ShipmentRow one) {
        return one.splitFrom() == null
                ? List.of()
                : ShipmentBook.list(
                        handle.createQuery(AROUND).bind("order", one.orderUid()).bind("whole", one.splitFrom()));
    }

    /**
     * Makes one piece the whole again, and gives the others up. Its fence stays: whoever does this starts it again.
     *
     * @param around all of them, locked; none is bought or being bought
     */
    public void join(ShipmentRow one, List<ShipmentRow> around) {
        ShipmentBook shipments = new ShipmentBook(handle);
        around.stream()
                .filter(row -> !row.id().equals(one.id()))
                .forEach(row -> shipments.move(row, ShipmentState.CANCELLED, null));
        new QuotedBook(handle).gather(givenUp(one), one.id());
        handle.createUpdate("UPDATE shipment SET piece = NULL, split_from = NULL WHERE id = :id")
                .bind("id", one.id())
                .execute();
    }

    private List<String> givenUp(ShipmentRow one) {
        return handle.createQuery("""
                        SELECT id FROM shipment
                        WHERE order_uid = :order AND split_from = :whole AND state = 'CANCELLED' AND id <> :one""")
                .bind("order", one.orderUid())
                .bind("whole", one.splitFrom())
                .bind("one", one.id())
                .mapTo(String.class)
                .list();
    }
}
