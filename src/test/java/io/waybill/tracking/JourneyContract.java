package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shipment stands where its parcels are, whoever tells of them and in whatever order. */
abstract class JourneyContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Ledger ledger;
    private TrackingCarrier carrier;
    private Tracking tracking;
    private String order;
    private String shipment;

    abstract Database database();

    @BeforeEach
    void start() {
        ledger = Ledger.open(database(), (namespace, type) -> List.of("oms"));
        carrier = new TrackingCarrier();
        tracking = new Tracking(
                ledger, new Accounts(List.of(carrier.account())), new TrackingSettings(Duration.ZERO), () -> {});
        order = ledger.commit(tx -> tx.orders()
                .insert(new Revision(
                        "acme", "SO-1", "Ann", null, List.of(), "{}", "sha", "{}", "now", "api", "local", null, null,
                        null)));
        Plan plan = new Plan(ShipmentState.READY, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        shipment = ledger.commit(tx -> tx.shipments().insert(order, 1, "order", null, plan));
        ledger.commitAll(tx -> {
            tx.purchases().claim(row(), "node", Duration.ofMinutes(1));
            tx.purchases().sold(new Sold(shipment, 1, ShipmentState.LABELLED, "fake", "fake", "S1"), Looks.AT_ONCE);
        });
        parcel(1, "T1");
    }

    @AfterEach
    void stop() {
        tracking.close();
        ledger.close();
    }

    @Test
    void what_is_told_newest_first_is_told_on_as_it_happened() {
        carrier.says("delivered", NOON.plusSeconds(60))
                .says("out_for_delivery", NOON)
                .says("in_transit", NOON)
                .says("picked_up", NOON.minusSeconds(60));

        tracking.poll();

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("picked_up", "in_transit", "out_for_delivery", "delivered");
    }

    @Test
    void each_parcel_is_read_in_its_own_order() {
        parcel(2, "T2");
        carrier.says("T1", "in_transit", NOON).says("T1", "picked_up", NOON.minusSeconds(60));
        carrier.says("T2", "on_hold", NOON.plusSeconds(60)).says("T2", "in_transit", NOON.plusSeconds(60));
        carrier.says("T2", "picked_up", NOON.minusSeconds(30));

        tracking.poll();

        assertThat(statusesTold()).containsExactly("picked_up", "picked_up", "in_transit", "in_transit", "on_hold");
    }

    private void parcel(int parcel, String number) {
        ledger.commitAll(tx -> tx.numbers().add(shipment, "tracking", parcel, number));
    }

    private ShipmentRow row() {
        return ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
    }

    private List<String> statusesTold() {
        return ledger.read(tx -> tx.deliveries().of(order).stream()
                .filter(event -> event.type().equals("tracking.updated"))
                .sorted(Comparator.comparing(DeliveryBook.Row::sequence))
                .map(event -> Json.kept(tx.deliveries().payload(event.id()))
                        .at("/data/tracking/status")
                        .asText())
                .toList());
    }

}
