package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import java.util.List;

/**
 * What came of a file.
 *
 * @param invoices as they stand, those it was the first to bring and those it brought again
 */
public record Taken(String file, List<Invoice> invoices) {
    /** @param again everything it says was on record */
    public record Invoice(InvoiceRow row, boolean again) {}
}
