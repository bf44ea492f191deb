package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TakenRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsToComeInBatchesTest {
    @Test
    void parcels_that_were_bought_and_wait_for_their_label_are_counted() {
        TakenRow row = new TakenRow(
                1,
                2,
                2,
                "SO-1",
                "ord_1",
                "ACCEPTED",
                null,
                null,
                List.of(
                        part(ShipmentState.LABELLED, "T1"),
                        part(ShipmentState.BOUGHT),
                        part(ShipmentState.BOUGHT, "T2", "T3"),
                        part(ShipmentState.REFUSED)),
                List.of("T1", "T2", "T3"),
                null,
                null);

        Line line = Line.of(row);

        assertThat(line.labels()).hasSize(1);
        assertThat(line.toCome()).isEqualTo(3);
    }

    private static TakenRow.Part part(ShipmentState state, String... numbers) {
        Plan plan = new Plan(state, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        return new TakenRow.Part(ShipmentRow.first("shp_" + numbers.length, "ord_1", plan), List.of(numbers));
    }
}
