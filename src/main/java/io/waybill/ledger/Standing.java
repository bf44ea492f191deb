package io.waybill.ledger;

import java.util.List;

/** An order and where it stands, as it was read with others. */
public record Standing(OrderRow order, Related related) {
    public List<ShipmentRow> shipments() {
        return related.shipments(order);
    }
}
