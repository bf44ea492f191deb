package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a claim shows of weights is what stands on the bill, and no name without a value. */
class WeightsOfALineTest {
    private static final Contract.Terms TERMS = new Contract.Terms(
            LocalDate.EPOCH,
            null,
            new BigDecimal(5000),
            Map.of(),
            Set.of(),
            Map.of(),
            Set.of(),
            0,
            null,
            0,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of());

    private static final Agreed BY_DIVISOR =
            new Agreed(new Contract(Set.of(), null, List.of(TERMS)), new Unchecked(), false);

    @ParameterizedTest
    @CsvSource({
        "1.20, 3, kg, 30x20x10, entered=1.2; billed=3 kg; dimensions=30x20x10",
        ", 3, kg, , billed=3 kg",
        ", 3, , , billed=3",
        "1.2, , lb, , entered=1.2",
        ", , kg, 30x20x10, dimensions=30x20x10",
        ", , kg, , weights=none on the bill",
    })
    void what_the_bill_does_not_say_is_left_out(
            @Nullable BigDecimal entered,
            @Nullable BigDecimal billed,
            @Nullable String unit,
            @Nullable String sides,
            String shown) {
        assertThat(Agreed.weights(line(entered, billed, unit, sides), null)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "30x20x10, 2",
        "30.5 X 20.0 X 10, 2",
        "30x20, ",
        "30 cm x 20 cm x 10 cm, ",
        "1e999999999x1x1, ",
        "1e9999999x1e9999999x1, ",
        "1x1x1e-999999999, "
    })
    void sides_that_are_no_plain_numbers_weigh_nothing_and_fill_no_memory(String sides, @Nullable BigDecimal weight) {
        assertThat(BY_DIVISOR.byDivisor(line(null, null, "kg", sides))).isEqualTo(weight);
    }

    private static InvoiceLine line(
            @Nullable BigDecimal entered, @Nullable BigDecimal billed, @Nullable String unit, @Nullable String sides) {
        return new InvoiceLine(
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                entered,
                billed,
                unit,
                null,
                sides,
                "charge",
                "transport",
                null,
                BigDecimal.ONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
