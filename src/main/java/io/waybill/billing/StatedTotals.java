package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.StagedInvoiceBook.Staged;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** Holds the total that each invoice of a file states against the sum of its lines. */
final class StatedTotals {
    private StatedTotals() {}

    /** Where a total stands is looked up in the file only when it is wrong. */
    static void prove(List<Staged> all, Handed handed, Layout layout, Faults faults) throws IOException {
        List<Staged> wrong = all.stream().filter(StatedTotals::isOff).toList();
        if (!wrong.isEmpty()) {
            Heads heads = Heads.of(handed, named -> layout);
            wrong.forEach(staged -> tell(staged, heads.total(staged.number()).orElseThrow(), faults));
        }
    }

    private static boolean isOff(Staged staged) {
        return staged.statedTotal() != null && staged.statedTotal().compareTo(staged.total()) != 0;
    }

    private static void tell(Staged staged, Heads.Place place, Faults faults) {
        BigDecimal stated = Objects.requireNonNull(staged.statedTotal());
        faults.add(
                BillingCode.INVOICE_DOES_NOT_ADD_UP,
                place.row(),
                place.column(),
                Amounts.plain(stated),
                "invoice",
                staged.number(),
                "lines",
                staged.lines(),
                "sum",
                Amounts.plain(staged.total()),
                "stated",
                Amounts.plain(stated),
                "difference",
                Amounts.plain(staged.total().subtract(stated)),
                "currency",
                staged.currency());
    }
}
