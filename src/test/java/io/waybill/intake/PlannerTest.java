package io.waybill.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Choice;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Orders;
import org.junit.jupiter.api.Test;

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
}
