package io.waybill.ledger;

/** What invoices say of labels beside their shipments' own: by how a line found its shipment, until its label became the shipment's. */
final class BesideOwn {
    private static final String FOUND = "%1$s.match_rule IN ('orphan-label', 'given-up-ref')";

    private static final String DISPUTED = "%1$s.rule_name = 'orphan-billed'";

    private static final String ADOPTED = """
            EXISTS (SELECT 1 FROM orphan a WHERE a.shipment_uid = %1$s.shipment_uid AND a.state = 'ADOPTED'
                AND (a.carrier_shipment = %1$s.tracking_number OR %1$s.tracking_number IN (
                    SELECT n.number_value FROM shipment_number n WHERE n.shipment_uid = a.shipment_uid
                        AND n.kind <> 'orphan' AND n.replaced_at IS NULL)))""";

    private BesideOwn() {}

    /** Whether a line is of a label beside its shipment's own as things stand. */
    static String is(String line) {
        return ("CASE WHEN " + FOUND + " AND NOT " + ADOPTED + " THEN TRUE ELSE FALSE END").formatted(line);
    }

    /** Whether a line of a dispute asks back what was billed of a label beside its shipment's own as things stand. */
    static String isDisputed(String line) {
        return ("CASE WHEN " + DISPUTED + " AND NOT " + ADOPTED + " THEN TRUE ELSE FALSE END").formatted(line);
    }

    /** How a line finds its shipment as things stand: by its number where it is of the shipment's own label by now. */
    static String matchRule(String line) {
        return ("CASE WHEN " + FOUND + " AND " + ADOPTED + " THEN 'tracking-number' ELSE %1$s.match_rule END")
                .formatted(line);
    }
}
