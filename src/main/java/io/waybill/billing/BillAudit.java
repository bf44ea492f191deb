package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.VarianceBook.Finding;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The audit of one shipment on one invoice. Every line is claimed by at most one rule, the first that knows it; what is left
 * is compared part by part with what was expected. So the findings never count a cent twice, and what no rule explains is
 * what remains of the variance.
 */
final class BillAudit {
    private final Bill bill;
    private final Basis basis;
    private final Claims claims;
    private final Correction correction;

    BillAudit(Bill bill, Basis basis) {
        this.bill = bill;
        this.basis = basis;
        this.claims = new Claims(bill);
        this.correction = new Correction(bill, basis, claims);
    }

    List<Finding> findings() {
        orphans();
        if (!claims.left.isEmpty()) {
            if (!correction.isOne()) {
                new Repeats(bill, basis, claims).run();
            }
            Lateness lateness = new Lateness(bill, basis, claims);
            whole();
            lateness.run();
        }
        return claims.findings;
    }

    /** Labels sold beside the chosen one should have been voided; what is billed for them is asked back; a credit is not. */
    private void orphans() {
        BigDecimal billed = Bill.sum(bill.beside());
        BigDecimal amount = billed.subtract(bill.expectedBeside());
        if (!bill.beside().isEmpty() && amount.signum() != 0) {
            BigDecimal claim = billed.max(BigDecimal.ZERO);
            claims.finding(
                    AuditRule.ORPHAN_BILLED, bill.beside().get(0), amount, claim, "billed=" + Amounts.plain(billed));
        }
    }

    /** By the shipment as a whole, else line by line and part by part. */
    private void whole() {
        NeverShipped never = new NeverShipped(bill, basis, claims);
        if (correction.isOne()) {
            correction.run();
        } else if (bill.isInAnotherCurrency()) {
            inAnotherCurrency();
        } else if (bill.shipment().state() == ShipmentState.VOIDED) {
            voided();
        } else if (never.isSo()) {
            never.run();
        } else {
            boolean isOver = isPriceGivenBack();
            new Reasons(bill, basis.agreed(), claims).run();
            if (!isOver && !givenBackAtOnce(List.copyOf(claims.left))) {
                new PartAudit(bill, basis, claims).run();
            }
        }
    }

    private void inAnotherCurrency() {
        BigDecimal amount = Bill.sum(claims.left).subtract(bill.expectedOwn());
        if (amount.signum() != 0) {
            claims.finding(
                    AuditRule.CURRENCY_DIFFERS,
                    claims.left.get(0),
                    amount,
                    BigDecimal.ZERO,
                    "expected in another currency; billed in " + bill.currency());
        }
    }

    /** Whether a first bill has every part of the price, and gives all of it back: then it does not matter how much it was. */
    private boolean isPriceGivenBack() {
        List<InvoiceLineBook.Line> price =
                claims.left.stream().filter(bill::isOfPrice).toList();
        Set<Bill.Part> parts =
                price.stream().map(line -> Bill.Part.of(line.words().type())).collect(Collectors.toSet());
        return Bill.sum(price).signum() == 0
                && parts.containsAll(bill.expectedByPart().keySet())
                && givenBackAtOnce(price);
    }

    /**
     * What a first bill gives back is a credit like any other: of a charge beside it, or of one that is read later. Of the latter
     * what was expected is still to be billed.
     *
     * @return whether nothing is left to look at
     */
    private boolean givenBackAtOnce(List<InvoiceLineBook.Line> lines) {
        BigDecimal sum = Bill.sum(lines);
        InvoiceLineBook.Line credit = lines.stream()
                .filter(line -> !line.words().type().equals("discount"))
                .min(Comparator.comparing(line -> line.words().amount()))
                .filter(line -> line.words().amount().signum() < 0)
                .orElse(null);
        if (credit == null
                || !bill.isFirst()
                || sum.signum() > 0
                || bill.priced().isEmpty()) {
            return false;
        }
        boolean all = sum.signum() == 0;
        BigDecimal amount = all ? bill.expectedOwn().negate() : sum;
        claims.finding(
                AuditRule.CREDIT_RECEIVED,
                credit,
                amount,
                BigDecimal.ZERO,
                "said=" + Plain.text(credit.words().carrierText()));
        claims.left.removeAll(lines);
        return all;
    }

    /**
     * More than was expected is claimed, as far as it is billed and no credit that was read before gives it back; less is the credit
     * of the void.
     */
    private void voided() {
        BigDecimal billed = Bill.sum(claims.left);
        BigDecimal over = billed.subtract(bill.expectedOwn());
        BigDecimal before = Bill.sum(
                bill.before().stream().filter(line -> !Bill.isBeside(line)).toList());
        if (over.signum() != 0) {
            boolean more = over.signum() > 0;
            claims.finding(
                    more ? AuditRule.VOIDED_BUT_BILLED : AuditRule.CREDIT_RECEIVED,
                    claims.left.get(0),
                    over,
                    over.min(over.add(before)).min(billed).max(BigDecimal.ZERO),
                    "state=voided; billed=" + Amounts.plain(billed));
        }
    }
}
