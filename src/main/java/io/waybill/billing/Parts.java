package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is left of a bill and what was expected of it, part by part, and how much of the difference is not explained yet. Where
 * one price was said for the whole, all of it is one part, its taxes too.
 */
final class Parts {
    private final Bill bill;
    private final Basis basis;
    private final Claims claims;
    final TreeMap<Part, BigDecimal> expected;
    final TreeMap<Part, BigDecimal> billed = new TreeMap<>();
    private final Map<Part, BigDecimal> open = new EnumMap<>(Part.class);
    final boolean whole;

    Parts(Bill bill, Basis basis, Claims claims) {
        this.bill = bill;
        this.basis = basis;
        this.claims = claims;
        this.expected = bill.isFirst() ? bill.expectedByPart() : bill.leftOut(claims.credits());
        this.whole = bill.isOnePrice() && (bill.isFirst() || !expected.isEmpty());
        claims.left.forEach(
                line -> billed.merge(Part.of(line.words().type()), line.words().amount(), BigDecimal::add));
        billed.forEach((part, amount) -> open.merge(pot(part), amount, BigDecimal::add));
        if (bill.isFirst()) {
            expected.forEach((part, amount) -> open.merge(pot(part), amount.negate(), BigDecimal::add));
        }
    }

    private Part pot(Part part) {
        return whole ? Part.TRANSPORT : part;
    }

    /** Nobody said what the label costs. */
    boolean isPriceless() {
        return bill.priced().isEmpty();
    }

    /** Takes up to so much of what is not explained of a part; nothing where less is billed than was expected. */
    BigDecimal take(Part part, BigDecimal most) {
        BigDecimal left = open.getOrDefault(pot(part), BigDecimal.ZERO);
        BigDecimal taken = left.min(most).max(BigDecimal.ZERO);
        open.put(pot(part), left.subtract(taken));
        return taken;
    }

    BigDecimal takeAll(Part part) {
        BigDecimal left = open.getOrDefault(pot(part), BigDecimal.ZERO);
        open.put(pot(part), BigDecimal.ZERO);
        return left;
    }

    /** What is not explained of any part. */
    BigDecimal open() {
        return open.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What is not explained, by part: {@code fuel=0.97}. */
    String left() {
        return open.entrySet().stream()
                .filter(part -> part.getValue().signum() != 0)
                .map(part -> part.getKey().word() + "="
                        + Amounts.plain(part.getValue().negate()))
                .collect(Collectors.joining("; "));
    }

    List<InvoiceLineBook.Line> linesOf(Part part) {
        return claims.left.stream()
                .filter(line -> Part.of(line.words().type()) == part)
                .toList();
    }

    InvoiceLineBook.Line first(Part part) {
        return linesOf(part).stream().findFirst().orElse(claims.left.get(0));
    }

    /** A rule of the contract is not broken by less than this. */
    BigDecimal leeway(InvoiceLineBook.Line line) {
        return basis.tolerance(line.words().shipDate()).max(Rounding.least(bill.currency()));
    }

    String sides(Part part) {
        BigDecimal all = whole ? Bill.sum(claims.left) : billed.getOrDefault(part, BigDecimal.ZERO);
        BigDecimal said = whole
                ? expected.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)
                : expected.getOrDefault(part, BigDecimal.ZERO);
        return "billed=" + Amounts.plain(all) + "; expected=" + Amounts.plain(said);
    }
}
