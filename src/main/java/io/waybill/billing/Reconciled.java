package io.waybill.billing;

import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.VarianceBook;
import java.math.BigDecimal;
import java.util.List;

/**
 * What came of an invoice.
 *
 * @param places how many lines each rule of matching brought to a shipment, and how many each bucket holds
 * @param rules what each rule of the audit found
 * @param findings the first of them one by one
 */
public record Reconciled(
        InvoiceRow invoice,
        List<InvoiceLineBook.ByPlace> places,
        List<VarianceBook.ByRule> rules,
        List<VarianceBook.Variance> findings) {

    /** Billed less expected, in the invoice's currency. */
    public BigDecimal variance() {
        return billed().subtract(expected());
    }

    public BigDecimal billed() {
        return invoice.total() == null ? BigDecimal.ZERO : invoice.total();
    }

    public BigDecimal expected() {
        return invoice.expected() == null ? BigDecimal.ZERO : invoice.expected();
    }

    /** What no rule explains of the variance: the aim is 0. */
    public BigDecimal unexplained() {
        return variance()
                .subtract(rules.stream().map(VarianceBook.ByRule::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Lines that landed on a shipment. */
    public int matched() {
        return places.stream()
                .filter(place -> place.matchRule() != null)
                .mapToInt(InvoiceLineBook.ByPlace::lines)
                .sum();
    }

    public int lines() {
        return places.stream().mapToInt(InvoiceLineBook.ByPlace::lines).sum();
    }
}
