package io.waybill.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Webhooks.Delivery;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A shipment with a parcel T1 on its way, and a carrier that tells what it was told to. */
abstract class OnTheWay {
    static final Instant NOON = TrackingCarrier.DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    Ledger ledger;
    TrackingCarrier carrier;
    Tracking tracking;
    String order;
    String shipment;

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
        shipment = ledger.commit(tx -> tx.plans().begin(order, 1, "order", null, plan));
        ledger.commitAll(tx -> {
            tx.purchases().claim(List.of(row()), "fake", "node", Duration.ofMinutes(1));
            tx.purchases().sold(new Sold(shipment, 1, ShipmentState.LABELLED, "fake", "fake", "S1"), Looks.AT_ONCE);
        });
        parcel(1, "T1");
    }

    @AfterEach
    void stop() {
        tracking.close();
        ledger.close();
    }

    void parcel(int parcel, String number) {
        ledger.commitAll(tx -> tx.numbers().add(shipment, "tracking", parcel, number));
    }

    void push(String body) {
        tracking.take("fake", new Delivery(Map.of("secret", "echoed"), body.getBytes(UTF_8)));
        await().until(() -> ledger.read(tx -> tx.hooks().due(10)).isEmpty());
    }

    ShipmentRow row() {
        return ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
    }

    boolean isOpen(Reason reason) {
        return ledger.read(tx -> tx.exceptions().isOpen(reason, shipment));
    }
}
