package io.waybill.billing;

import io.waybill.ledger.AuditFacts;
import io.waybill.ledger.InvoiceBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;

/**
 * What one invoice says of one shipment beside what is known of it.
 *
 * @param mine the invoice's lines of its own labels, and {@code beside} of labels sold beside them
 * @param before lines of invoices taken in earlier
 * @param expected by type, what this invoice is the first to bill; empty when an earlier one was
 */
record Bill(
        AuditFacts.Known shipment,
        String currency,
        List<InvoiceBook.Line> mine,
        List<InvoiceBook.Line> beside,
        List<InvoiceBook.Line> before,
        List<AuditFacts.Expected> expected) {

    /** Whether no earlier invoice billed the shipment's own labels. */
    boolean isFirst() {
        return before.stream().noneMatch(line -> !isBeside(line));
    }

    private boolean isFirstBeside() {
        return before.stream().noneMatch(Bill::isBeside);
    }

    static boolean isBeside(InvoiceBook.Line line) {
        return MatchRule.ORPHAN_LABEL.word().equals(line.matchRule())
                || MatchRule.GIVEN_UP_REF.word().equals(line.matchRule());
    }

    /** What the shipment's own labels were expected to cost, by what it is for; nothing when it was billed before. */
    TreeMap<Part, BigDecimal> expectedByPart() {
        TreeMap<Part, BigDecimal> parts = new TreeMap<>();
        if (isFirst() && !mine.isEmpty()) {
            expected.stream()
                    .filter(one -> !one.orphan() && one.currency().equals(currency))
                    .forEach(one -> parts.merge(Part.of(one.type()), one.amount(), BigDecimal::add));
        }
        return parts;
    }

    BigDecimal expectedOwn() {
        return expectedByPart().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal expectedBeside() {
        return beside.isEmpty() || !isFirstBeside()
                ? BigDecimal.ZERO
                : expected.stream()
                        .filter(one -> one.orphan() && one.currency().equals(currency))
                        .map(AuditFacts.Expected::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether it was expected in other currencies alone. */
    boolean isInAnotherCurrency() {
        return isFirst()
                && expected.stream().anyMatch(one -> !one.orphan())
                && expected.stream().noneMatch(one -> one.currency().equals(currency));
    }

    static BigDecimal sum(List<InvoiceBook.Line> lines) {
        return lines.stream().map(line -> line.words().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What a charge is for, as far as label replies and invoices both tell it. */
    enum Part {
        TRANSPORT,
        FUEL,
        EXTRAS;

        static Part of(String type) {
            return switch (type) {
                case "shipping", "discount" -> TRANSPORT;
                case "fuel_charge" -> FUEL;
                default -> EXTRAS;
            };
        }
    }
}
