package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a claim shows of weights is what stands on the bill, and no name without a value. */
class WeightsOfALineTest {
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
