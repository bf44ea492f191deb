package io.waybill.billing;

import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lines that landed beside every shipment, or under an account nobody had named, before their label or number was known here.
 * What was posted of them is left as it is: a revision that comes to nothing takes them back where they landed and says them anew.
 */
final class Relanding {
    private static final int PAGE = 1_000;

    private final Tx tx;
    private final Contract contract;

    Relanding(Tx tx, Contract contract) {
        this.tx = tx;
        this.contract = contract;
    }

    /**
     * @param file what was brought
     * @return the revision, or nothing where every line is where it belongs
     */
    Optional<InvoiceRow> revise(InvoiceRow invoice, String file, String by) {
        tx.invoiceFiles().alone(invoice.account());
        List<InvoiceLineBook.Line> moved = new ArrayList<>();
        tx.invoiceLines().standingBeside(invoice).forEach((id, places) -> moved.addAll(elsewhere(id, places)));
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        List<InvoiceRow> revisions = tx.invoices().revisions(invoice.account(), invoice.number());
        InvoiceRow last = revisions.get(revisions.size() - 1);
        String revision = tx.invoiceRevisions().begin(last, file, by);
        tx.invoiceRevisions().moveAnew(revision, 1, moved);
        tx.invoiceRevisions().proved(revision, leftOpen(revisions, moved).json());
        InvoiceRow row = tx.invoices().find(revision, Namespaces.ALL).orElseThrow();
        tx.audit().record(by, "invoice.taken", row.id(), row.namespace(), row.account() + " " + row.number());
        return Optional.of(row);
    }

    /** What the files left open that say the lines. */
    private static Unchecked leftOpen(List<InvoiceRow> revisions, List<InvoiceLineBook.Line> moved) {
        Set<String> said = moved.stream().map(InvoiceLineBook.Line::invoiceUid).collect(Collectors.toSet());
        Unchecked unchecked = new Unchecked();
        revisions.stream().filter(row -> said.contains(row.id())).forEach(row -> unchecked.addOfFile(row.notChecked()));
        return unchecked;
    }

    /** What somebody asks back of a number stays there: to take it back would be a credit nobody gave. */
    private List<InvoiceLineBook.Line> elsewhere(String id, List<Integer> places) {
        InvoiceRow invoice = tx.invoices().find(id, Namespaces.ALL).orElseThrow();
        Set<String> disputed = tx.disputes().waitingNumbers(invoice.account(), invoice.currency());
        List<InvoiceLineBook.Line> found = new ArrayList<>();
        for (int from = 0; from < places.size(); from += PAGE) {
            List<InvoiceLineBook.Line> page =
                    tx.invoiceLines().lines(id, places.subList(from, Math.min(places.size(), from + PAGE)));
            Matching.elsewhere(tx, invoice, page, contract).stream()
                    .filter(line -> line.words().trackingNumber() == null
                            || !disputed.contains(Numbers.plain(line.words().trackingNumber())))
                    .forEach(found::add);
        }
        return found;
    }
}
