package io.waybill.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shipment as it stands when a walk is over.
 *
 * @param chosen the carrier's own number of its label
 * @param number of its order, as its carrier knows it
 */
record LifeShipment(String id, String state, @Nullable String chosen, String number) {
    /** All that the hub was asked to buy. */
    static List<LifeShipment> all(LifeTables tables) {
        return tables.rows("""
                SELECT s.id, s.state, s.carrier_shipment, CASE WHEN s.seq = 1 THEN o.order_id
                       ELSE o.order_id || '-' || s.seq END
                FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.imported = FALSE""", 4).stream()
                .map(row -> new LifeShipment(row[0], row[1], row[2], row[3]))
                .toList();
    }

    @Override
    public String toString() {
        return number + " is " + state + " with " + chosen;
    }
}
