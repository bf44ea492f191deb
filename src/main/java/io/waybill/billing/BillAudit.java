package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.VarianceBook.Finding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The audit of one shipment on one invoice. Every line is claimed by at most one rule, the first that knows it; what is left
 * is compared part by part with what was expected. So the findings never count a cent twice, and what no rule explains is
 * what remains of the variance.
 */
final class BillAudit {
    private final Bill bill;
    private final Basis basis;
    private final Agreed agreed;
    private final Claims claims;

    BillAudit(Bill bill, Basis basis) {
        this.bill = bill;
        this.basis = basis;
        this.agreed = basis.agreed();
        this.claims = new Claims(bill);
    }

    List<Finding> findings() {
        orphans();
        if (!claims.left.isEmpty()) {
            if (!isCorrection()) {
                new Repeats(bill, basis, claims).run();
            }
            List<InvoiceLineBook.Line> transport = transport();
            whole();
            late(transport);
        }
        return claims.findings;
    }

    /** Labels sold beside the chosen one should have been voided; what is billed for them is asked back; a credit is not. */
    private void orphans() {
        BigDecimal billed = Bill.sum(bill.beside());
        BigDecimal amount = billed.subtract(bill.expectedBeside());
        if (!bill.beside().isEmpty() && amount.signum() != 0) {
            BigDecimal claim = billed.max(BigDecimal.ZERO);
            claims.finding(AuditRule.ORPHAN_BILLED, bill.beside().get(0), amount, claim, "billed=" + plain(billed));
        }
    }

    /** By the shipment as a whole, else line by line and part by part. */
    private void whole() {
        if (isCorrection()) {
            corrected();
        } else if (bill.isInAnotherCurrency()) {
            rest(
                    AuditRule.CURRENCY_DIFFERS,
                    BigDecimal.ZERO,
                    "expected in another currency; billed in " + bill.currency());
        } else if (bill.shipment().state() == ShipmentState.VOIDED) {
            voided();
        } else if (isNeverShipped()) {
            neverShipped();
        } else {
            new Reasons(bill, agreed, claims).run();
            if (!givenBackAtOnce()) {
                new PartAudit(bill, basis, claims).run();
            }
        }
    }

