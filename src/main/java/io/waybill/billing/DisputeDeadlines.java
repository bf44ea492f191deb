package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Until when a carrier hears a claim, by the account's contract, and who is told before that day is over. */
record DisputeDeadlines(Ledger ledger, Contracts contracts) {
    private static final int WARNING = 7;
    private static final int MOST_TOLD = 1_000;

    /** By the contract: so many days after the invoice, or after the shipping day for what came late; null where it does not say. */
    @Nullable
    LocalDate of(Tx tx, InvoiceRow invoice, VarianceBook.Variance finding) {
        Contract contract = contracts.of(invoice.account());
        if (isLate(finding) && finding.line() != null) {
            LocalDate shipped = tx.invoiceLines()
                    .lines(invoice.id(), finding.line(), 1)
                    .get(0)
                    .words()
                    .shipDate();
            return shipped == null
                    ? null
                    : contract.on(shipped)
                            .map(terms -> shipped.plusDays(terms.claimDays()))
                            .orElse(null);
        }
        LocalDate day = invoice.invoiceDate();
        return day == null
                ? null
                : contract.on(day)
                        .map(Contract.Terms::disputeDays)
                        .map(days -> day.plusDays(days))
                        .orElse(null);
    }

    static boolean isLate(VarianceBook.Variance finding) {
        return finding.rule().equals(AuditRule.LATE_DELIVERY.word());
    }

    /** Has people told of those that are {@value #WARNING} days away or less, or past: each once, until the claim is over. */
    void tellOfThoseNear() {
        ledger.commitAll(tx -> {
            LocalDate today = tx.today();
            tx.disputes().untold(today.plusDays(WARNING), MOST_TOLD).forEach(dispute -> warn(tx, dispute));
        });
    }

    private static void warn(Tx tx, DisputeBook.Row dispute) {
        Problem problem = Problem.of(
                BillingCode.DISPUTE_DEADLINE,
                "dispute",
                dispute.id(),
                "account",
                dispute.account(),
                "invoice",
                dispute.invoiceNumber(),
                "amount",
                Amounts.plain(dispute.claimed().subtract(dispute.credited())),
                "currency",
                dispute.currency(),
                "deadline",
                dispute.deadline());
        tx.exceptions()
                .open(
                        Reason.DISPUTE_DEADLINE,
                        dispute.id(),
                        dispute.namespace(),
                        null,
                        null,
                        null,
                        Json.text(List.of(problem)));
    }
}
