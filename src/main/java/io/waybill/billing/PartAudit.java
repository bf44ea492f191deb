package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceBook;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** What is left of a first bill, part by part, against what the label was said to cost. */
final class PartAudit {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Bill bill;
    private final Contract contract;
    private final Agreed agreed;
    private final Claims claims;

    PartAudit(Bill bill, Contract contract, Agreed agreed, Claims claims) {
        this.bill = bill;
        this.contract = contract;
        this.agreed = agreed;
        this.claims = claims;
    }

    void run() {
        TreeMap<Part, BigDecimal> expected = bill.expectedByPart();
        TreeMap<Part, BigDecimal> billed = new TreeMap<>();
        claims.left.forEach(
                line -> billed.merge(Part.of(line.words().type()), line.words().amount(), BigDecimal::add));
        if (claims.left.isEmpty() || expected.isEmpty()) {
            return;
        }
        InvoiceBook.Line first = claims.left.get(0);
        agreed.lookForFuelTable(billed, expected, first);
        BigDecimal difference = Bill.sum(claims.left).subtract(bill.expectedOwn());
        BigDecimal tolerance = contract.tolerance(first.words().shipDate());
        if (difference.signum() != 0 && difference.abs().compareTo(tolerance) <= 0) {
            claims.finding(
                    AuditRule.WITHIN_TOLERANCE,
                    first,
                    difference,
                    BigDecimal.ZERO,
                    "tolerance=" + Amounts.plain(tolerance));
        } else if (expected.size() == 1) {
            differs(Part.TRANSPORT, Bill.sum(claims.left), bill.expectedOwn());
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
        InvoiceBook.Line line = claims.left.stream()
                .filter(one -> Part.of(one.words().type()) == part)
                .findFirst()
                .orElse(claims.left.get(0));
        InvoiceLine words = line.words();
        String evidence = "billed=" + Amounts.plain(billed) + "; expected=" + Amounts.plain(expected);
        if (part == Part.FUEL) {
            fuelDiffers(line, billed, amount, evidence);
        } else if (part == Part.TRANSPORT && Agreed.isHeavier(words)) {
            BigDecimal own = agreed.byDivisor(words);
            boolean minimum = "3".equals(words.weightType());
            claims.finding(
                    minimum ? AuditRule.MINIMUM_WEIGHT : AuditRule.WEIGHT_CORRECTION,
                    line,
                    amount,
                    minimum ? BigDecimal.ZERO : amount,
                    evidence + "; " + Agreed.weights(words, own));
        } else {
            claims.finding(AuditRule.PRICE_DIFFERS, line, amount, amount, evidence);
        }
    }

    private void fuelDiffers(InvoiceBook.Line line, BigDecimal billed, BigDecimal amount, String evidence) {
        LocalDate day = line.words().shipDate();
        BigDecimal percent = agreed.percent(day);
        if (percent == null || day == null) {
            claims.finding(AuditRule.PRICE_DIFFERS, line, amount, amount, evidence);
            return;
        }
        BigDecimal base = Bill.sum(claims.left.stream()
                .filter(one -> Part.of(one.words().type()) == Part.TRANSPORT)
                .toList());
        BigDecimal agreed = base.multiply(percent).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        BigDecimal over = billed.subtract(agreed);
        boolean agrees = over.abs().compareTo(contract.tolerance(day)) <= 0;
        claims.finding(
                AuditRule.FUEL,
                line,
                amount,
                agrees ? BigDecimal.ZERO : over,
                evidence + "; week=" + Contract.week(day) + "; percent=" + percent.toPlainString() + "; agreed="
                        + Amounts.plain(agreed));
    }
}
