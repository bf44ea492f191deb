package io.waybill.billing;

import io.waybill.ledger.Ids;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.StagedInvoiceBook;
import io.waybill.ledger.StagedInvoiceBook.Placed;
import io.waybill.text.Sha256;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page of charges on its way to the ledger. */
final class Staging extends Proving {
    private static final int PAGE = 1_000;

    /** So many rows of a page that are no charges are told one by one; all are counted. */
    private static final int TOLD = 20;

    private final Ledger ledger;
    private final String file;
    private final StagedInvoiceBook.Owner owner;
    private final List<Placed> page = new ArrayList<>();
    private final List<StagedInvoiceBook.Head> begun = new ArrayList<>();
    private final Map<String, BigDecimal> stated = new LinkedHashMap<>();
    private final List<String> passed = new ArrayList<>();

    Staging(Ledger ledger, String file, StagedInvoiceBook.Owner owner, Faults faults, Layout layout) {
        super(faults, layout);
        this.ledger = ledger;
        this.file = file;
        this.owner = owner;
        ledger.read(tx -> tx.stagedInvoices().sums(file))
                .forEach(staged ->
                        goOn(staged.number(), staged.id(), staged.currency(), staged.statedTotal(), staged.lines()));
    }

    @Override
    String begin(Layout.Head head) {
        String id = Ids.next("inv");
        begun.add(new StagedInvoiceBook.Head(id, head.number(), head.date(), head.currency(), head.stated()));
        return id;
    }

    @Override
    void state(Begun invoice, BigDecimal total) {
        stated.put(invoice.id, total);
    }

    @Override
    void take(Begun invoice, InvoiceLine line) {
        page.add(new Placed(invoice.id, invoice.lines, fingerprint(line), line));
    }

    @Override
    public void passOver(long row, String why) {
        passed.add(row + ": " + why.strip());
    }

    boolean isFull() {
        return page.size() >= PAGE;
    }

    /** Stages the page; false, with nothing staged, when another owner has the file. */
    boolean save(int documents, String node, Duration lease) {
        boolean mine = ledger.commit(tx -> {
            if (!tx.invoiceFiles().progress(file, documents, node, lease)) {
                return false;
            }
            begun.forEach(head -> tx.stagedInvoices().begin(file, head, owner));
            stated.forEach(tx.stagedInvoices()::state);
            tx.stagedInvoices().stage(page);
            if (!passed.isEmpty()) {
                String words = passed.stream().limit(TOLD).collect(Collectors.joining("; "));
                tx.invoiceFiles().passOver(file, passed.size(), Shortened.to(1_000, words));
            }
            return true;
        });
        drop();
        return mine;
    }

    /** Lets go of the page: it is staged, or its file has faults and is refused whole. */
    void drop() {
        passed.clear();
        page.clear();
        begun.clear();
        stated.clear();
    }

    /** The same for the same words and figures, wherever they stand in a file and however its number is grouped. */
    private static String fingerprint(InvoiceLine line) {
        String said = String.join(
                "\u001F",
                List.of(
                        Plain.text(line.accountNumber()),
                        Numbers.plain(Plain.text(line.trackingNumber())),
                        Plain.text(line.originalNumber()),
                        Numbers.plain(Plain.text(line.leadNumber())),
                        Plain.text(line.customerRefs()),
                        Plain.text(line.shipDate()),
                        Plain.text(line.service()),
                        Plain.text(line.zone()),
                        Plain.text(line.billedWeight()),
                        line.kind(),
                        line.type(),
                        Plain.text(line.reason()),
                        Plain.text(line.amount()),
                        Plain.text(line.carrierCategory()),
                        Plain.text(line.carrierDetail()),
                        Plain.text(line.carrierClass()),
                        Plain.text(line.carrierCode()),
                        Plain.text(line.carrierText())));
        return Sha256.of(said);
    }
}
