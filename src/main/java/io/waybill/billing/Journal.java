package io.waybill.billing;

import io.waybill.ledger.AccrualBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.Tx;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes entries for the books: balanced, under ids that say what they are of, each once. */
final class Journal {
    private static final int PAGE = 1_000;
    /** The namespace of what is of none. */
    static final String NO_ONE = "*";

    private final Path accounts;

    /** @param accounts {@code lookups/gl.csv} */
    Journal(Path accounts) {
        this.accounts = accounts;
    }

    private Entry.Books books(String by) {
        return new Entry.Books(
                GlAccounts.read(accounts),
                ClosedPeriods.read(accounts.resolveSibling("periods.csv")),
                Companies.read(accounts.resolveSibling("companies.csv")),
                by);
    }

    /**
     * An invoice: what every line is for, against what is owed to the carrier for each namespace.
     *
     * @throws io.waybill.problem.ProblemException {@code gl-account-missing}, {@code period-closed}; then nothing is posted
     */
    void post(Tx tx, InvoiceRow invoice, String by) {
        List<String> namespaces = tx.journal().namespaces(invoice.id());
        Entry.Books books = books(by).billing(namespaces);
        GlAccounts gl = books.gl();
        LocalDate today = tx.today();
        Map<String, BigDecimal> owed = new TreeMap<>();
        Entry entry = new Entry(
                tx,
                books,
                EntryIds.of(tx, invoice),
                new Entry.Kind("INVOICE", invoice.account(), today, invoice, only(namespaces)));
        int after = 0;
        for (List<JournalBook.Billed> page = tx.journal().billed(invoice.id(), after, PAGE);
                !page.isEmpty();
                page = tx.journal().billed(invoice.id(), after, PAGE)) {
            entry.flush();
            for (JournalBook.Billed billed : page) {
                GlAccounts.Gl to =
                        gl.of(invoice.carrier(), invoice.account(), billed.kind(), billed.type(), billed.costCenter());
                entry.add(to, billed, invoice.currency());
                owed.merge(billed.namespace(), billed.amount(), BigDecimal::add);
            }
            after = page.get(page.size() - 1).line();
            gl.requireAll();
        }
        GlAccounts.Gl payable = gl.of(invoice.carrier(), invoice.account(), "payable", "", null);
        owed.forEach((namespace, amount) -> entry.add(namespace, payable, amount.negate(), invoice.currency(), null));
        gl.requireAll();
        entry.flush();
    }

    private static String only(List<String> namespaces) {
        return namespaces.size() == 1 ? namespaces.get(0) : NO_ONE;
    }

    /**
     * What is owed and not billed at the end of a day, and the next day's reversal: an entry of each for every account and
     * namespace.
     *
     * @return how many lines; 0 when all of it was posted before
     */
    int accrue(Tx tx, List<AccrualBook.Accrual> accruals, LocalDate asOf, String by) {
        Entry.Books books = books(by);
        Map<String, List<AccrualBook.Accrual>> entries = new TreeMap<>();
        accruals.forEach(
                row -> entries.computeIfAbsent(row.account() + ":" + row.namespace(), first -> new ArrayList<>())
                        .add(row));
        int lines = 0;
        for (List<AccrualBook.Accrual> rows : entries.values()) {
            AccrualBook.Accrual first = rows.get(0);
            Optional<String> id = EntryIds.ofAccrual(tx, first.account(), first.namespace(), asOf);
            if (id.isPresent()) {
                lines += accrue(tx, books, id.get(), rows, asOf);
            }
        }
        return lines;
    }

    private static int accrue(Tx tx, Entry.Books books, String id, List<AccrualBook.Accrual> rows, LocalDate asOf) {
        String account = rows.get(0).account();
        Entry accrual = new Entry(tx, books, "ACR-" + id, new Entry.Kind("ACCRUAL", account, asOf, null, NO_ONE));
        Entry reversal =
                new Entry(tx, books, "REV-" + id, new Entry.Kind("REVERSAL", account, asOf.plusDays(1), null, NO_ONE));
        for (AccrualBook.Accrual row : rows) {
            String center = row.costCenter().isEmpty() ? null : row.costCenter();
            GlAccounts.Gl cost = books.gl().of(row.carrier(), account, "accrual", "", center);
            GlAccounts.Gl accrued = books.gl().of(row.carrier(), account, "accrued", "", null);
            accrual.add(row.namespace(), cost, row.amount(), row.currency(), center);
            accrual.add(row.namespace(), accrued, row.amount().negate(), row.currency(), null);
            reversal.add(row.namespace(), cost, row.amount().negate(), row.currency(), center);
            reversal.add(row.namespace(), accrued, row.amount(), row.currency(), null);
        }
        books.gl().requireAll();
        return accrual.flush() + reversal.flush();
    }
}
