package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceBook;
import io.waybill.ledger.InvoiceBook.Finding;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.ShipmentState;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one shipment on one invoice. Every line is claimed by at most one rule, the first that knows it; what is left
 * is compared part by part with what was expected. So the findings never count a cent twice, and what no rule explains is
 * what remains of the variance.
 */
final class BillAudit {
    private final Bill bill;
    private final Contract contract;
    private final Unchecked unchecked;
    private final Agreed agreed;
    private final boolean corrected;
    private final Claims claims;

    /** @param corrected the invoice is one that corrects an earlier one of its number */
    BillAudit(Bill bill, Contract contract, Unchecked unchecked, boolean corrected) {
        this.bill = bill;
        this.contract = contract;
        this.unchecked = unchecked;
        this.agreed = new Agreed(contract, unchecked);
        this.corrected = corrected;
        this.claims = new Claims(bill);
    }

    List<Finding> findings() {
        orphans();
        if (!claims.left.isEmpty()) {
            duplicates();
            late();
            whole();
        }
        return claims.findings;
    }

    /** Labels sold beside the chosen one should have been voided; what is billed for them is asked back. */
    private void orphans() {
        BigDecimal billed = Bill.sum(bill.beside());
        BigDecimal amount = billed.subtract(bill.expectedBeside());
        if (!bill.beside().isEmpty() && amount.signum() != 0) {
            claims.finding(AuditRule.ORPHAN_BILLED, bill.beside().get(0), amount, billed, "billed=" + plain(billed));
        }
    }

    private void duplicates() {
        Set<String> seen = new HashSet<>();
        bill.before().forEach(line -> seen.add(same(line)));
        for (InvoiceBook.Line line : List.copyOf(claims.left)) {
            boolean again = !seen.add(same(line));
            if (again
                    && !(corrected && !bill.isFirst())
                    && line.words().amount().signum() > 0) {
                claims.claim(
                        AuditRule.DUPLICATE_CHARGE,
                        line,
                        line.words().amount(),
                        "charged before: " + plain(line.words().amount()) + " "
                                + text(line.words().carrierText()));
            }
        }
    }

    private static String same(InvoiceBook.Line line) {
        InvoiceLine words = line.words();
        return String.join(
                "|",
                text(words.trackingNumber()),
                words.kind(),
                words.type(),
                text(words.reason()),
                text(words.carrierCode()),
                text(words.carrierText()),
                words.amount().stripTrailingZeros().toPlainString());
    }

    /** By the shipment as a whole, else line by line and part by part. */
    private void whole() {
        if (corrected && !bill.isFirst()) {
            rest(AuditRule.INVOICE_CORRECTED, BigDecimal.ZERO, "");
        } else if (bill.isInAnotherCurrency()) {
            rest(
                    AuditRule.CURRENCY_DIFFERS,
                    BigDecimal.ZERO,
                    "expected in another currency; billed in " + bill.currency());
        } else if (bill.shipment().state() == ShipmentState.VOIDED) {
            BigDecimal over = Bill.sum(claims.left).subtract(bill.expectedOwn());
            if (over.signum() != 0) {
                claims.finding(
                        AuditRule.VOIDED_BUT_BILLED,
                        claims.left.get(0),
                        over,
                        over,
                        "state=voided; billed=" + plain(Bill.sum(claims.left)));
            }
        } else {
            List.copyOf(claims.left).forEach(this::byReason);
            if (bill.isFirst()) {
                new PartAudit(bill, contract, agreed, claims).run();
            }
        }
    }

    private void rest(AuditRule rule, BigDecimal claim, String evidence) {
        BigDecimal amount = Bill.sum(claims.left).subtract(bill.expectedOwn());
        if (amount.signum() != 0) {
            claims.finding(rule, claims.left.get(0), amount, claim, evidence);
        }
    }

    private void byReason(InvoiceBook.Line line) {
        InvoiceLine words = line.words();
        BigDecimal amount = words.amount();
        String reason = words.reason() == null ? "" : words.reason();
        switch (reason) {
            case "SCC" -> weight(line);
            case "RADJ" ->
                claims.claim(AuditRule.RESIDENTIAL_CORRECTION, line, amount, "said=" + text(words.carrierText()));
            case "ADC" -> claims.claim(AuditRule.ADDRESS_CORRECTION, line, amount, "said=" + text(words.carrierText()));
            case "ZONE" -> claims.claim(AuditRule.ZONE_CORRECTION, line, amount, "zone=" + text(words.zone()));
            case "RTS" -> claims.legitimate(AuditRule.RETURNED, line, "said=" + text(words.carrierText()));
            case "GSR" -> claims.legitimate(AuditRule.CREDIT_RECEIVED, line, "credit for a late delivery");
            default -> {
                boolean credit = Set.of("refund", "claim_credit", "void_credit").contains(words.kind());
                if (credit && !bill.isFirst()) {
                    claims.legitimate(AuditRule.CREDIT_RECEIVED, line, "said=" + text(words.carrierText()));
                } else if (Set.of("tax", "duties_and_taxes", "brokerage_fee").contains(words.type())) {
                    claims.legitimate(AuditRule.DUTIES_AND_TAXES, line, "said=" + text(words.carrierText()));
                }
            }
        }
    }

    /** A correction that the contract's own divisor arrives at too is owed. */
    private void weight(InvoiceBook.Line line) {
        InvoiceLine words = line.words();
        if ("3".equals(words.weightType())) {
            claims.legitimate(AuditRule.MINIMUM_WEIGHT, line, Agreed.weights(words, null));
            return;
        }
        BigDecimal own = agreed.byDivisor(words);
        boolean owed = own != null && words.billedWeight() != null && own.compareTo(words.billedWeight()) >= 0;
        claims.finding(
                AuditRule.WEIGHT_CORRECTION,
                line,
                words.amount(),
                owed ? BigDecimal.ZERO : words.amount(),
                Agreed.weights(words, own));
        claims.left.remove(line);
    }

    /** What came late may be claimed; it is no part of the variance. */
    private void late() {
        InvoiceBook.Line line = claims.left.stream()
                .filter(one ->
                        one.words().service() != null && one.words().type().equals("shipping"))
                .findFirst()
                .orElse(null);
        if (line == null || !bill.isFirst()) {
            return;
        }
        InvoiceLine words = line.words();
        LocalDate shipped = words.shipDate();
        Contract.Terms terms = contract.on(shipped).orElse(null);
        if (terms == null || terms.guaranteed().isEmpty()) {
            unchecked.add("guarantee", "");
            return;
        }
        Integer days = terms.guaranteed().get(text(words.service()));
        LocalDate delivered = words.deliveredOn() == null ? bill.shipment().deliveredOn() : words.deliveredOn();
        if (days == null || shipped == null || delivered == null) {
            return;
        }
        LocalDate promised = Agreed.workdays(shipped, days);
        if (delivered.isAfter(promised)) {
            claims.finding(
                    AuditRule.LATE_DELIVERY,
                    line,
                    BigDecimal.ZERO,
                    words.amount(),
                    "promised=" + promised + "; delivered=" + delivered + "; claimUntil="
                            + shipped.plusDays(terms.claimDays()));
        }
    }

    private static String plain(BigDecimal amount) {
        return Amounts.plain(amount);
    }

    static String text(@Nullable Object value) {
        return value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : value == null ? "" : value.toString();
    }
}
