package io.waybill.dispatch;

import static io.waybill.dispatch.LifeTables.expect;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the hub expects to pay, held against what its carriers sold, took back and bill. */
final class LifeMoneyBooks {
    private static final BigDecimal PRICE = new BigDecimal("9.30");
    private static final BigDecimal NOTHING = new BigDecimal("0.00");

    private final LifeWorld world;
    private final LifeTables tables;

    LifeMoneyBooks(LifeWorld world) {
        this.world = world;
        this.tables = world.tables();
    }

    void check() {
        tables.expectNone("money given back that was not spent", """
                SELECT c.order_id || ' ' || c.shipment_uid || ' ' || SUM(c.amount) || ' ' || COUNT(*) || COALESCE(c.reason, '')
                FROM charge c WHERE c.side = 'expected'
                GROUP BY c.order_id, c.shipment_uid, c.reason HAVING SUM(c.amount) < 0""");
    }

    /** Of what a person adopted by its number nobody knows the price. */
    void checkAtTheEnd(LifeShipment shipment) {
        String id = shipment.id();
        boolean isDecided = tables.has("SELECT id FROM story WHERE shipment_uid = ? AND what = 'resolved'", id);
        List<String> known = tables.column("""
                SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL AND id = ?
                UNION SELECT carrier_shipment FROM orphan WHERE shipment_uid = ?""", id, id);
        long back = world.salesOf(shipment.number()).stream()
                .filter(sale -> sale.voided)
                .count();
        String charged = sum(id, "label_charge");
        String credited = sum(id, "void_credit");
        String all = shipment.number() + " is charged " + charged + " and credited " + credited + "; known " + known
                + ", given back " + back;
        expect(isDecided || charged.equals(times(known.size())), "charged otherwise: " + all);
        expect(isDecided || credited.equals(times(-back)), "credited otherwise: " + all);
    }

    private static String times(long count) {
        return PRICE.multiply(BigDecimal.valueOf(count)).toPlainString();
    }

    private String sum(String shipment, String kind) {
        return tables.value("""
                SELECT CAST(COALESCE(SUM(amount), 0) AS NUMERIC(19, 2)) FROM charge
                WHERE shipment_uid = ? AND kind = ? AND side = 'expected'""", shipment, kind);
    }

    /** An invoice of each carrier for all it sold: what was expected of each shipment is what is billed. */
    void bills() {
        new LifeBills(world).take();
        expected().forEach(this::billed);
        tables.expectNone("an invoice line without a shipment", """
                SELECT l.tracking_number FROM invoice_line l WHERE l.shipment_uid IS NULL
                AND l.tracking_number IN (SELECT '1Z' || carrier_shipment FROM shipment UNION SELECT '1Z' || carrier_shipment FROM orphan)""");
        tables.expectNone("billed and still open", """
                SELECT x.order_id || ' ' || x.reason FROM exception x WHERE x.closed_at IS NULL AND x.reason = 'bought-anyway'
                AND EXISTS (SELECT 1 FROM invoice_line l WHERE l.shipment_uid = x.shipment_uid
                    AND l.tracking_number NOT IN (SELECT '1Z' || s.carrier_shipment FROM shipment s WHERE s.id = x.shipment_uid))""");
        tables.expectNone("a difference where there is none", """
                SELECT o.order_id || '-' || s.seq || ' ' || c.sum FROM (SELECT shipment_uid, SUM(CASE WHEN side = 'expected' THEN -amount ELSE amount END) AS sum
                FROM charge WHERE side IN ('expected', 'billed') GROUP BY shipment_uid) c
                JOIN shipment s ON s.id = c.shipment_uid JOIN orders o ON o.id = s.order_uid WHERE c.sum <> 0 AND s.imported = FALSE
                AND NOT EXISTS (SELECT 1 FROM story t WHERE t.shipment_uid = s.id AND t.what = 'resolved')""");
    }

    private Map<String, BigDecimal> expected() {
        List<String> known = tables.column("""
                SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL
                UNION SELECT carrier_shipment FROM orphan""");
        Map<String, BigDecimal> expected = new TreeMap<>();
        world.sales()
                .filter(sale -> known.contains(sale.id))
                .forEach(sale -> expected.merge(
                        tables.value("SELECT shipment_uid FROM purchase_attempt WHERE ref = ?", sale.ref.value()),
                        sale.voided ? NOTHING : PRICE,
                        BigDecimal::add));
        return expected;
    }

    private void billed(String shipment, BigDecimal amount) {
        String said = tables.value("""
                SELECT CAST(COALESCE(SUM(amount), 0) AS NUMERIC(19, 2)) FROM charge
                WHERE shipment_uid = ? AND side = 'billed'""", shipment);
        expect(
                said.equals(amount.toPlainString()),
                "billed otherwise: " + said + " of " + amount + " for " + world.orderNumber(shipment));
    }

    /** What was given back was asked back, and the other way round. */
    void refunds() {
        tables.expectNone("asked back and never answered", """
                SELECT r.order_id || ' ' || r.carrier_shipment || ' ' || r.state || ' ' || s.state FROM refund r JOIN shipment s ON s.id = r.shipment_uid
                WHERE r.orphan = FALSE AND s.state <> 'VOIDED' AND r.state IN ('requested', 'pending')""");
        tables.expectNone("taken back and not asked back", """
                SELECT o.order_id || '-' || s.seq FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.state = 'VOIDED' AND s.imported = FALSE
                AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.shipment_uid = s.id AND r.carrier_shipment = s.carrier_shipment)""");
    }
}
