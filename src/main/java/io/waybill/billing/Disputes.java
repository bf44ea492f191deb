package io.waybill.billing;

import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about the findings of an audit: accepted as owed, written off, or claimed back from the carrier. Credits
 * on later invoices are laid beside what was claimed; what the carrier turns down is decided anew. An invoice is paid
 * without what is in dispute.
 */
public final class Disputes {
    private static final Set<String> PAYABLE = Set.of("POSTED", "PART_DISPUTED");

    private static final Set<String> TURNED_DOWN = Set.of("rejected", "part-credited");

    private final Ledger ledger;
    private final DisputeDeadlines deadlines;

    Disputes(Ledger ledger, Contracts contracts) {
        this.ledger = ledger;
        this.deadlines = new DisputeDeadlines(ledger, contracts);
    }

    /**
     * It is owed. With a reason, what has not come of the refund of the label it is about is not waited for any more. The same
     * decision in the same words once more changes nothing.
     *
     * @throws ProblemException {@code variance-not-found}, {@code variance-decided}
     */
    public VarianceBook.Variance accept(String id, @Nullable String reason, Namespaces scope, String by) {
        return decide(id, "accepted", reason, scope, by);
    }

    /**
     * It is not owed, and not worth claiming.
     *
     * @throws ProblemException as {@link #accept}
     */
    public VarianceBook.Variance writeOff(String id, @Nullable String reason, Namespaces scope, String by) {
        return decide(id, "written-off", reason, scope, by);
    }

