package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.StagedInvoiceBook.Staged;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Optional;

/** Shows what was staged of an account's bill, within one commit: a new invoice whole, and of one on record what the file adds, if it may correct it. */
final class ShownInvoices {
    private final Tx tx;
    private final String account;
    private final Layout layout;

    ShownInvoices(Tx tx, String account, Layout layout) {
        this.tx = tx;
        this.account = account;
        this.layout = layout;
    }

    /** A new invoice is shown; of one that is known only what it adds; one that adds nothing is the known one, if there is one. */
    Optional<Taken.Invoice> show(Staged staged, Unchecked unchecked) {
        Optional<InvoiceRow> known =
                tx.invoiceRevisions().last(account, staged.number()).map(id -> row(tx, id));
        known.ifPresent(row -> requireCorrection(staged, row));
        boolean adds = known.isPresent()
                ? tx.invoiceRevisions().reduce(staged, account)
                : staged.lines() > 0 || !layout.mayHoldNothing();
        if (!adds) {
            tx.stagedInvoices().drop(staged.id());
            return known.map(row -> new Taken.Invoice(row, true));
        }
        tx.invoiceRevisions().proved(staged.id(), unchecked.json());
        return Optional.of(new Taken.Invoice(row(tx, staged.id()), false));
    }

    private void requireCorrection(Staged staged, InvoiceRow known) {
        if (layout.isCalledByItsFile(staged.number())) {
            requireSameBill(staged);
        } else if (layout.mayBeAPart() && staged.statedTotal() == null) {
            requireSameCharges(staged);
        }
        requireSameCurrency(known, staged.currency());
    }

    /** Portals call the bill of each month alike: what keeps no line of the known bill is another, and takes none of it back. */
    private void requireSameBill(Staged staged) {
        if (!tx.invoiceRevisions().keepsAny(staged, account)) {
            throw new ProblemException(
                    Problem.of(BillingCode.INVOICE_NAME_TAKEN, "number", staged.number(), "account", account));
        }
    }

    /** What says none of the charges on record anew, and no total, is a part that came by itself, and takes none of them back. */
    private void requireSameCharges(Staged staged) {
        if (!tx.invoiceRevisions().saysAnyAnew(staged, account)) {
            throw new ProblemException(
                    Problem.of(BillingCode.INVOICE_IN_PARTS, "number", staged.number(), "account", account));
        }
    }

    /** What is taken back is taken back in the currency of the correction: in another it would be another amount. */
    static void requireSameCurrency(InvoiceRow known, String currency) {
        if (!known.currency().equals(currency)) {
            throw new ProblemException(Problem.of(
                    BillingCode.INVOICE_TWO_CURRENCIES,
                    "invoice",
                    known.number(),
                    "currency",
                    known.currency(),
                    "value",
                    currency));
        }
    }

    static InvoiceRow row(Tx tx, String id) {
        return tx.invoices().find(id, Namespaces.ALL).orElseThrow();
    }
}
