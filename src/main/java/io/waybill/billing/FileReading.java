package io.waybill.billing;

import io.waybill.carrier.Account;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceFileBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.StagedInvoiceBook;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * Reads a file of invoices page by page, from where an earlier reading of it stood, and stages what it says.
 *
 * @param lease how long a file is this node's after each page
 */
record FileReading(Ledger ledger, String node, Duration lease) {

    /** @return false when another owner took the file over */
    boolean read(Handed handed, Account account, Layout layout, InvoiceFileBook.Row file, Faults faults)
            throws IOException {
        Staging staging = new Staging(ledger, file.id(), owner(handed, account), faults, layout);
        Content.Look look = handed.content().look();
        try (DocumentReader reader =
                Formats.open(handed.content().open(), handed.name(), layout.reading(look.format(), look.delimiter()))) {
            int documents = 0;
            for (Document next = reader.next(); next != null && !faults.enough(); next = reader.next()) {
                if (next.ordinal() == 1) {
                    Layouts.check(layout, next, reader, faults);
                    if (faults.any()) {
                        return true;
                    }
                }
                next.problems().forEach(faults::add);
                documents = next.ordinal();
                if (documents > file.documents() && next.problems().isEmpty()) {
                    layout.read(next, look.delimiter(), faults, staging);
                }
                if (staging.isFull() && !faults.any() && !staging.save(documents, node, lease)) {
                    return false;
                }
            }
            if (file.documents() == 0) { // else the dates before are not known
                faults.dates().tell(faults);
            }
            return faults.any() || staging.save(documents, node, lease);
        }
    }

    private static StagedInvoiceBook.Owner owner(Handed handed, Account account) {
        String namespace = account.namespaces().size() == 1
                ? account.namespaces().iterator().next()
                : "*";
        return new StagedInvoiceBook.Owner(
                namespace, account.name(), account.carrierId(), Objects.requireNonNull(handed.by()));
    }
}
