package io.waybill.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.BoughtBook.Bought;
import io.waybill.ledger.ShadowBook.Pair;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final Pair PAIR = new Pair(
            "shd_1",
            "SO-1",
            "{\"orderId\": \"SO-1\"}",
            null,
            "ups",
            "ground",
            new BigDecimal("8.10"),
            "USD",
            Instant.EPOCH,
            "ord_1",
            "{\"orderId\": \"SO-1\"}");

    @Test
    void a_carrier_is_the_same_in_capitals_as_another_portal_writes_it() {
        assertThat(Pairing.of(PAIR, new Bought("UPS", "ground", Money.of("8.10", "USD")))
                        .differences())
                .isEmpty();
        assertThat(Pairing.of(PAIR, new Bought("FedEx", "ground", null)).differences())
                .extracting(Difference::field, Difference::shadow, Difference::live)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/shipment/carrier", "ups", "fedex"));
    }
}
