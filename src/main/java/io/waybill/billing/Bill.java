package io.waybill.billing;

import io.waybill.ledger.AuditFacts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one invoice says of one shipment beside what is known of it.
 *
 * @param mine the invoice's lines of its own labels, and {@code beside} of labels sold beside them
 * @param before lines of invoices in the same currency that were taken in earlier
 * @param expected by type, what its labels were said to cost
 * @param destination country and postal code, or null where nobody asked
 */
record Bill(
        AuditFacts.Known shipment,
        String currency,
        List<InvoiceLineBook.Line> mine,
        List<InvoiceLineBook.Line> beside,
        List<InvoiceLineBook.Line> before,
        List<AuditFacts.Expected> expected,
        @Nullable String destination) {
    private static final Set<String> TAXES = Set.of("tax", "duties_and_taxes", "brokerage_fee");
    private static final Set<String> CORRECTIONS = Set.of("SCC", "RADJ", "ADC", "ZONE", "RTS", "GSR");

    /** What of the lines before stands: without those a corrected invoice took back, and what took them back. */
    List<InvoiceLineBook.Line> standing() {
        Map<String, Integer> takenBack = new HashMap<>();
        before.stream()
                .filter(line -> line.copies() < 0)
                .forEach(line -> takenBack.merge(line.fingerprint(), 1, Integer::sum));
        return before.stream()
                .filter(line -> line.copies() > 0)
                .filter(line -> takenBack.merge(line.fingerprint(), -1, Integer::sum) < 0)
                .toList();
    }

    /** Whether no earlier invoice billed the shipment's own labels. */
    boolean isFirst() {
        return before.stream().noneMatch(line -> !isBeside(line));
    }

    private boolean isFirstBeside() {
        return before.stream().noneMatch(Bill::isBeside);
    }

    static boolean isBeside(InvoiceLineBook.Line line) {
        return MatchRule.ORPHAN_LABEL.word().equals(line.matchRule())
                || MatchRule.GIVEN_UP_REF.word().equals(line.matchRule());
    }

    /** What the shipment's own labels were expected to cost, by what it is for; nothing when it was billed before. */
    TreeMap<Part, BigDecimal> expectedByPart() {
        return isFirst() && !mine.isEmpty() ? priced() : new TreeMap<>();
    }

    /** What its own labels were said to cost in the currency of the bill, by what it is for. */
    TreeMap<Part, BigDecimal> priced() {
        return priced(one -> true);
    }

    private TreeMap<Part, BigDecimal> priced(Predicate<AuditFacts.Expected> wanted) {
        TreeMap<Part, BigDecimal> parts = new TreeMap<>();
        expected.stream()
                .filter(one -> !one.orphan() && one.currency().equals(currency) && wanted.test(one))
                .forEach(one -> parts.merge(Part.of(one.type()), one.amount(), BigDecimal::add));
        return parts;
    }

    /** Whether one price was said for the whole, be it with taxes beside it. */
    boolean isOnePrice() {
        return priced(one -> !isTax(one.type())).size() <= 1;
    }

    /** What no carrier keeps: it comes on top of a price. */
    static boolean isTax(String type) {
        return TAXES.contains(type);
    }

    /**
     * Of a row that gives back more than it charges: what it gives back, and the discount it takes back with that. A discount
     * that comes by itself is none.
     *
     * @param row what all of the row comes to
     */
    static boolean isRefund(String type, BigDecimal amount, BigDecimal row) {
        return row.signum() < 0 && (type.equals("discount") ? amount.signum() > 0 : amount.signum() < 0);
    }

    /** Whether a charge of this type was expected at all. */
    boolean isPriced(String type) {
        return expected.stream().anyMatch(one -> !one.orphan() && one.type().equals(type));
    }

    /** Where one price was said for the whole, all of it is one part. */
    Part pot(String type) {
        return isOnePrice() ? Part.TRANSPORT : Part.of(type);
    }

    /** Whether a line is held against the price: no correction, no return, nothing for a delay, no duty that comes on top. */
    boolean isOfPrice(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        return (words.reason() == null || !CORRECTIONS.contains(words.reason()))
                && !words.kind().equals("claim_credit")
                && (!isTax(words.type()) || isPriced(words.type()));
    }

    /** Earlier lines of its own labels that stand and are held against the price. */
    List<InvoiceLineBook.Line> standingOfPrice() {
        return standing().stream()
                .filter(line -> !isBeside(line) && isOfPrice(line))
                .toList();
    }

    /**
     * What is priced less what stands billed, by part: never less than nothing, and no part of which nothing is left.
     *
     * @param too lines that stand billed, or give back, beside those of earlier invoices
     */
    TreeMap<Part, BigDecimal> leftOut(List<InvoiceLineBook.Line> too) {
        TreeMap<Part, BigDecimal> parts = new TreeMap<>();
        priced().forEach((part, amount) -> parts.merge(isOnePrice() ? Part.TRANSPORT : part, amount, BigDecimal::add));
        Stream.concat(standingOfPrice().stream(), too.stream().filter(this::isOfPrice))
                .map(InvoiceLineBook.Line::words)
                .forEach(words ->
                        parts.computeIfPresent(pot(words.type()), (part, left) -> left.subtract(words.amount())));
        if (parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).signum() == 0) {
            parts.clear(); // one price was billed for all of it
        }
        parts.values().removeIf(left -> left.signum() <= 0);
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
        return expected.stream().anyMatch(one -> !one.orphan())
                && expected.stream().noneMatch(one -> one.currency().equals(currency));
    }

    static BigDecimal sum(List<InvoiceLineBook.Line> lines) {
        return lines.stream().map(line -> line.words().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What a charge is for, as far as label replies and invoices both tell it. */
    enum Part {
        TRANSPORT,
        FUEL,
        EXTRAS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Part of(String type) {
            return switch (type) {
                case "shipping", "discount" -> TRANSPORT;
                case "fuel_charge" -> FUEL;
                default -> EXTRAS;
            };
        }
    }
}
