package io.waybill.dispatch;

import static io.waybill.dispatch.LifeTables.expect;

import java.util.List;
import java.util.Set;

/** What the hub says of each label, held against what its carrier has in its own book. */
final class LifeLabelBooks {
    private static final Set<String> AT_REST = Set.of("LABELLED", "REFUSED", "VOIDED", "CANCELLED", "REVIEW", "HELD");
    private static final Set<String> SOLD = Set.of("BOUGHT", "LABELLED", "VOIDING", "VOIDED");
    private static final Set<String> DOUBTS =
            Set.of("purchase-unresolved", "orphan-label", "bought-anyway", "void-refused");

    private final LifeWorld world;
    private final LifeTables tables;

    LifeLabelBooks(LifeWorld world) {
        this.world = world;
        this.tables = world.tables();
    }

    void check() {
        tables.expectNone("two open attempts of one shipment", """
                SELECT shipment_uid FROM purchase_attempt WHERE state IN ('SENDING', 'UNKNOWN')
                GROUP BY shipment_uid HAVING COUNT(*) > 1""");
        tables.expectNone("labelled without its paper", """
                SELECT s.id FROM shipment s WHERE s.labelled_at IS NOT NULL AND s.imported = FALSE
                AND s.order_uid NOT IN (SELECT id FROM orders WHERE erased_at IS NOT NULL)
                AND s.labelled_at > CURRENT_TIMESTAMP - INTERVAL '1' DAY
                AND NOT EXISTS (SELECT 1 FROM document d WHERE d.shipment_uid = s.id)""");
    }

    void checkAtTheEnd(LifeShipment shipment) {
        List<LifeSale> sales = world.salesOf(shipment.number()).stream()
                .filter(sale -> !sale.voided)
                .toList();
        List<String> live = sales.stream().map(sale -> sale.id).toList();
        List<String> open = tables.column(
                "SELECT reason FROM exception WHERE closed_at IS NULL AND shipment_uid = ?", shipment.id());
        boolean isDoubted = open.stream().anyMatch(DOUBTS::contains);
        boolean isLive = shipment.chosen() != null && live.contains(shipment.chosen());
        String state = shipment.state();
        String where = shipment + "; live at the carrier " + live + "; open " + open;
        expect(AT_REST.contains(state) || !open.isEmpty(), "lost: " + where);
        expect(live.size() <= 1 || isDoubted, "bought twice and nobody told: " + where);
        expect(live.isEmpty() || (isLive && SOLD.contains(state)) || isDoubted, "a label nobody knows of: " + where);
        expect(!state.equals("LABELLED") || isLive || isDoubted, "its label is not live: " + where);
        expect(!state.equals("VOIDED") || !isLive, "its label is still live: " + where);
        expect(!state.equals("REFUSED") || open.contains("carrier-refused"), "refused and nobody told: " + where);
        expect(!state.equals("REVIEW") || open.contains("purchase-unresolved"), "unresolved and nobody told: " + where);
        if (state.equals("LABELLED")) {
            sales.stream()
                    .filter(sale -> sale.id.equals(shipment.chosen()))
                    .forEach(sale -> goesWhereItsOrderSays(shipment, sale, where));
        }
    }

    private void goesWhereItsOrderSays(LifeShipment shipment, LifeSale sale, String where) {
        String said = tables.value("""
                SELECT CASE WHEN o.erased_at IS NULL THEN o.effective ELSE '' END
                FROM orders o JOIN shipment s ON s.order_uid = o.id WHERE s.id = ?""", shipment.id());
        expect(said.isEmpty() || said.contains(sale.street()), "goes elsewhere: " + sale.street() + " " + where + said);
    }

    void eachSaleIsKnown() {
        world.sales()
                .forEach(sale -> expect(
                        tables.has("SELECT ref FROM purchase_attempt WHERE ref = ?", sale.ref.value()),
                        "sold and known nowhere: " + sale.id));
    }

    /** What the hub says is in a closed manifest is closed at its carrier. */
    void manifests() {
        List<String> closed = tables.column("""
                SELECT s.carrier_shipment FROM shipment s JOIN manifest m ON m.id = s.manifest_id
                WHERE m.state = 'CLOSED' AND s.carrier_shipment IS NOT NULL""");
        world.sales()
                .filter(sale -> closed.contains(sale.id))
                .forEach(sale -> expect(sale.closed, "in a manifest it was not taken into: " + sale.id));
    }
}
