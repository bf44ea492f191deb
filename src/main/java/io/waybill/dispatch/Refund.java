package io.waybill.dispatch;

import io.waybill.ledger.ChargeBook;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * @param left what of a line was not given back yet: no more than that is given back of it now
     * @param came what of a line came back before: a part of what is given
     * @param given in all
     */
    static Refund of(
            List<ChargeBook.Row> sale,
            Function<ChargeBook.Row, BigDecimal> left,
            Function<ChargeBook.Row, BigDecimal> came,
            Money given) {
        BigDecimal back = given.amount().abs();
        String currency = given.currency().getCurrencyCode();
        List<ChargeBook.Row> lines =
                sale.stream().filter(line -> line.currency().equals(currency)).toList();
        BigDecimal paid = sum(lines, ChargeBook.Row::amount).max(BigDecimal.ZERO);
        BigDecimal open = paid.signum() == 0 ? paid : sum(lines, left);
        BigDecimal more = back.subtract(sum(lines, came)).max(BigDecimal.ZERO).min(open);
        List<Part> parts = open.signum() > 0 ? split(lines, left, open, more, given) : List.of();
        Money beyond = new Money(paid.subtract(back).min(BigDecimal.ZERO), given.currency());
        return new Refund(parts, Optional.of(beyond).filter(Refund::isSome));
    }

    private static BigDecimal sum(List<ChargeBook.Row> lines, Function<ChargeBook.Row, BigDecimal> amount) {
        return lines.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** All that is left of a sale: it will never be billed. */
    static Refund whole(List<ChargeBook.Row> sale, Function<ChargeBook.Row, BigDecimal> left) {
        return new Refund(
                sale.stream()
                        .map(line -> new Part(line, left.apply(line).negate()))
                        .filter(part -> part.amount().signum() != 0)
                        .toList(),
                Optional.empty());
    }

    /** Each part up to here less what went to those before it: the roundings cannot add up to anything. */
    private static List<Part> split(
            List<ChargeBook.Row> lines,
            Function<ChargeBook.Row, BigDecimal> left,
            BigDecimal open,
            BigDecimal back,
            Money given) {
        int finest = lines.stream()
                .mapToInt(line -> left.apply(line).stripTrailingZeros().scale())
                .max()
                .orElse(0);
        int scale = Math.max(Math.max(back.scale(), finest), given.currency().getDefaultFractionDigits());
        List<Part> parts = new ArrayList<>();
        BigDecimal soFar = BigDecimal.ZERO;
        BigDecimal credited = BigDecimal.ZERO;
        for (ChargeBook.Row line : lines) {
            soFar = soFar.add(left.apply(line));
            BigDecimal due = back.multiply(soFar).divide(open, scale, RoundingMode.HALF_UP);
            parts.add(new Part(line, credited.subtract(due)));
            credited = due;
        }
        return parts.stream().filter(part -> part.amount().signum() != 0).toList();
    }

    private static boolean isSome(Money money) {
        return money.amount().signum() != 0;
    }
}
