package io.waybill.billing;

import static io.waybill.billing.Plain.text;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines for which the carrier gives a reason: a correction, a credit, a return, a duty. */
final class Reasons {
    private static final Set<String> CREDITS = Set.of("refund", "claim_credit", "void_credit");

    private final Bill bill;
    private final Agreed agreed;
    private final Claims claims;

    /** What is given back of corrections, and not laid beside the charge of one yet. */
    private final Map<String, BigDecimal> givenBack = new HashMap<>();

    Reasons(Bill bill, Agreed agreed, Claims claims) {
        this.bill = bill;
        this.agreed = agreed;
        this.claims = claims;
    }

    void run() {
        claims.left.stream()
                .filter(line ->
                        line.words().reason() != null && line.words().amount().signum() < 0)
                .forEach(line -> givenBack.merge(
                        corrected(line.words()), line.words().amount().negate(), BigDecimal::add));
        List.copyOf(claims.left).forEach(this::byReason);
    }

    /** What a correction is of: carriers write one as the new charge, and beside it what the old one was, given back. */
    private static String corrected(InvoiceLine words) {
        return words.reason() + "|" + text(words.trackingNumber()) + "|" + words.type();
    }

    /** The whole line is asked back, less what is given back for it on the same bill; a credit is not. */
    private void claim(AuditRule rule, InvoiceLineBook.Line line, String evidence) {
        InvoiceLine words = line.words();
        BigDecimal charged = words.amount().max(BigDecimal.ZERO);
        BigDecimal back =
                givenBack.getOrDefault(corrected(words), BigDecimal.ZERO).min(charged);
        if (back.signum() > 0) {
            givenBack.merge(corrected(words), back.negate(), BigDecimal::add);
        }
        claims.finding(rule, line, words.amount(), charged.subtract(back), evidence);
        claims.left.remove(line);
    }

    private void byReason(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        String reason = words.reason() == null ? "" : words.reason();
        switch (reason) {
            case "SCC" -> weight(line);
            case "RADJ" -> claim(AuditRule.RESIDENTIAL_CORRECTION, line, "said=" + text(words.carrierText()));
            case "ADC" -> claim(AuditRule.ADDRESS_CORRECTION, line, "said=" + text(words.carrierText()));
            case "ZONE" -> zone(line);
            case "RTS" -> claims.legitimate(AuditRule.RETURNED, line, "said=" + text(words.carrierText()));
            case "GSR" -> claims.legitimate(AuditRule.CREDIT_RECEIVED, line, "credit for a late delivery");
            default -> {
                // no part of a price, also where it is given back
                if (Bill.isTax(words.type()) && !bill.isPriced(words.type())) {
                    claims.legitimate(AuditRule.DUTIES_AND_TAXES, line, "said=" + text(words.carrierText()));
                } else if (CREDITS.contains(words.kind()) && !isOfCharges(words)) {
                    claims.legitimate(AuditRule.CREDIT_RECEIVED, line, "said=" + text(words.carrierText()));
                }
            }
        }
    }

    /**
     * Whether what is given back is of charges that stand beside it and are above the price: a price that was billed anew. It is
     * laid beside them then, or what they were billed at before would be claimed too.
     */
    private boolean isOfCharges(InvoiceLine credit) {
        Part pot = bill.pot(credit.type());
        BigDecimal price = bill.expectedByPart().entrySet().stream()
                .filter(part -> bill.isOnePrice() || part.getKey() == pot)
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal charged = Bill.sum(bill.mine().stream()
                .filter(bill::isOfPrice)
                .filter(line -> bill.pot(line.words().type()) == pot)
                .filter(line -> !line.words().kind().equals("refund"))
                .filter(line -> line.words().amount().signum() > 0
                        || line.words().type().equals("discount"))
                .toList());
        return credit.kind().equals("refund") && price.signum() > 0 && charged.compareTo(price) > 0;
    }

    /** A zone that the contract has too is owed. */
    private void zone(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        String own = agreed.zone(words, bill.destination());
        boolean owed = own != null && own.equals(words.zone());
        String evidence = "zone=" + text(words.zone()) + (own == null ? "" : "; agreed=" + own);
        if (owed) {
            claims.legitimate(AuditRule.ZONE_CORRECTION, line, evidence);
        } else {
            claim(AuditRule.ZONE_CORRECTION, line, evidence);
        }
    }

    /** A correction that the contract's own divisor arrives at too is owed. */
    private void weight(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        BigDecimal own = agreed.byDivisor(words);
        if (agreed.isMinimum(words)) {
            claims.legitimate(AuditRule.MINIMUM_WEIGHT, line, Agreed.weights(words, own));
        } else if (agreed.isOwed(words)) {
            claims.legitimate(AuditRule.WEIGHT_CORRECTION, line, Agreed.weights(words, own));
        } else {
            claim(AuditRule.WEIGHT_CORRECTION, line, Agreed.weights(words, own));
        }
    }
}
