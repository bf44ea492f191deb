package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a carrier writes its invoices down. */
interface Layout {
    /** Of carriers' files that are not UTF-8. */
    Charset FALLBACK = Charset.forName("windows-1252");

    /** {@code ups}, or the name of a mapping. */
    String name();

    /** @param delimiter between the cells of a CSV file, as the file itself shows it */
    Reading reading(Format format, char delimiter);

    /** Whether a file with these cells in its first row is one of this layout. */
    boolean fits(List<String> firstRow);

    /** Those of its columns that a file with this first row lacks; empty where it has no header. */
    List<String> missing(List<String> firstRow);

    /** Whether an invoice's number is only what its file is called. */
    default boolean isCalledByItsFile(String number) {
        return false;
    }

    /** Whether a file may have a part of an invoice, and not say so by a total. */
    default boolean mayBeAPart() {
        return false;
    }

    /** Whether a file without a charge is one: nothing is owed of the invoices it tells of, and what is known of them is taken back. */
    default boolean mayHoldNothing() {
        return false;
    }

    /**
     * The decimals an amount may have. What a carrier books may be finer than what it pays out.
     *
     * @param ofCurrency those of its currency
     */
    default int decimals(int ofCurrency) {
        return ofCurrency;
    }

    /**
     * The charges of one row.
     *
     * @param delimiter of the file's cells
     */
    void read(Document document, char delimiter, Faults faults, Charges charges);

    /** Takes a charge of an invoice. */
    interface Charges {
        void add(Head head, InvoiceLine line);

        /** A row that tells of the invoice alone. */
        void tell(Head head, long row);

        /** What stands there and is no charge is counted, and told with its row. */
        void passOver(long row, String why);
    }

    /**
     * What a row says of its invoice.
     *
     * @param currencyColumn for when it is another than before
     * @param stated what the invoice says it comes to; null where it does not
     */
    record Head(
            String number,
            @Nullable LocalDate date,
            String currency,
            String currencyColumn,
            @Nullable BigDecimal stated,
            String totalColumn) {}
}
