package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import java.util.List;
import java.util.Locale;

/** The public spelling of states, and of what is told of a line. */
public final class Words {
    /** What is told of a line of an invoice, column by column. */
    public static final List<String> OF_A_LINE = List.of(
            "invoice",
            "line",
            "fileRow",
            "trackingNumber",
            "shipDate",
            "kind",
            "type",
            "reason",
            "amount",
            "currency",
            "listAmount",
            "taxAmount",
            "exchangeRate",
            "carrierCategory",
            "carrierDetail",
            "carrierClass",
            "carrierCode",
            "carrierText",
            "enteredWeight",
            "billedWeight",
            "weightUnit",
            "shipment",
            "matchRule",
            "bucket");

    private Words() {}

    /** {@code part-disputed}. */
    public static String of(InvoiceRow row) {
        return row.state().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
