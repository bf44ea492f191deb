package io.waybill.billing;

import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A person writes off what does not come of a refund, for a reason: it is waited for no more, costs what it cost, and is told so.
 * What the carrier gives back after that is laid beside it as ever.
 */
public final class RefundWriteOffs {
    private final Ledger ledger;

    RefundWriteOffs(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Once, whoever says it: the same person's same reason again changes nothing. What invoices were found to bill of the label
     * is written off with it, as far as that may be seen.
     *
     * @throws ProblemException {@code refund-not-found}; {@code refund-written-off} for another reason or by somebody else; {@code
     *     refund-over} where nothing is waited for; {@code refund-disputed} while it is claimed of the carrier
     */
    public RefundBook.Row writeOff(String id, String reason, Namespaces scope, String by) {
        return ledger.commit(tx -> {
            tx.orders().lock(find(tx, id, scope).orderUid(), Namespaces.ALL);
            RefundBook.Row row = find(tx, id, scope);
            if (!isSaid(row, by + ": " + reason)) {
                List<VarianceBook.Variance> findings = findings(tx, row);
                findings.stream()
                        .filter(finding -> scope.has(finding.namespace()))
                        .forEach(finding -> decide(tx, row, finding, reason, by));
                if (!tx.refunds().writeOff(row, KeptRefund.words(row, by, reason))) {
                    throw refused(BillingCode.REFUND_OVER, find(tx, id, scope));
                }
                new WrittenOff(tx, find(tx, id, scope), findings).tell(reason, by);
            }
            return find(tx, id, scope);
        });
    }

    private static boolean isSaid(RefundBook.Row row, String said) {
        String words = Objects.requireNonNullElse(row.words(), "");
        boolean isSaid = row.isWrittenOff() && (words.equals(said) || words.endsWith("; " + said));
        if (row.isWrittenOff() && !isSaid) {
            throw refused(BillingCode.REFUND_WRITTEN_OFF, row);
        }
        return isSaid;
    }

    private static RefundBook.Row find(Tx tx, String id, Namespaces scope) {
        return tx.refunds()
                .find(id, scope)
                .orElseThrow(() -> new ProblemException(Problem.of(BillingCode.REFUND_NOT_FOUND, "id", id)));
    }

    /** What invoices bill of the label though it was given back: that much is explained by them, and expected no more for it. */
    private static List<VarianceBook.Variance> findings(Tx tx, RefundBook.Row row) {
        AuditRule rule = row.orphan() ? AuditRule.ORPHAN_BILLED : AuditRule.VOIDED_BUT_BILLED;
        return tx.variances().ofShipment(row.shipmentUid(), rule.word()).stream()
                .filter(finding -> KeptRefund.refunds(tx, finding).stream()
                        .anyMatch(one -> one.id().equals(row.id())))
                .toList();
    }

    /** What was decided of it before stays; what the carrier paid of a claim was, and is claimed no more. */
    private static void decide(Tx tx, RefundBook.Row row, VarianceBook.Variance finding, String reason, String by) {
        if (!Disputes.decide(tx, finding, "written-off", reason, by)) {
            tx.variances()
                    .find(finding.id(), Namespaces.ALL)
                    .flatMap(now -> Optional.ofNullable(now.dispute()))
                    .flatMap(dispute -> tx.disputes().find(dispute, Namespaces.ALL))
                    .filter(dispute -> dispute.state().equals("open"))
                    .ifPresent(dispute -> {
                        throw disputed(row, dispute);
                    });
        }
    }

    private static ProblemException disputed(RefundBook.Row row, DisputeBook.Row dispute) {
        return new ProblemException(Problem.of(
                BillingCode.REFUND_DISPUTED,
                "carrierShipment",
                row.carrierShipment(),
                "dispute",
                dispute.id(),
                "invoice",
                dispute.invoiceNumber()));
    }

    private static ProblemException refused(BillingCode code, RefundBook.Row row) {
        return new ProblemException(Problem.of(
                code,
                "carrierShipment",
                row.carrierShipment(),
                "state",
                row.state(),
                "words",
                Objects.requireNonNullElse(row.words(), "")));
    }
}
