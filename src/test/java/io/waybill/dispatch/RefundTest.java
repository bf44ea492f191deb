package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.ChargeBook;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RefundTest {

    @Test
    void all_of_the_price_comes_back_part_by_part() {
        Refund refund = of(sale("8.10", "0.97", "-0.35"), Money.of("8.72", "USD"));

        assertThat(amounts(refund)).containsExactly("-8.1", "-0.97", "0.35");
        assertThat(refund.rest()).isEmpty();
    }

    @Test
    void a_part_of_the_price_comes_back_in_proportion() {
        Refund refund = of(sale("7.00", "3.00"), Money.of("5.01", "USD"));

        assertThat(amounts(refund)).containsExactly("-3.51", "-1.5");
    }

    @Test
    void what_no_part_explains_is_told_apart() {
        assertThat(of(sale("7.00"), Money.of("-9.00", "USD")).rest()).contains(Money.of("-2.00", "USD"));
        assertThat(of(sale("7.00"), Money.of("9.00", "EUR")).rest()).contains(Money.of("-9.00", "EUR"));
        assertThat(of(List.of(), Money.of("0.00", "USD")).rest()).isEmpty();
    }

    @Property(tries = 300)
    void nothing_is_lost_or_made_by_splitting(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -500, max = 5_000) Integer> cents,
            @ForAll @IntRange(max = 20_000) int back) {
        Money given = new Money(BigDecimal.valueOf(back, 2), java.util.Currency.getInstance("USD"));

        Refund refund = of(
                sale(cents.stream()
                        .map(part -> BigDecimal.valueOf(part, 2).toPlainString())
                        .toArray(String[]::new)),
                given);

        BigDecimal credited = refund.parts().stream()
                .map(Refund.Part::amount)
                .reduce(refund.rest().map(Money::amount).orElse(BigDecimal.ZERO), BigDecimal::add);
        assertThat(credited).isEqualByComparingTo(given.amount().negate());
    }

    private static Refund of(List<ChargeBook.Row> sale, Money given) {
        return Refund.of(sale, ChargeBook.Row::amount, line -> BigDecimal.ZERO, given);
    }

    private static List<String> amounts(Refund refund) {
        return refund.parts().stream()
                .map(part -> part.amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    private static List<ChargeBook.Row> sale(String... amounts) {
        return IntStream.range(0, amounts.length)
                .mapToObj(i -> new ChargeBook.Row(
                        "chg_" + i,
                        "acme",
                        "fake",
                        "fake",
                        "SO-1",
                        "shp_1",
                        "expected",
                        "label_charge",
                        "shipping",
                        new BigDecimal(amounts[i]),
                        "USD",
                        null,
                        null,
                        "label-reply",
                        "REF-1",
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH))
                .toList();
    }
}
