package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceBook;
import io.waybill.ledger.InvoiceBook.Finding;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.ShipmentState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one shipment on one invoice. Every line is claimed by at most one rule, the first that knows it; what is left
 * is compared part by part with what was expected. So the findings never count a cent twice, and what no rule explains is
 * what remains of the variance.
 */
final class BillAudit {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Bill bill;
    private final Contract contract;
    private final Unchecked unchecked;
    private final Agreed agreed;
    private final boolean corrected;
    private final List<Finding> findings = new ArrayList<>();
    private final List<InvoiceBook.Line> left;

    /** @param corrected the invoice is one that corrects an earlier one of its number */
    BillAudit(Bill bill, Contract contract, Unchecked unchecked, boolean corrected) {
        this.bill = bill;
        this.contract = contract;
        this.unchecked = unchecked;
        this.agreed = new Agreed(contract, unchecked);
        this.corrected = corrected;
        this.left = new ArrayList<>(bill.mine());
    }

    List<Finding> findings() {
        orphans();
        if (!left.isEmpty()) {
            duplicates();
            late();
            whole();
        }
        return findings;
    }

    /** Labels sold beside the chosen one should have been voided; what is billed for them is asked back. */
    private void orphans() {
        BigDecimal billed = Bill.sum(bill.beside());
        BigDecimal amount = billed.subtract(bill.expectedBeside());
        if (!bill.beside().isEmpty() && amount.signum() != 0) {
            finding(AuditRule.ORPHAN_BILLED, bill.beside().get(0), amount, billed, "billed=" + plain(billed));
        }
    }

