package io.waybill.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.InZone;
import io.waybill.batch.Held;
import io.waybill.carrier.Choice;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Orders;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private final Orders orders = new Orders();

    @Test
    void what_a_rule_compares_by_is_kept_whatever_service_the_order_asked_for() {
        Planner planner = new Planner((order, namespace) -> new Choice.Compare("fastest within 2 days", "soon"));

        var plan = planner.plan(orders.read(orders.parse("""
                        {"orderId": "SO-1", "service": "ground", "release": "now",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".getBytes(UTF_8))), null, false);

        assertThat(plan.state()).isEqualTo(ShipmentState.CHOOSING);
        assertThat(plan.service()).isEqualTo("fastest within 2 days");
    }

    @ParameterizedTest
    @CsvSource({
        "Australia/Sydney, 2099-12-23T13:00:00Z",
        "America/Los_Angeles, 2099-12-24T08:00:00Z",
        "UTC, 2099-12-24T00:00:00Z"
    })
    void what_is_held_until_its_day_goes_when_that_day_begins_where_the_hub_is(String zone, Instant due) {
        Planner planner = new Planner((order, namespace) -> new Choice.Fixed("ups", "ups", "ground", "rule 1"));
        try (InZone there = new InZone(zone)) {
            var plan = planner.plan(orders.read(orders.parse("""
                            {"orderId": "SO-1", "service": "ground", "release": "shipDate", "options": {"shipDate": "2099-12-24"},
                             "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                        "postalCode": "78701", "country": "US"},
                             "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".getBytes(UTF_8))), null, false);

            assertThat(plan.state()).isEqualTo(ShipmentState.HELD);
            assertThat(plan.due()).isEqualTo(due);
            assertThat(Held.why(plan))
                    .as("the day a person is told")
                    .extracting(problem -> problem.values().get("day"))
                    .hasToString("[2099-12-24]");
        }
    }
}
