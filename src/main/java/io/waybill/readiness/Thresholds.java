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
                percent(section, "valid", "98"),
                percent(section, "addresses", "98"),
                percent(section, "services", "99"),
                percent(section, "weights", "90"),
                percent(section, "references", "50"),
                percent(section, "billing", "80"),
                section.number("longestNumber", 35, 1, 10_000));
        section.close();
        return thresholds;
    }

    /** A share that no source could reach, or any would, says nothing. */
    static BigDecimal percent(Section section, String key, String fallback) {
        return section.decimal(key, fallback, 0, 100);
    }
}
