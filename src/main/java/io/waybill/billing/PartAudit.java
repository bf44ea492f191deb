package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What no reason of the carrier's explains of a bill, part by part: against the contract first, then against what the label
 * was said to cost. What is billed and was not expected, and what was expected and is not billed, is said by name.
 */
final class PartAudit {
    private final Bill bill;
    private final Basis basis;
    private final Agreed agreed;
    private final Claims claims;
    private final Parts parts;

    PartAudit(Bill bill, Basis basis, Claims claims) {
        this.bill = bill;
        this.basis = basis;
        this.agreed = basis.agreed();
        this.claims = claims;
        this.parts = new Parts(bill, basis, claims);
    }

    void run() {
        if (!parts.billed.isEmpty()) {
            billedLater();
            new ContractAudit(bill, agreed, claims, parts).run();
            if (parts.open().signum() == 0 || isWithinTolerance()) {
                return; // one price for all of it, or told under other names: the parts come to what was expected
            }
            new TreeMap<>(parts.billed).keySet().forEach(this::rest);
        }
        neverBilled();
    }

    /** What an earlier invoice left out of what was parts.expected. */
    private void billedLater() {
        if (bill.isFirst()) {
            return;
        }
        BigDecimal late = BigDecimal.ZERO;
        for (Map.Entry<Part, BigDecimal> part : parts.expected.entrySet()) {
            late = late.add(parts.take(part.getKey(), part.getValue()));
        }
        if (late.signum() != 0) {
            claims.finding(
                    AuditRule.BILLED_LATER, claims.left.get(0), late, BigDecimal.ZERO, "billed=" + Amounts.plain(late));
        }
    }

    private boolean isWithinTolerance() {
        InvoiceLineBook.Line first = claims.left.get(0);
        BigDecimal rest = parts.open();
        BigDecimal tolerance = basis.tolerance(first.words().shipDate());
        boolean within =
                !parts.isPriceless() && rest.signum() != 0 && rest.abs().compareTo(tolerance) <= 0;
        if (within) {
            claims.finding(
                    AuditRule.WITHIN_TOLERANCE, first, rest, BigDecimal.ZERO, "tolerance=" + Amounts.plain(tolerance));
        }
        return within;
    }

    /** What is left of a part that was parts.billed. */
    private void rest(Part part) {
        BigDecimal amount = parts.takeAll(part);
        if (amount.signum() == 0) {
            return;
        }
        InvoiceLineBook.Line line = parts.first(part);
        InvoiceLine words = line.words();
        BigDecimal claim = amount.max(BigDecimal.ZERO);
        if (parts.isPriceless()) {
            claims.finding(AuditRule.PRICE_UNKNOWN, line, amount, BigDecimal.ZERO, "billed=" + Amounts.plain(amount));
        } else if (amount.signum() < 0 && isGivenBack(part)) {
            claims.finding(
                    AuditRule.CREDIT_RECEIVED,
                    line,
                    amount,
                    BigDecimal.ZERO,
                    "said=" + Plain.text(words.carrierText()));
        } else if (part == Part.TRANSPORT && Agreed.isHeavier(words)) {
            weight(line, amount);
        } else if (part == Part.TRANSPORT && isInAnotherZone(words)) {
            claims.finding(
                    AuditRule.ZONE_CORRECTION,
                    line,
                    amount,
                    claim,
                    parts.sides(part) + "; zone=" + words.zone() + "; agreed="
                            + agreed.zone(words, bill.destination()));
        } else if (!parts.whole && !parts.expected.containsKey(part)) {
            claims.finding(
                    AuditRule.UNEXPECTED_CHARGE,
                    line,
                    amount,
                    isAgreed(part) ? BigDecimal.ZERO : claim,
                    "billed=" + Amounts.plain(amount) + "; said=" + Plain.text(words.carrierText()));
        } else {
            claims.finding(
                    AuditRule.PRICE_DIFFERS, line, amount, isAgreed(part) ? BigDecimal.ZERO : claim, parts.sides(part));
        }
    }

    /** A later invoice takes off what an earlier one billed: a credit, whether or not it is called so. */
    private boolean isGivenBack(Part part) {
        return !bill.isFirst() && !parts.whole && !parts.expected.containsKey(part);
    }

    private void weight(InvoiceLineBook.Line line, BigDecimal amount) {
        InvoiceLine words = line.words();
        boolean minimum = agreed.isMinimum(words);
        boolean owed = minimum || agreed.isOwed(words);
        claims.finding(
                minimum ? AuditRule.MINIMUM_WEIGHT : AuditRule.WEIGHT_CORRECTION,
                line,
                amount,
                owed ? BigDecimal.ZERO : amount.max(BigDecimal.ZERO),
                parts.sides(Part.TRANSPORT) + "; " + Agreed.weights(words, agreed.byDivisor(words)));
    }

    private boolean isInAnotherZone(InvoiceLine words) {
        String zone = agreed.zone(words, bill.destination());
        return zone != null && !zone.equals(words.zone());
    }

    /** Whether the contract has a price for every extra: then what was expected is wrong, and not the bill. */
    private boolean isAgreed(Part part) {
        return part == Part.EXTRAS
                && !parts.whole
                && parts.linesOf(part).stream().allMatch(line -> agreed.accessorial(line.words()) != null);
    }

    /** What was expected and is not billed: said once for all parts. */
    private void neverBilled() {
        BigDecimal amount = parts.open();
        if (amount.signum() != 0) {
            claims.finding(
                    AuditRule.EXPECTED_NEVER_BILLED,
                    claims.left.isEmpty() ? bill.mine().get(0) : claims.left.get(0),
                    amount,
                    BigDecimal.ZERO,
                    parts.left());
        }
    }
}
