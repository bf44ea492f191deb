package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What came late may be claimed as far as no other rule claims it; it is no part of the variance. */
final class Lateness {
    private final Bill bill;
    private final Basis basis;
    private final Claims claims;
    private final List<InvoiceLineBook.Line> transport;

    /** @param claims with the lines that are still to be looked at: it is their transport that came late */
    Lateness(Bill bill, Basis basis, Claims claims) {
        this.bill = bill;
        this.basis = basis;
        this.claims = claims;
        this.transport = transport(claims);
    }

    /** What the way itself is billed at, after discounts. */
    private static List<InvoiceLineBook.Line> transport(Claims claims) {
        return claims.left.stream()
                .filter(line -> line.words().reason() == null
                        && Bill.Part.of(line.words().type()) == Bill.Part.TRANSPORT)
                .toList();
    }

    void run() {
        InvoiceLineBook.Line line = transport.stream()
                .filter(one ->
                        one.words().service() != null && one.words().type().equals("shipping"))
                .findFirst()
                .orElse(null);
        if (line == null || !bill.isFirst()) {
            return;
        }
        InvoiceLine words = line.words();
        LocalDate shipped = words.shipDate();
        Contract.Terms terms = basis.contract().on(shipped).orElse(null);
        if (terms == null || terms.guaranteed().isEmpty()) {
            basis.unchecked().add("guarantee", "");
            return;
        }
        Integer days = terms.guaranteed().get(Plain.text(words.service()));
        LocalDate delivered = words.deliveredOn() == null ? bill.shipment().deliveredOn() : words.deliveredOn();
        if (days == null || shipped == null || delivered == null) {
            return;
        }
        LocalDate promised = Agreed.workdays(shipped, days, terms.holidays());
        BigDecimal claim = notClaimed();
        if (delivered.isAfter(promised) && claim.signum() > 0) {
            claims.finding(
                    AuditRule.LATE_DELIVERY,
                    line,
                    BigDecimal.ZERO,
                    claim,
                    "promised=" + promised + "; delivered=" + delivered + "; claimUntil="
                            + shipped.plusDays(terms.claimDays()));
        }
    }

    /** What of the transport no rule claims: never so much that more than was billed is claimed of the whole. */
    private BigDecimal notClaimed() {
        Set<Integer> lines = transport.stream().map(InvoiceLineBook.Line::line).collect(Collectors.toSet());
        BigDecimal charged = Bill.sum(bill.mine().stream()
                .filter(line -> line.words().amount().signum() > 0
                        || line.words().type().equals("discount"))
                .toList());
        return Bill.sum(transport)
                .subtract(claims.claimed(finding -> lines.contains(finding.line())))
                .min(charged.subtract(claims.claimed(finding -> true)));
    }
}
