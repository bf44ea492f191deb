package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a carrier keeps of a refund, a fee or all of it. Whoever accepts or writes off, for a reason, what an invoice bills or
 * gives back of the voided label lets it: nothing more is waited for. No amount changes, for the invoices have them all.
 */
final class KeptRefund {
    private static final Set<String> RULES = Set.of(
            AuditRule.VOIDED_BUT_BILLED.word(), AuditRule.CREDIT_RECEIVED.word(), AuditRule.ORPHAN_BILLED.word());
    /** Of these only what gives back. */
    private static final Set<String> GIVING_BACK =
            Set.of(AuditRule.INVOICE_CORRECTED.word(), AuditRule.DUTIES_AND_TAXES.word());

    private static final int LONGEST = 2_000;

    private KeptRefund() {}

    static void by(Tx tx, VarianceBook.Variance finding, String reason, String by) {
        if (finding.shipment() != null && isOfRefund(finding)) {
            refunds(tx, finding).forEach(row -> end(tx, row, words(row, by, reason), by));
        }
    }

    /** What a corrected invoice bills is of its charges, and a tax of the goods; what is given back may be of the void. */
    private static boolean isOfRefund(VarianceBook.Variance finding) {
        return RULES.contains(finding.rule())
                || (GIVING_BACK.contains(finding.rule()) && finding.amount().signum() < 0);
    }

    /** The carrier's, and behind them who lets it and why; these whole. */
    static String words(RefundBook.Row row, String by, String reason) {
        String said = by + ": " + reason;
        return row.words() == null ? said : Shortened.to(LONGEST - said.length() - 2, row.words()) + "; " + said;
    }

    /** Of several labels sold beside the chosen one that of the number the finding names. */
    static List<RefundBook.Row> refunds(Tx tx, VarianceBook.Variance finding) {
        boolean orphan = finding.rule().equals(AuditRule.ORPHAN_BILLED.word());
        List<RefundBook.Row> rows = tx.refunds().ofShipments(List.of(String.valueOf(finding.shipment()))).stream()
                .filter(row -> row.orphan() == orphan && row.account().equals(finding.account()))
                .filter(row -> row.currency() == null || row.currency().equals(finding.currency()))
                .toList();
        return rows.size() < 2
                ? rows
                : rows.stream()
                        .filter(row -> row.carrierShipment().equals(finding.trackingNumber()))
                        .toList();
    }

    private static void end(Tx tx, RefundBook.Row row, String words, String by) {
        tx.orders().lock(row.orderUid(), Namespaces.ALL);
        boolean wasOpen = tx.refunds().end(row, words);
        tx.exceptions().closeBy(Fact.KEPT, row.id());
        if (wasOpen) {
            BigDecimal asked = Objects.requireNonNullElse(row.requested(), row.credited());
            tx.audit()
                    .record(
                            by,
                            "refund.kept",
                            row.id(),
                            row.namespace(),
                            row.carrierShipment() + " " + Amounts.plain(row.credited()) + " of "
                                    + Amounts.plain(asked));
        }
    }
}