    private VarianceBook.Variance decide(
            String id, String decision, @Nullable String reason, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            String shipment = find(tx, id, scope).shipment();
            if (shipment != null) {
                tx.orders().lockOf(shipment); // before the decision, as whoever writes off a refund
            }
            VarianceBook.Variance finding = find(tx, id, scope);
            if (!decide(tx, finding, decision, reason, by)) {
                return standing(tx, id, decision, reason, scope);
            }
            if (reason != null && !reason.isBlank()) {
                KeptRefund.by(tx, finding, reason, by);
            }
            return find(tx, id, scope);
        });
    }

    /** @return false when it was decided before, or is claimed of the carrier */
    static boolean decide(Tx tx, VarianceBook.Variance finding, String decision, @Nullable String reason, String by) {
        boolean decided = tx.decisions().decide(finding, decision, reason, by)
                || tx.decisions().decideAnew(finding.id(), decision, reason, by);
        if (decided) {
            record(tx, by, "variance." + decision, finding);
        }
        return decided;
    }

    /**
     * What it asks back is claimed, as a line of the invoice's open dispute; all of it where only a person can say that it
     * is not owed.
     *
     * @throws ProblemException {@code variance-not-found}, {@code variance-decided}, {@code variance-nothing-to-claim}
     */
    public VarianceBook.Variance dispute(String id, @Nullable String reason, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            InvoiceRow invoice =
                    tx.invoices().find(find(tx, id, scope).invoiceUid(), scope).orElseThrow();
            tx.claims().lock(invoice);
            VarianceBook.Variance found = find(tx, id, scope);
            if (isRefused(tx, found, scope)) {
                throw decided(found);
            }
            VarianceBook.Variance finding = found.claiming(claim(tx, invoice, found));
            if (finding.claim().signum() <= 0) {
                throw about(finding, BillingCode.VARIANCE_NOTHING_TO_CLAIM);
            }
            if (!tx.decisions().decide(finding, "disputed", reason, by)) {
                return standing(tx, id, "disputed", reason, scope);
            }
            tx.variances().claim(finding);
            String dispute = tx.disputes().add(invoice, finding, deadlines.of(tx, invoice, finding), by);
            layWhatCame(tx, invoice, finding, dispute);
            record(tx, by, "variance.disputed", finding);
            return find(tx, id, scope);
        });
    }

    /** What the carrier turned down is not claimed of it again. */
    private static boolean isRefused(Tx tx, VarianceBook.Variance finding, Namespaces scope) {
        return finding.dispute() != null
                && TURNED_DOWN.contains(dispute(tx, finding.dispute(), scope).state());
    }

    /** Of a number that is no shipment's no more than stands billed of it, however often its invoice is corrected. */
    private static BigDecimal claim(Tx tx, InvoiceRow invoice, VarianceBook.Variance finding) {
        if (finding.claim().signum() != 0 || !AuditRule.isDisputable(finding.rule())) {
            return finding.claim();
        }
        boolean outside = finding.rule().equals(AuditRule.OUTSIDE_LABEL.word()) && finding.trackingNumber() != null;
        return outside ? finding.amount().min(tx.claims().claimable(invoice, finding)) : finding.amount();
    }

    /** What later invoices gave back before anybody disputed it is laid beside it at once. */
    private static void layWhatCame(Tx tx, InvoiceRow invoice, VarianceBook.Variance finding, String dispute) {
        BigDecimal part = tx.disputes()
                .claimant(finding.id())
                .map(of -> tx.credits()
                        .notLaid(invoice, of, DisputeDeadlines.isLate(finding))
                        .min(finding.claim()))
                .orElse(BigDecimal.ZERO);
        if (part.signum() > 0
                && tx.disputes().credit(new DisputeBook.Waiting(dispute, finding.id(), finding.claim()), part)) {
            tx.exceptions().closeBy(Fact.DISPUTE_OVER, dispute);
        }
    }

    /** Has people told of claims whose last day is near, or past: each once, until the claim is over. */
    public void watchDeadlines() {
        deadlines.tellOfThoseNear();
    }

    /**
     * The carrier will not give what it has not given yet.
     *
     * @throws ProblemException {@code dispute-not-found}, {@code dispute-closed}
     */
    public DisputeBook.Row reject(String id, @Nullable String words, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            DisputeBook.Row dispute = dispute(tx, id, scope);
            if (!tx.disputes().reject(id, words)) {
                String now = dispute(tx, id, scope).state(); // somebody may have ended it meanwhile
                throw new ProblemException(Problem.of(BillingCode.DISPUTE_CLOSED, "id", id, "state", now));
            }
            tx.exceptions().closeBy(Fact.DISPUTE_OVER, id);
            tx.audit().record(by, "dispute.rejected", id, dispute.namespace(), dispute.invoiceNumber());
            return dispute(tx, id, scope);
        });
    }

    /** @throws ProblemException {@code dispute-not-found} */
    public DisputeBook.Row find(String id, Namespaces scope) {
        return ledger.read(tx -> dispute(tx, id, scope));
    }

    /**
     * What is owed of an invoice was paid, without what is in an open dispute: line by line on the settled side. Once the dispute
     * is over, the same call settles the rest.
     *
     * @throws ProblemException {@code invoice-not-found}, {@code invoice-not-posted}
     */
    public InvoiceRow pay(String id, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            InvoiceRow row = tx.invoices()
                    .find(id, scope)
                    .orElseThrow(() -> new ProblemException(Problem.of(BillingCode.INVOICE_NOT_FOUND, "id", id)));
            if (!PAYABLE.contains(row.state())) {
                throw new ProblemException(
                        Problem.of(BillingCode.INVOICE_NOT_POSTED, "number", row.number(), "state", Words.of(row)));
            }
            tx.payments().settle(row);
            boolean all = tx.disputes().open(id).signum() == 0;
            tx.payments().paid(row, all ? "PAID" : "PART_DISPUTED", by);
            tx.audit().record(by, "invoice.pay", id, row.namespace(), row.account() + " " + row.number());
            return tx.invoices().find(id, scope).orElseThrow();
        });
    }

    private static DisputeBook.Row dispute(Tx tx, String id, Namespaces scope) {
        return tx.disputes()
                .find(id, scope)
                .orElseThrow(() -> new ProblemException(Problem.of(BillingCode.DISPUTE_NOT_FOUND, "id", id)));
    }

    private static VarianceBook.Variance find(Tx tx, String id, Namespaces scope) {
        return tx.variances()
                .find(id, scope)
                .orElseThrow(() -> new ProblemException(Problem.of(BillingCode.VARIANCE_NOT_FOUND, "id", id)));
    }

    /**
     * What stands already, told to whoever decides the same in the same words once more: the button was pressed twice, or an
     * answer never came.
     */
    private static VarianceBook.Variance standing(
            Tx tx, String id, String decision, @Nullable String reason, Namespaces scope) {
        VarianceBook.Variance finding = find(tx, id, scope);
        if (!decision.equals(finding.decision()) || !Objects.equals(reason, finding.reason())) {
            throw decided(finding);
        }
        return finding;
    }

    private static ProblemException decided(VarianceBook.Variance finding) {
        return about(finding, BillingCode.VARIANCE_DECIDED);
    }

    /** With what a list of many shows of it: nobody who ticked them knows one by its id. */
    private static ProblemException about(VarianceBook.Variance finding, BillingCode code) {
        String number = finding.trackingNumber();
        return new ProblemException(Problem.of(
                code,
                "id",
                finding.id(),
                "finding",
                number == null ? finding.rule() : finding.rule() + " " + number,
                "invoice",
                finding.invoiceNumber(),
                "decision",
                String.valueOf(finding.decision())));
    }

    private static void record(Tx tx, String by, String act, VarianceBook.Variance finding) {
        tx.audit().record(by, act, finding.id(), finding.namespace(), finding.invoiceNumber() + " " + finding.rule());
    }
}
