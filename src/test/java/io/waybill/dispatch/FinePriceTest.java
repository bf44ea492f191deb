package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Ledger;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Parts of a price that are finer than the ledger keeps amounts. */
class FinePriceTest {
    @Test
    void parts_finer_than_the_ledger_keeps_come_to_the_price_all_the_same() {
        try (Ledger ledger = OneOrder.ledger()) {
            OneOrder order =
                    new OneOrder(ledger, FakeCarrier.account("fine", new VoidDesk(), "on_creation", Aftercare.DEFAULT));

            order.sold(
                    order.claim(),
                    "F1",
                    Stream.of("3.33335", "3.33335", "3.3333", "0.25")
                            .map(part -> new Charge("part", Money.of(part, "KWD"), null, null))
                            .toList());

            List<BigDecimal> kept =
                    order.charges().stream().map(ChargeBook.Row::amount).toList();
            assertThat(kept).hasSize(4);
            assertThat(kept.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("10.25");
            assertThat(kept.get(3)).as("what can be kept is kept").isEqualByComparingTo("0.25");
        }
    }
}
