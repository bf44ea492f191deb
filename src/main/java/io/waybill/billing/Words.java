package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import java.util.Locale;

/** The public spelling of states. */
public final class Words {
    private Words() {}

    /** {@code part-disputed}. */
    public static String of(InvoiceRow row) {
        return row.state().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
