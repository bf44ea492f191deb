package io.waybill.dispatch;

import io.waybill.ledger.ChargeBook;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a void gives back, split over the parts of the price it is for: all of each part when all of it comes back, else
 * in their proportion, to the currency's smallest unit and adding up exactly.
 *
 * @param parts one for each part of the sale in the refund's currency
 * @param rest what no part of the sale explains
 */
record Refund(List<Part> parts, Optional<Money> rest) {
    /** @param amount what is credited of this line: negative where the line is owed */
    record Part(ChargeBook.Row line, BigDecimal amount) {}

    static Refund of(List<ChargeBook.Row> sale, Money given) {
        BigDecimal back = given.amount().abs();
        String currency = given.currency().getCurrencyCode();
        List<ChargeBook.Row> lines =
                sale.stream().filter(line -> line.currency().equals(currency)).toList();
        BigDecimal paid = lines.stream().map(ChargeBook.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (paid.signum() <= 0) {
            return new Refund(
                    List.of(),
                    Optional.of(new Money(back.negate(), given.currency())).filter(Refund::isSome));
        }
        BigDecimal explained = back.min(paid);
        Money beyond = new Money(explained.subtract(back), given.currency());
        return new Refund(
                split(lines, paid, explained, given), Optional.of(beyond).filter(Refund::isSome));
    }

    /** All of a sale: it will never be billed. */
    static Refund whole(List<ChargeBook.Row> sale) {
        return new Refund(
                sale.stream()
                        .map(line -> new Part(line, line.amount().negate()))
                        .toList(),
                Optional.empty());
    }

    /** Each part up to here less what went to those before it: the roundings cannot add up to anything. */
    private static List<Part> split(List<ChargeBook.Row> lines, BigDecimal paid, BigDecimal back, Money given) {
        int finest = lines.stream()
                .mapToInt(line -> line.amount().stripTrailingZeros().scale())
                .max()
                .orElse(0);
        int scale = Math.max(Math.max(back.scale(), finest), given.currency().getDefaultFractionDigits());
        List<Part> parts = new ArrayList<>();
        BigDecimal soFar = BigDecimal.ZERO;
        BigDecimal credited = BigDecimal.ZERO;
        for (ChargeBook.Row line : lines) {
            soFar = soFar.add(line.amount());
            BigDecimal due = back.multiply(soFar).divide(paid, scale, RoundingMode.HALF_UP);
            parts.add(new Part(line, credited.subtract(due)));
            credited = due;
        }
        return parts.stream().filter(part -> part.amount().signum() != 0).toList();
    }

    private static boolean isSome(Money money) {
        return money.amount().signum() != 0;
    }
}
