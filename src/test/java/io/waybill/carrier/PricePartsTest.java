package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricePartsTest {
    private static final Money TEN = Money.of("10.00", "USD");

    @Test
    void without_a_base_the_rest_is_the_transport() {
        assertThat(new PriceParts(TEN)
                        .add("fuel_charge", new BigDecimal("1.25"), "F", " ")
                        .all())
                .containsExactly(
                        new Charge("fuel_charge", Money.of("1.25", "USD"), "F", null),
                        new Charge("shipping", Money.of("8.75", "USD"), null, "transportation"));
    }

    @Test
    void with_a_base_the_rest_has_no_name() {
        assertThat(new PriceParts(TEN).base(new BigDecimal("9.00"), "base").all())
                .extracting(Charge::type)
                .containsExactly("shipping", "uncategorized");
    }

    @Test
    void parts_that_would_exceed_the_total_are_those_that_were_told_before() {
        PriceParts twice = new PriceParts(TEN).add("tax", new BigDecimal("6.00"), null, null);
        assertThat(new PriceParts(TEN)
                        .add("tax", new BigDecimal("6.00"), null, null)
                        .addIfRoom(twice)
                        .all())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'1,204.50', 1204.50",
        "'1,204', 1204",
        "'-1,204,000.5', -1204000.5",
        "'$ 12.50', 12.50",
        "'-$12.50', -12.50",
        "1.204, 1.204",
        "'1.204,50',",
        "'12,50',",
        "'0,125',",
        "'012,345',",
        "'-0,500',",
        "'1,2045',",
        "'1,204,5',",
        "'1,20.50',"
    })
    void a_comma_stands_after_the_thousands_or_the_amount_cannot_be_read(String told, @Nullable BigDecimal read) {
        Reply reply = new Reply(JsonNodeFactory.instance.objectNode().put("a", told));
        assertThat(PriceParts.amount(reply, "a")).isEqualTo(Optional.ofNullable(read));
    }

    @ParameterizedTest
    @CsvSource({
        "27.119999999999997, 27.12",
        "12.340000000000002, 12.34",
        "100.00000000000001, 100",
        "-1.7763568394002505E-15, 0",
        "5.93000, 5.93000",
        "0.000001, 0.000001"
    })
    void what_was_summed_up_in_floating_point_is_the_amount_it_is(BigDecimal told, BigDecimal read) {
        Reply reply = new Reply(JsonNodeFactory.instance.objectNode().put("a", told));
        assertThat(PriceParts.amount(reply, "a")).contains(read);
    }

    @Property(tries = 200)
    void they_always_come_to_the_total(
            @ForAll @BigRange(min = "-50", max = "500") @Scale(2) BigDecimal total,
            @ForAll @BigRange(min = "-50", max = "500") @Scale(3) BigDecimal base,
            @ForAll @BigRange(min = "-50", max = "500") @Scale(2) BigDecimal part) {
        BigDecimal sum = new PriceParts(Money.of(total.toPlainString(), "USD"))
                .base(base, null).add("discount", part, "D", null).all().stream()
                        .map(charge -> charge.amount().amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(total);
    }
}
