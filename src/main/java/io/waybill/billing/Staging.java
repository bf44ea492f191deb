package io.waybill.billing;

import io.waybill.ledger.Amounts;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page of charges on its way to the ledger, each under its invoice: one currency and one total for every invoice. */
final class Staging implements Layout.Charges {
    private static final int PAGE = 1_000;

    /** So many rows of a page that are no charges are told one by one; all are counted. */
    private static final int TOLD = 20;

    private final Ledger ledger;
    private final String file;
    private final StagedInvoiceBook.Owner owner;
    private final Faults faults;
    private final Layout layout;
    private final Map<String, Begun> invoices = new HashMap<>();
    private final List<Placed> page = new ArrayList<>();
    private final List<StagedInvoiceBook.Head> begun = new ArrayList<>();
    private final Map<String, BigDecimal> stated = new LinkedHashMap<>();
    private final List<String> passed = new ArrayList<>();

    Staging(Ledger ledger, String file, StagedInvoiceBook.Owner owner, Faults faults, Layout layout) {
        this.ledger = ledger;
        this.file = file;
        this.owner = owner;
        this.faults = faults;
        this.layout = layout;
        ledger.read(tx -> tx.stagedInvoices().sums(file))
                .forEach(staged -> invoices.put(
                        staged.number(),
                        new Begun(staged.id(), staged.currency(), layout, staged.statedTotal(), staged.lines())));
    }

    /** An invoice some lines of which are known. */
    private static final class Begun {
        final String id;
        final String currency;
        final int decimals;

        @Nullable
        BigDecimal stated;

        int lines;

        Begun(String id, String currency, Layout layout, @Nullable BigDecimal stated, int lines) {
            this.id = id;
            this.currency = currency;
            this.decimals = Cells.isCurrency(currency) ? layout.decimals(Rounding.decimals(currency)) : Amounts.KEPT;
            this.stated = stated;
            this.lines = lines;
        }
    }

    @Override
    public void add(Layout.Head head, InvoiceLine line) {
        Begun invoice = invoice(head, line.fileRow());
        requireAmount(invoice, line.fileRow(), Plain.text(line.carrierText()), line.amount());
        invoice.lines++;
        page.add(new Placed(invoice.id, invoice.lines, fingerprint(line), line));
    }

    @Override
    public void tell(Layout.Head head, long row) {
        invoice(head, row);
    }

    @Override
    public void passOver(long row, String why) {
        passed.add(row + ": " + why.strip());
    }

    /** {@code 12.345} of a currency without decimals is 12345 to who wrote it. */
    private void requireAmount(Begun invoice, long row, String column, @Nullable BigDecimal amount) {
        if (amount != null && !Figures.isAmount(amount, invoice.decimals)) {
            faults.add(
                    BillingCode.INVOICE_AMOUNT_TOO_FINE,
                    row,
                    column,
                    amount.toPlainString(),
                    "currency",
                    invoice.currency,
                    "decimals",
                    invoice.decimals);
        }
    }

    private Begun invoice(Layout.Head head, long row) {
        Begun known = invoices.get(head.number());
        if (known == null) {
            known = new Begun(Ids.next("inv"), head.currency(), layout, head.stated(), 0);
            invoices.put(head.number(), known);
            requireAmount(known, row, head.totalColumn(), head.stated());
            begun.add(new StagedInvoiceBook.Head(known.id, head.number(), head.date(), head.currency(), head.stated()));
            return known;
        }
        if (!known.currency.equals(head.currency())) {
            faults.add(
                    BillingCode.INVOICE_TWO_CURRENCIES,
                    row,
                    head.currencyColumn(),
                    head.currency(),
                    "currency",
                    known.currency,
                    "invoice",
                    head.number());
        }
        BigDecimal said = head.stated();
        if (said != null && known.stated == null) {
            known.stated = said;
            requireAmount(known, row, head.totalColumn(), said);
            stated.put(known.id, said);
        } else if (said != null && known.stated != null && said.compareTo(known.stated) != 0) {
            faults.add(
                    BillingCode.INVOICE_TWO_TOTALS,
                    row,
                    head.totalColumn(),
                    said.toPlainString(),
                    "stated",
                    known.stated.toPlainString(),
                    "invoice",
                    head.number());
        }
        return known;
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
        passed.clear();
        page.clear();
        begun.clear();
        stated.clear();
        return mine;
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