    /**
     * What a first bill gives back is a credit like any other: of a charge beside it, or of one that is read later. Of the latter
     * what was expected is still to be billed.
     *
     * @return whether nothing is left to look at
     */
    private boolean givenBackAtOnce() {
        BigDecimal sum = Bill.sum(claims.left);
        InvoiceLineBook.Line credit = claims.left.stream()
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
                "said=" + text(credit.words().carrierText()));
        claims.left.clear();
        return all;
    }

    private boolean isCorrection() {
        return basis.corrected() && !bill.isFirst();
    }

    /**
     * What a correction adds is claimed as far as the shipment is billed above its price then, and above what its contract says of the
     * weight and the extras; no reason of the carrier's is looked at.
     */
    private void corrected() {
        List<InvoiceLineBook.Line> added =
                claims.left.stream().filter(bill::isOfPrice).toList();
        BigDecimal price = bill.priced().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal before = Bill.sum(bill.before().stream()
                .filter(line -> !Bill.isBeside(line) && bill.isOfPrice(line))
                .toList());
        BigDecimal more = Bill.sum(added);
        BigDecimal over = before.add(more).subtract(price).subtract(agreed(added));
        BigDecimal amount = Bill.sum(claims.left);
        InvoiceLineBook.Line line = claims.left.stream()
                .max(Comparator.comparing(one -> one.words().amount()))
                .orElse(null);
        if (line == null || amount.signum() == 0) {
            return;
        }
        boolean within = over.compareTo(basis.contract().tolerance(line.words().shipDate())) <= 0;
        BigDecimal claim = within || bill.priced().isEmpty() || added.stream().anyMatch(this::isOwed)
                ? BigDecimal.ZERO
                : more.min(over).min(amount);
        claims.finding(
                AuditRule.INVOICE_CORRECTED,
                claim.signum() > 0 ? line : claims.left.get(0),
                amount,
                claim.max(BigDecimal.ZERO),
                claim.signum() > 0 ? "billed=" + plain(before.add(more)) + "; expected=" + plain(price) : "");
    }

    /** The extras among these that cost what the contract says. */
    private BigDecimal agreed(List<InvoiceLineBook.Line> added) {
        return Bill.sum(added.stream()
                .filter(line -> line.words().amount().signum() > 0)
                .filter(line -> Bill.Part.of(line.words().type()) == Bill.Part.EXTRAS)
                .filter(line -> {
                    BigDecimal price = agreed.accessorial(line.words());
                    return price != null && price.compareTo(line.words().amount()) == 0;
                })
                .toList());
    }

    /** A transport price that the contract arrives at by the weight that was billed. */
    private boolean isOwed(InvoiceLineBook.Line line) {
        return line.words().amount().signum() > 0
                && Bill.Part.of(line.words().type()) == Bill.Part.TRANSPORT
                && Agreed.isHeavier(line.words())
                && (agreed.isMinimum(line.words()) || agreed.isOwed(line.words()));
    }

    /** More than was expected is claimed, as far as no credit that was read before gives it back; less is the credit of the void. */
    private void voided() {
        BigDecimal over = Bill.sum(claims.left).subtract(bill.expectedOwn());
        BigDecimal before = Bill.sum(
                bill.before().stream().filter(line -> !Bill.isBeside(line)).toList());
        if (over.signum() != 0) {
            boolean more = over.signum() > 0;
            claims.finding(
                    more ? AuditRule.VOIDED_BUT_BILLED : AuditRule.CREDIT_RECEIVED,
                    claims.left.get(0),
                    over,
                    over.min(over.add(before)).max(BigDecimal.ZERO),
                    "state=voided; billed=" + plain(Bill.sum(claims.left)));
        }
    }

    /** Billed for the first time long after its shipping day, and nobody ever scanned it. */
    private boolean isNeverShipped() {
        if (!bill.isFirst()
                || bill.shipment().scanned()
                || claims.left.stream().anyMatch(line -> line.words().deliveredOn() != null)
                || Bill.sum(claims.left).signum() <= 0) {
            return false;
        }
        LocalDate bought = bill.shipment().boughtOn();
        LocalDate day = claims.left.get(0).words().shipDate();
        LocalDate from = day == null ? bought : day;
        int wait = basis.contract().on(from).map(Contract.Terms::scanDays).orElse(Contracts.SCAN_DAYS);
        if (from == null || !from.plusDays(wait).isBefore(basis.today())) {
            return false;
        }
        LocalDate tracked = basis.trackedSince().get().get(bill.shipment().namespace());
        if (tracked == null || bought == null || bought.isBefore(tracked)) {
            basis.unchecked().add("scans", "");
            return false;
        }
        return true;
    }

    private void neverShipped() {
        BigDecimal billed = Bill.sum(claims.left);
        String manifest = bill.shipment().manifest();
        claims.finding(
                AuditRule.MANIFESTED_NOT_SHIPPED,
                claims.left.get(0),
                billed.subtract(bill.expectedOwn()),
                billed,
                "scans=none; bought=" + bill.shipment().boughtOn() + "; manifest="
                        + (manifest == null ? "none" : manifest) + "; billed=" + plain(billed));
    }

    private void rest(AuditRule rule, BigDecimal claim, String evidence) {
        BigDecimal amount = Bill.sum(claims.left).subtract(bill.expectedOwn());
        if (amount.signum() != 0) {
            claims.finding(rule, claims.left.get(0), amount, claim, evidence);
        }
    }

    /** What came late may be claimed as far as no other rule claims it; it is no part of the variance. */
    private void late(List<InvoiceLineBook.Line> transport) {
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
        Integer days = terms.guaranteed().get(text(words.service()));
        LocalDate delivered = words.deliveredOn() == null ? bill.shipment().deliveredOn() : words.deliveredOn();
        if (days == null || shipped == null || delivered == null) {
            return;
        }
        LocalDate promised = Agreed.workdays(shipped, days, terms.holidays());
        BigDecimal claim = notClaimed(transport);
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

    /** What the way itself is billed at, after discounts. */
    private List<InvoiceLineBook.Line> transport() {
        return claims.left.stream()
                .filter(line -> line.words().reason() == null
                        && Bill.Part.of(line.words().type()) == Bill.Part.TRANSPORT)
                .toList();
    }

    /** What of these lines no rule claims: never so much that more than was billed is claimed of the whole. */
    private BigDecimal notClaimed(List<InvoiceLineBook.Line> transport) {
        Set<Integer> lines = transport.stream().map(InvoiceLineBook.Line::line).collect(Collectors.toSet());
        BigDecimal charged = Bill.sum(bill.mine().stream()
                .filter(line -> line.words().amount().signum() > 0
                        || line.words().type().equals("discount"))
                .toList());
        return Bill.sum(transport)
                .subtract(claims.claimed(finding -> lines.contains(finding.line())))
                .min(charged.subtract(claims.claimed(finding -> true)));
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
