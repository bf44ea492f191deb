package io.waybill.billing;

import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.VarianceBook.Finding;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the audit of one bill has found, and the lines no rule has claimed yet. */
final class Claims {
    private final Bill bill;
    final List<InvoiceLineBook.Line> left;
    final List<Finding> findings = new ArrayList<>();
    private final List<InvoiceLineBook.Line> nothing = new ArrayList<>();

    Claims(Bill bill) {
        this.bill = bill;
        this.left = new ArrayList<>(bill.mine());
    }

    /** A charge and the credit of it come to nothing: neither is looked at any more. */
    void leaveOut(InvoiceLineBook.Line charge, InvoiceLineBook.Line credit) {
        nothing.addAll(List.of(charge, credit));
        left.removeAll(List.of(charge, credit));
    }

    /** What of the bill gives back and is claimed or told already. */
    List<InvoiceLineBook.Line> credits() {
        return bill.mine().stream()
                .filter(line -> line.words().amount().signum() < 0
                        || line.words().kind().equals("refund"))
                .filter(line -> !left.contains(line) && !nothing.contains(line))
                .toList();
    }

    /** What is asked back of the shipment's own labels so far. */
    BigDecimal claimed(Predicate<Finding> of) {
        return findings.stream()
                .filter(finding -> !finding.rule().equals(AuditRule.ORPHAN_BILLED.word()) && of.test(finding))
                .map(Finding::claim)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    void legitimate(AuditRule rule, InvoiceLineBook.Line line, String evidence) {
        finding(rule, line, line.words().amount(), BigDecimal.ZERO, evidence);
        left.remove(line);
    }

    void finding(AuditRule rule, InvoiceLineBook.Line line, BigDecimal amount, BigDecimal claim, String evidence) {
        findings.add(new Finding(
                rule.word(),
                bill.shipment().id(),
                line.words().trackingNumber(),
                line.line(),
                amount,
                claim,
                Shortened.to(1000, evidence)));
    }
}
