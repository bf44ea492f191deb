package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.JournalBook.Line;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Tx;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes entries for the books: balanced, under ids that say what they are of, each once. */
final class Journal {
    private static final int PAGE = 1_000;

    private final Path accounts;

    /** @param accounts {@code lookups/gl.csv} */
    Journal(Path accounts) {
        this.accounts = accounts;
    }

    private ClosedPeriods closed() {
        return ClosedPeriods.read(accounts.resolveSibling("periods.csv"));
    }

    /** {@code INV-<account>-<number>-<revision>}. */
    static String entry(InvoiceRow invoice) {
        return "INV-" + invoice.account() + "-" + invoice.number() + "-" + invoice.revision();
    }

    /**
     * An invoice: what every line is for, against what is owed to the carrier for each namespace.
     *
     * @throws io.waybill.problem.ProblemException {@code gl-account-missing}, {@code period-closed}; then nothing is posted
     */
    void post(Tx tx, InvoiceRow invoice, String by) {
        GlAccounts gl = GlAccounts.read(accounts);
        LocalDate today = tx.now().atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, BigDecimal> owed = new TreeMap<>();
        Entry entry = new Entry(tx, closed(), by, invoice.account(), "INVOICE", today);
        int after = 0;
        for (List<JournalBook.Billed> page = tx.journal().billed(invoice.id(), after, PAGE);
                !page.isEmpty();
                page = tx.journal().billed(invoice.id(), after, PAGE)) {
            for (JournalBook.Billed billed : page) {
                GlAccounts.Gl to =
                        gl.of(invoice.carrier(), invoice.account(), billed.kind(), billed.type(), billed.costCenter());
                entry.add(entry(invoice), billed.namespace(), to, billed.amount(), invoice.currency(), invoice, billed);
                owed.merge(billed.namespace(), billed.amount(), BigDecimal::add);
            }
            after = page.get(page.size() - 1).line();
            gl.requireAll();
            entry.flush();
        }
        GlAccounts.Gl payable = gl.of(invoice.carrier(), invoice.account(), "payable", "", null);
        owed.forEach((namespace, amount) ->
                entry.add(entry(invoice), namespace, payable, amount.negate(), invoice.currency(), invoice, null));
        gl.requireAll();
        entry.flush();
    }

    /** What is owed and not billed at the end of a day, and the next day's reversal. @return how many lines; 0 when it was posted before */
    int accrue(Tx tx, List<MoneyBook.Accrual> accruals, String namespace, LocalDate asOf, String by) {
        GlAccounts gl = GlAccounts.read(accounts);
        ClosedPeriods periods = closed();
        int lines = 0;
        for (String account :
                accruals.stream().map(MoneyBook.Accrual::account).distinct().toList()) {
            String id = account + "-" + namespace + "-" + asOf;
            if (tx.journal().isPosted("ACR-" + id)) {
                continue;
            }
            Entry accrual = new Entry(tx, periods, by, account, "ACCRUAL", asOf);
            Entry reversal = new Entry(tx, periods, by, account, "REVERSAL", asOf.plusDays(1));
            for (MoneyBook.Accrual row : accruals) {
                if (row.account().equals(account)) {
                    String center = row.costCenter().isEmpty() ? null : row.costCenter();
                    GlAccounts.Gl cost = gl.of(row.carrier(), account, "accrual", "", center);
                    GlAccounts.Gl accrued = gl.of(row.carrier(), account, "accrued", "", null);
                    for (boolean back : new boolean[] {false, true}) {
                        Entry entry = back ? reversal : accrual;
                        BigDecimal amount = back ? row.amount().negate() : row.amount();
                        String name = (back ? "REV-" : "ACR-") + id;
                        entry.add(name, namespace, cost, amount, row.currency(), center);
                        entry.add(name, namespace, accrued, amount.negate(), row.currency(), null);
                    }
                }
            }
            gl.requireAll();
            lines += accrual.flush() + reversal.flush();
        }
        return lines;
    }

    /** Lines of one entry on their way. */
    private static final class Entry {
        private final Tx tx;
        private final String by;
        private final String account;
        private final String kind;
        private final LocalDate posting;
        private final List<Line> lines = new ArrayList<>();
        private int last;

        Entry(Tx tx, ClosedPeriods periods, String by, String account, String kind, LocalDate posting) {
            this.periods = periods;
            this.tx = tx;
            this.by = by;
            this.account = account;
            this.kind = kind;
            this.posting = posting;
        }

        /** Nothing is posted to a period that is closed. */
        private final ClosedPeriods periods;

        void add(
                String id,
                String namespace,
                GlAccounts.Gl gl,
                BigDecimal amount,
                String currency,
                @Nullable String costCenter) {
            put(id, namespace, gl, amount, currency, costCenter, null, null);
        }

        void add(
                String id,
                String namespace,
                GlAccounts.Gl gl,
                BigDecimal amount,
                String currency,
                InvoiceRow invoice,
                JournalBook.@Nullable Billed billed) {
            put(id, namespace, gl, amount, currency, billed == null ? null : billed.costCenter(), invoice, billed);
        }

        private void put(
                String id,
                String namespace,
                GlAccounts.Gl gl,
                BigDecimal amount,
                String currency,
                @Nullable String costCenter,
                @Nullable InvoiceRow invoice,
                JournalBook.@Nullable Billed billed) {
            periods.requireOpen(namespace, posting);
            last++;
            lines.add(new Line(
                    id,
                    last,
                    namespace,
                    account,
                    kind,
                    posting,
                    invoice == null ? posting : invoice.invoiceDate(),
                    invoice == null ? null : invoice.number(),
                    billed == null ? null : billed.line(),
                    billed == null ? null : billed.orderId(),
                    billed == null ? null : billed.carrierText(),
                    gl.account(),
                    costCenter,
                    amount.max(BigDecimal.ZERO),
                    amount.negate().max(BigDecimal.ZERO),
                    currency,
                    gl.taxCode(),
                    billed == null ? null : billed.shipmentUid(),
                    billed == null ? null : billed.trackingNumber()));
        }

        int flush() {
            tx.journal().post(lines, by);
            int written = lines.size();
            lines.clear();
            return written;
        }
    }
}