    private void duplicates() {
        Set<String> seen = new HashSet<>();
        bill.before().forEach(line -> seen.add(same(line)));
        for (InvoiceBook.Line line : List.copyOf(left)) {
            boolean again = !seen.add(same(line));
            if (again
                    && !(corrected && !bill.isFirst())
                    && line.words().amount().signum() > 0) {
                claim(
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
            BigDecimal over = Bill.sum(left).subtract(bill.expectedOwn());
            if (over.signum() != 0) {
                finding(
                        AuditRule.VOIDED_BUT_BILLED,
                        left.get(0),
                        over,
                        over,
                        "state=voided; billed=" + plain(Bill.sum(left)));
            }
        } else {
            List.copyOf(left).forEach(this::byReason);
            if (bill.isFirst()) {
                parts();
            }
        }
    }

    private void rest(AuditRule rule, BigDecimal claim, String evidence) {
        BigDecimal amount = Bill.sum(left).subtract(bill.expectedOwn());
        if (amount.signum() != 0) {
            finding(rule, left.get(0), amount, claim, evidence);
        }
    }

    private void byReason(InvoiceBook.Line line) {
        InvoiceLine words = line.words();
        BigDecimal amount = words.amount();
        String reason = words.reason() == null ? "" : words.reason();
        switch (reason) {
            case "SCC" -> weight(line);
            case "RADJ" -> claim(AuditRule.RESIDENTIAL_CORRECTION, line, amount, "said=" + text(words.carrierText()));
            case "ADC" -> claim(AuditRule.ADDRESS_CORRECTION, line, amount, "said=" + text(words.carrierText()));
            case "ZONE" -> claim(AuditRule.ZONE_CORRECTION, line, amount, "zone=" + text(words.zone()));
            case "RTS" -> legitimate(AuditRule.RETURNED, line, "said=" + text(words.carrierText()));
            case "GSR" -> legitimate(AuditRule.CREDIT_RECEIVED, line, "credit for a late delivery");
            default -> {
                boolean credit = Set.of("refund", "claim_credit", "void_credit").contains(words.kind());
                if (credit && !bill.isFirst()) {
                    legitimate(AuditRule.CREDIT_RECEIVED, line, "said=" + text(words.carrierText()));
                } else if (Set.of("tax", "duties_and_taxes", "brokerage_fee").contains(words.type())) {
                    legitimate(AuditRule.DUTIES_AND_TAXES, line, "said=" + text(words.carrierText()));
                }
            }
        }
    }

    /** A correction that the contract's own divisor arrives at too is owed. */
    private void weight(InvoiceBook.Line line) {
        InvoiceLine words = line.words();
        if ("3".equals(words.weightType())) {
            legitimate(AuditRule.MINIMUM_WEIGHT, line, Agreed.weights(words, null));
            return;
        }
        BigDecimal own = agreed.byDivisor(words);
        boolean owed = own != null && words.billedWeight() != null && own.compareTo(words.billedWeight()) >= 0;
        finding(
                AuditRule.WEIGHT_CORRECTION,
                line,
                words.amount(),
                owed ? BigDecimal.ZERO : words.amount(),
                Agreed.weights(words, own));
        left.remove(line);
    }

    /** What is left of a first bill, against what the label was said to cost. */
    private void parts() {
        TreeMap<Part, BigDecimal> expected = bill.expectedByPart();
        TreeMap<Part, BigDecimal> billed = new TreeMap<>();
        left.forEach(
                line -> billed.merge(Part.of(line.words().type()), line.words().amount(), BigDecimal::add));
        if (left.isEmpty() || expected.isEmpty()) {
            return;
        }
        InvoiceBook.Line first = left.get(0);
        agreed.lookForFuelTable(billed, expected, first);
        BigDecimal difference = Bill.sum(left).subtract(bill.expectedOwn());
        BigDecimal tolerance = contract.tolerance(first.words().shipDate());
        if (difference.signum() != 0 && difference.abs().compareTo(tolerance) <= 0) {
            finding(AuditRule.WITHIN_TOLERANCE, first, difference, BigDecimal.ZERO, "tolerance=" + plain(tolerance));
        } else if (expected.size() == 1) {
            differs(Part.TRANSPORT, Bill.sum(left), bill.expectedOwn());
        } else {
            for (Map.Entry<Part, BigDecimal> part : expected.entrySet()) {
                BigDecimal amount = billed.get(part.getKey());
                if (amount != null) {
                    differs(part.getKey(), amount, part.getValue());
                }
            }
        }
    }

    private void differs(Part part, BigDecimal billed, BigDecimal expected) {
        BigDecimal amount = billed.subtract(expected);
        if (amount.signum() == 0) {
            return;
        }
        InvoiceBook.Line line = left.stream()
                .filter(one -> Part.of(one.words().type()) == part)
                .findFirst()
                .orElse(left.get(0));
        InvoiceLine words = line.words();
        String evidence = "billed=" + plain(billed) + "; expected=" + plain(expected);
        if (part == Part.FUEL) {
            fuelDiffers(line, billed, amount, evidence);
        } else if (part == Part.TRANSPORT && Agreed.isHeavier(words)) {
            BigDecimal own = agreed.byDivisor(words);
            boolean minimum = "3".equals(words.weightType());
            finding(
                    minimum ? AuditRule.MINIMUM_WEIGHT : AuditRule.WEIGHT_CORRECTION,
                    line,
                    amount,
                    minimum ? BigDecimal.ZERO : amount,
                    evidence + "; " + Agreed.weights(words, own));
        } else {
            finding(AuditRule.PRICE_DIFFERS, line, amount, amount, evidence);
        }
    }

    private void fuelDiffers(InvoiceBook.Line line, BigDecimal billed, BigDecimal amount, String evidence) {
        LocalDate day = line.words().shipDate();
        BigDecimal percent = agreed.percent(day);
        if (percent == null || day == null) {
            finding(AuditRule.PRICE_DIFFERS, line, amount, amount, evidence);
            return;
        }
        BigDecimal base = Bill.sum(left.stream()
                .filter(one -> Part.of(one.words().type()) == Part.TRANSPORT)
                .toList());
        BigDecimal agreed = base.multiply(percent).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        BigDecimal over = billed.subtract(agreed);
        boolean agrees = over.abs().compareTo(contract.tolerance(day)) <= 0;
        finding(
                AuditRule.FUEL,
                line,
                amount,
                agrees ? BigDecimal.ZERO : over,
                evidence + "; week=" + Contract.week(day) + "; percent=" + percent.toPlainString() + "; agreed="
                        + plain(agreed));
    }

    /** What came late may be claimed; it is no part of the variance. */
    private void late() {
        InvoiceBook.Line line = left.stream()
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
            finding(
                    AuditRule.LATE_DELIVERY,
                    line,
                    BigDecimal.ZERO,
                    words.amount(),
                    "promised=" + promised + "; delivered=" + delivered + "; claimUntil="
                            + shipped.plusDays(terms.claimDays()));
        }
    }

    private void legitimate(AuditRule rule, InvoiceBook.Line line, String evidence) {
        finding(rule, line, line.words().amount(), BigDecimal.ZERO, evidence);
        left.remove(line);
    }

    /** The whole line is asked back. */
    private void claim(AuditRule rule, InvoiceBook.Line line, BigDecimal amount, String evidence) {
        finding(rule, line, amount, amount, evidence);
        left.remove(line);
    }

    private void finding(AuditRule rule, InvoiceBook.Line line, BigDecimal amount, BigDecimal claim, String evidence) {
        findings.add(new Finding(
                rule.word(),
                bill.shipment().id(),
                line.words().trackingNumber(),
                line.line(),
                amount,
                claim,
                evidence.length() <= 1000 ? evidence : evidence.substring(0, 1000)));
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
