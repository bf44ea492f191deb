package io.waybill.billing;

import io.waybill.carrier.Account;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceFileBook;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.StagedInvoiceBook;
import io.waybill.ledger.Tx;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * Reads a file of invoices page by page, from where an earlier reading of it stood, and stages what it says.
 *
 * @param lease how long a file is this node's after each page, and after each thousand documents that fill none
 */
record FileReading(Ledger ledger, String node, Duration lease) {
    private static final int RENEWED = 1_000;

    /** What is staged: only what the whole file shows, like the order of its dates, is looked at again. */
    private static final Layout.Charges KNOWN = new Layout.Charges() {
        @Override
        public void add(Layout.Head head, InvoiceLine line) {
            // it is staged
        }

        @Override
        public void tell(Layout.Head head, long row) {
            // it is staged
        }

        @Override
        public void passOver(long row, String why) {
            // it is counted
        }
    };

    /** @return false when another owner took the file over */
    boolean read(Handed handed, Account account, Layout layout, InvoiceFileBook.Row file, Faults faults)
            throws IOException {
        Staging staging = new Staging(ledger, file.id(), owner(handed, account), faults, layout);
        Content.Look look = handed.content().look();
        try (DocumentReader reader =
                Formats.open(handed.content().open(), handed.name(), layout.reading(look.format(), look.delimiter()))) {
            int documents = 0;
            int staged = file.documents();
            for (Document next = reader.next(); next != null && !faults.enough(); next = reader.next()) {
                if (next.ordinal() == 1) {
                    Layouts.check(layout, next, reader, faults);
                    if (faults.any()) {
                        return true;
                    }
                }
                next.problems().forEach(faults::add);
                documents = next.ordinal();
                if (next.problems().isEmpty()) {
                    boolean isNew = documents > file.documents();
                    layout.read(next, look.delimiter(), faults, isNew ? staging : KNOWN);
                }
                if (faults.any()) {
                    staging.drop();
                }
                if (staging.isFull()) {
                    if (!staging.save(documents, node, lease)) {
                        return false;
                    }
                    staged = documents;
                } else if (documents % RENEWED == 0 && !renew(file.id(), staged)) {
                    return false;
                }
            }
            faults.dates().tell(faults, ledger.read(Tx::today));
            return faults.any() || staging.save(documents, node, lease);
        }
    }

    /** Keeps the file while nothing of it is staged: what is read again, or has faults. */
    private boolean renew(String file, int staged) {
        return ledger.commit(tx -> tx.invoiceFiles().progress(file, staged, node, lease));
    }

    private static StagedInvoiceBook.Owner owner(Handed handed, Account account) {
        String namespace = account.namespaces().size() == 1
                ? account.namespaces().iterator().next()
                : "*";
        return new StagedInvoiceBook.Owner(
                namespace, account.name(), account.carrierId(), Objects.requireNonNull(handed.by()));
    }
}
