package io.waybill.readiness;

import io.waybill.settings.Section;
import java.math.BigDecimal;

/**
 * From where on something counts as ready, {@code readiness.*}; shares in percent of the documents.
 *
 * @param valid documents that can be taken in as they are
 * @param addresses addresses that obey the rules of their country
 * @param services orders whose service a rule or account knows
 * @param weights orders whose parcels all have a weight
 * @param references orders with a reference besides their number
 * @param billing orders with something to bill by: a cost centre, a department, a reference for billing
 * @param longestNumber characters of an order number that carriers print and return whole
 */
public record Thresholds(
        BigDecimal valid,
        BigDecimal addresses,
        BigDecimal services,
        BigDecimal weights,
        BigDecimal references,
        BigDecimal billing,
        int longestNumber) {
    public static Thresholds read(Section section) {
        Thresholds thresholds = new Thresholds(
                section.decimal("valid", "98"),
                section.decimal("addresses", "98"),
                section.decimal("services", "99"),
                section.decimal("weights", "90"),
                section.decimal("references", "50"),
                section.decimal("billing", "80"),
                section.number("longestNumber", 35));
        section.close();
        return thresholds;
    }
}
