package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShipmentStateTest {
    private final ShipmentRow delivered = labelled("order", "delivered");
    private final ShipmentRow moving = labelled("split", "out_for_delivery");
    private final ShipmentRow still = labelled("split", null);
    private final ShipmentRow back = labelled("return", null);

    @Test
    void an_order_is_delivered_with_the_last_of_its_shipments() {
        assertThat(ShipmentState.wordOf(List.of(delivered, moving))).isEqualTo("in_transit");
        assertThat(ShipmentState.wordOf(List.of(delivered, moving, still))).isEqualTo("labelled");
        assertThat(ShipmentState.wordOf(List.of(moving, delivered))).isEqualTo("in_transit");
        assertThat(ShipmentState.wordOf(List.of(delivered, delivered))).isEqualTo("delivered");
    }

    @Test
    void a_label_for_the_way_back_makes_no_delivered_order_wait() {
        assertThat(ShipmentState.wordOf(List.of(delivered, back))).isEqualTo("delivered");
        assertThat(ShipmentState.wordOf(List.of(back, delivered))).isEqualTo("delivered");
    }

    private static ShipmentRow labelled(String reason, @Nullable String tracking) {
        return new ShipmentRow(
                "shp_1",
                "ord_1",
                1,
                reason,
                "fake",
                "fake",
                "ground",
                "PDF",
                "4x6",
                203,
                ShipmentState.LABELLED,
                0,
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                tracking,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                false,
                null,
                false,
                null,
                null,
                null);
    }
}
