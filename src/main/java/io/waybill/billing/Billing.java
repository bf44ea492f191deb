package io.waybill.billing;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carriers' invoices: taken in whole or not at all, every line brought to its shipment and into the money ledger, audited,
 * approved by somebody else than who brought them, and posted.
 */
public final class Billing {
    private final Ledger ledger;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Importing importing;
    private final Reconciling reconciling;
    private final Journal journal;
    private final Disputes disputes;
    private final RefundWriteOffs refunds;
    private final Pulling pulling;
    private final Sums sums;

    /**
     * @param contracts the folder of the accounts' contracts
     * @param glAccounts the table of the books' accounts, {@code lookups/gl.csv}; the other tables of the books stand beside it
     * @param node this node's name, the same after a restart
     */
    public Billing(Ledger ledger, Accounts accounts, Mappings mappings, Path contracts, Path glAccounts, String node) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.contracts = new Contracts(contracts);
        this.importing = new Importing(ledger, new Layouts(mappings, this.contracts), node);
        this.reconciling = new Reconciling(ledger, this.contracts);
        this.journal = new Journal(glAccounts);
        this.disputes = new Disputes(ledger, this.contracts);
        this.refunds = new RefundWriteOffs(ledger);
        this.pulling = new Pulling(ledger, accounts, file -> take(file, Namespaces.ALL));
        this.sums = new Sums(ledger, glAccounts.resolveSibling("fx.csv"));
    }

    /** The carriers whose own files are read, as a route names them. */
    public static List<String> carriers() {
        return Layouts.carriers();
    }

    /** What people decide about what audits found. */
    public Disputes disputes() {
        return disputes;
    }

    /** What people decide about refunds that do not come. */
    public RefundWriteOffs refunds() {
        return refunds;
    }

    /** The money ledger summed up. */
    public Sums sums() {
        return sums;
    }

    /**
     * Takes a file of invoices in, matches and audits them. The same bytes, or an invoice that says what is on record, add
     * nothing; a corrected invoice adds what it changed. What nobody has approved yet is audited anew, by the contract as it
     * stands. A line on no shipment that has one by now, or is under another account number by the contract, is taken back there
     * and said anew in a revision that comes to nothing.
     *
     * @param scope what whoever hands it over may see: one that cannot see the account's invoices brings none
     * @throws ProblemException {@code invoice-unknown-account} before anything is read, or with everything that is wrong with the file, each with row and column; then nothing is kept
     */
    public Taken take(Handed handed, Namespaces scope) {
        Account account = account(handed.account(), scope);
        Contract contract = contracts.of(account.name());
        Taken taken = importing.take(handed, account);
        taken.invoices().forEach(invoice -> reconciling.reconcile(invoice.row()));
        List<Taken.Invoice> invoices = new ArrayList<>(taken.invoices());
        for (InvoiceRow known : onRecord(taken)) {
            reconcileAnew(known);
            ledger.commit(tx -> new Relanding(tx, contract).revise(known, taken.file(), handed.by()))
                    .ifPresent(revision -> {
                        reconciling.reconcile(revision);
                        invoices.add(new Taken.Invoice(revision, false));
                    });
        }
        return ledger.read(tx -> new Taken(
                taken.file(),
                invoices.stream()
                        .map(invoice -> new Taken.Invoice(row(tx, invoice.row().id(), Namespaces.ALL), invoice.again()))
                        .toList()));
    }

    /** An account whose invoices whoever hands one over may see. */
    private Account account(String name, Namespaces scope) {
        List<Account> seen = accounts.all().stream()
                .filter(known -> seesInvoices(scope, known))
                .toList();
        return seen.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        BillingCode.INVOICE_UNKNOWN_ACCOUNT,
                        "account",
                        name,
                        "known",
                        seen.stream().map(Account::name).collect(Collectors.joining(", ")))));
    }

    private void reconcileAnew(InvoiceRow known) {
        ledger.read(tx -> tx.invoices().revisions(known.account(), known.number())).stream()
                .filter(revision -> revision.state().equals("PROVED"))
                .forEach(reconciling::reconcile);
    }

    /** One revision of each invoice that was not brought for the first time. */
    private static Collection<InvoiceRow> onRecord(Taken taken) {
        Map<String, InvoiceRow> rows = new LinkedHashMap<>();
        taken.invoices().stream()
                .filter(invoice -> invoice.again() || invoice.row().revision() > 1)
                .forEach(invoice -> rows.put(invoice.row().number(), invoice.row()));
        return rows.values();
    }

    /** Invoices of an account that serves several namespaces belong to none of them: only who sees all sees them. */
    private static boolean seesInvoices(Namespaces scope, Account account) {
        return scope.all()
                || (account.namespaces().size() == 1
                        && account.namespaces().stream().allMatch(scope::has));
    }

    /**
     * Goes on with invoices whose matching was cut short; one that cannot be matched, as by a contract nobody can read, is left.
     *
     * @param goesOn asked before each
     */
    public void resume(BooleanSupplier goesOn) {
        reconciling.resume(goesOn);
    }

    /**
     * Asks carriers whose bill is pulled for the days whose time has come, one page of them; each day that has something
     * booked is an invoice.
     *
     * @return true when there may be more to do at once
     */
    public boolean pull() {
        return pulling.pullThoseDue();
    }

    /**
     * Somebody else than its importer agrees to pay it.
     *
     * @throws ProblemException {@code invoice-own-approval}, {@code invoice-not-matched}
     */
    public InvoiceRow approve(String id, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            InvoiceRow row = row(tx, id, scope);
            if (row.importedBy().equals(by)) {
                throw new ProblemException(
                        Problem.of(BillingCode.INVOICE_OWN_APPROVAL, "number", row.number(), "by", by));
            }
            if (!tx.invoices().approve(id, by)) {
                throw new ProblemException(
                        Problem.of(BillingCode.INVOICE_NOT_MATCHED, "number", row.number(), "state", Words.of(row)));
            }
            tx.audit().record(by, "invoice.approve", id, row.namespace(), row.account() + " " + row.number());
            return row(tx, id, scope);
        });
    }

    /**
     * Hands it to the books as one balanced entry, once.
     *
     * @throws ProblemException {@code invoice-not-approved}, or {@code gl-account-missing} for every charge the books have no
     *     account for; then nothing is posted
     */
    public InvoiceRow post(String id, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            InvoiceRow row = row(tx, id, scope);
            if (!tx.invoices().post(id, by)) {
                throw new ProblemException(
                        Problem.of(BillingCode.INVOICE_NOT_APPROVED, "number", row.number(), "state", Words.of(row)));
            }
            journal.post(tx, row, by);
            tx.audit().record(by, "invoice.post", id, row.namespace(), row.account() + " " + row.number());
            return row(tx, id, scope);
        });
    }

    public List<InvoiceRow> list(Namespaces scope, @Nullable String account, @Nullable String before, int limit) {
        return ledger.read(tx -> tx.invoices().list(scope, account, before, limit));
    }

    /**
     * Posts what was owed and not billed at the end of a day, with the reversal of the day after: once for a day, an account
     * and a namespace.
     *
     * @return how many lines were posted; 0 when they were before
     * @throws ProblemException {@code day-not-over}: what is recorded until a day's end in UTC belongs to its accrual
     */
    public int accrue(Namespaces scope, LocalDate asOf, String by) {
        Instant end = asOf.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return ledger.commit(tx -> {
            requireOver(asOf, end, tx.now());
            int lines = journal.accrue(tx, tx.accruals().asOf(scope, end), asOf, by);
            tx.audit().record(by, "accruals.post", asOf.toString(), scope.only(), lines + " lines");
            return lines;
        });
    }

    private static void requireOver(LocalDate day, Instant end, Instant now) {
        if (end.isAfter(now)) {
            throw new ProblemException(Problem.of(BillingCode.DAY_NOT_OVER, "day", day, "ends", end, "now", now));
        }
    }

    /**
     * An invoice with what came of it.
     *
     * @throws ProblemException {@code invoice-not-found}
     */
    public Reconciled reconciled(String id, Namespaces scope, int findings) {
        return ledger.read(tx -> {
            InvoiceRow row = row(tx, id, scope);
            return new Reconciled(
                    row,
                    tx.invoiceLines().places(id),
                    tx.variances().byRule(id),
                    tx.variances().of(id, findings));
        });
    }

    /**
     * An invoice alone: nothing of its lines is counted.
     *
     * @throws ProblemException {@code invoice-not-found}
     */
    public InvoiceRow invoice(String id, Namespaces scope) {
        return ledger.read(tx -> row(tx, id, scope));
    }

    private static InvoiceRow row(Tx tx, String id, Namespaces scope) {
        return tx.invoices()
                .find(id, scope)
                .orElseThrow(() -> new ProblemException(Problem.of(BillingCode.INVOICE_NOT_FOUND, "id", id)));
    }
}
