package io.waybill.ledger;

/**
 * What invoices say of labels beside their shipments' own: by how a line found its shipment, until its label became the shipment's.
 * That it has where its number, compared as matching does, is in force for the shipment, also of a purchase that was given up, or
 * is the one its carrier knows an adopted label by. A line may name its label by another number of it: then it has where no
 * label beside the shipment's own, and no purchase that was given up, is left it could be of.
 */
final class BesideOwn {
    private static final String FOUND = "%1$s.match_rule IN ('orphan-label', 'given-up-ref')";

    private static final String DISPUTED = "%1$s.rule_name = 'orphan-billed'";

    /** Each looked up by the shipment, which has few of them. */
    private static final String ADOPTED = """
            (EXISTS (SELECT 1 FROM shipment_number n WHERE n.shipment_uid = %1$s.shipment_uid AND n.kind <> 'orphan'
                AND n.replaced_at IS NULL AND {own} = {said})
            OR EXISTS (SELECT 1 FROM orphan a WHERE a.shipment_uid = %1$s.shipment_uid AND a.state = 'ADOPTED'
                AND ({adopted} = {said} OR NOT EXISTS (
                    SELECT 1 FROM orphan o WHERE o.shipment_uid = a.shipment_uid AND o.state <> 'ADOPTED')
                AND NOT EXISTS (
                    SELECT 1 FROM purchase_attempt g WHERE g.shipment_uid = a.shipment_uid AND g.state = 'GIVEN_UP'))))""".replace("{own}", PlainNumber.of("n.number_value"))
            .replace("{adopted}", PlainNumber.of("a.carrier_shipment"))
            .replace("{said}", PlainNumber.of("%1$s.tracking_number"));

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
