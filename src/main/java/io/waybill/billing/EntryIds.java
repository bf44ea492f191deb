package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Tx;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Under which ids entries are posted. Their parts are joined by a dash, which names may hold as well; where another account
 * has an id already, a colon stands after the account instead, which no namespace holds.
 */
final class EntryIds {
    private EntryIds() {}

    /** {@code INV-<account>-<number>-<revision>}, or {@code INV-<account>:<number>-<revision>}. */
    static String of(Tx tx, InvoiceRow invoice) {
        String rest = invoice.number() + "-" + invoice.revision();
        String id = "INV-" + invoice.account() + "-" + rest;
        return tx.journal().isOfAnother(id, invoice.account()) ? "INV-" + invoice.account() + ":" + rest : id;
    }

    /**
     * What follows {@code ACR-} and {@code REV-}: {@code <account>-<namespace>-<day>}, or {@code <account>:<namespace>-<day>}.
     * An id and a namespace leave one account, whatever account its lines say.
     *
     * @return empty when it was posted before
     */
    static Optional<String> ofAccrual(Tx tx, String account, String namespace, LocalDate asOf) {
        String rest = namespace + "-" + asOf;
        String id = account + "-" + rest;
        String apart = account + ":" + rest;
        boolean posted =
                tx.journal().isPosted("ACR-" + id, namespace) || tx.journal().isPosted("ACR-" + apart, namespace);
        return posted ? Optional.empty() : Optional.of(tx.journal().isPosted("ACR-" + id) ? apart : id);
    }
}
