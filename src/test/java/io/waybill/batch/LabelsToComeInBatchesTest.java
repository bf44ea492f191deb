package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TakenRow;
import java.util.List;
import java.util.Locale;
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

    @Test
    void a_row_of_which_nobody_knows_whether_it_was_bought_says_what_it_waits_for() {
        assertThat(open(ShipmentState.UNKNOWN).reason(Locale.ENGLISH))
                .contains("the carrier is asked again and again by itself");
        assertThat(open(ShipmentState.REVIEW).reason(Locale.CHINESE)).contains("需由人工确认");
        assertThat(open(ShipmentState.BUYING).problems()).isEmpty();
    }

    private static Line open(ShipmentState state) {
        return Line.of(new TakenRow(
                1, 2, 2, "SO-1", "ord_1", "ACCEPTED", null, null, List.of(part(state)), List.of(), null, null));
    }

    private static TakenRow.Part part(ShipmentState state, String... numbers) {
        Plan plan = new Plan(state, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        return new TakenRow.Part(ShipmentRow.first("shp_" + numbers.length, "ord_1", plan), List.of(numbers));
    }
}
