package io.waybill.readiness;

import io.waybill.settings.Section;
import java.math.BigDecimal;

/**
 * From where on the next step of an integration is worth it, {@code assess.*}.
 *
 * @param labelApi orders a day from which labels are bought by the API rather than by uploading sheets
 * @param tracking orders a day from which tracking is followed by the hub
 * @param refunds labels a month from which unused labels are looked for and given back
 * @param billing labels a month from which invoices are matched
 * @param problemRows most documents, in percent, that may have problems before anything is automated
 * @param billingFields least orders, in percent, with something to bill by
 */
public record Steps(
        BigDecimal labelApi,
        BigDecimal tracking,
        BigDecimal refunds,
        BigDecimal billing,
        BigDecimal problemRows,
        BigDecimal billingFields) {
    private static final int MOST = Integer.MAX_VALUE;

    public static Steps read(Section section) {
        Steps steps = new Steps(
                section.decimal("labelApi.ordersPerDay", "20", 0, MOST),
                section.decimal("tracking.ordersPerDay", "50", 0, MOST),
                section.decimal("refunds.labelsPerMonth", "1000", 0, MOST),
                section.decimal("billing.labelsPerMonth", "2000", 0, MOST),
                Thresholds.percent(section, "problemRows", "5"),
                Thresholds.percent(section, "billingFields", "80"));
        section.close();
        return steps;
    }
}
