package io.waybill.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.InZone;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Webhooks;
import io.waybill.carrier.Webhooks.Delivery;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Switch;
import io.waybill.ledger.TrackingBook.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingTest {
    private static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

    @TempDir
    Path folder;

    private Ledger ledger;
    private TrackingCarrier carrier;
    private Tracking tracking;
    private String order;
    private String shipment;

    @BeforeEach
    void start() {
        ledger = Ledger.open(Stores.h2(folder), (namespace, type) -> List.of("oms"));
        carrier = new TrackingCarrier();
        Accounts accounts = new Accounts(List.of(carrier.account()));
        tracking = new Tracking(ledger, accounts, new TrackingSettings(Duration.ZERO), () -> {});
        order = ledger.commit(tx -> tx.orders()
                .insert(new Revision(
                        "acme", "SO-1", "Ann", null, List.of(), "{}", "sha", "{}", "now", "api", "local", null, null,
                        null)));
        Plan plan = new Plan(ShipmentState.READY, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        shipment = ledger.commit(tx -> tx.plans().begin(order, 1, "order", null, plan));
        ledger.commitAll(tx -> {
            tx.purchases().claim(List.of(row()), "fake", "node", Duration.ofMinutes(1));
            tx.purchases().sold(new Sold(shipment, 1, ShipmentState.LABELLED, "fake", "fake", "S1"), Looks.AT_ONCE);
            tx.numbers().add(shipment, "tracking", 1, "T1");
        });
    }

    @AfterEach
    void stop() {
        tracking.close();
        ledger.close();
    }

    @Test
    void each_event_is_kept_once_and_told_once() {
        carrier.says("picked_up", NOON).says("in_transit", NOON.plusSeconds(60));

        tracking.poll();
        tracking.poll();

        assertThat(statuses()).containsExactly("picked_up", "in_transit");
        assertThat(row().word()).isEqualTo("in_transit");
        assertThat(found("in_transit")).hasSize(1);
        assertThat(found("labelled")).isEmpty();
        assertThat(told()).containsExactly("tracking.updated", "tracking.updated");
    }

    /** The second time its clocks show half past two. */
    @Test
    void an_event_of_the_hour_the_clocks_of_the_hub_show_twice_is_kept_as_it_was_told_and_once() {
        Instant again = Instant.parse("2025-10-26T01:30:00Z");
        stop();
        folder = folder.resolve("berlin");
        try (InZone berlin = new InZone("Europe/Berlin")) {
            start();
            carrier.says("picked_up", again);

            tracking.poll();
            tracking.poll();

            List<Event> kept = ledger.read(tx -> tx.tracking().of(shipment));
            assertThat(kept).extracting(Event::happenedAt).containsExactly(again);
            assertThat(told()).containsExactly("tracking.updated");
        }
    }

    @Test
    void while_tracking_is_off_no_carrier_is_asked_and_what_was_missed_is_asked_for_once_it_is_on() {
        carrier.says("delivered", NOON);
        turn(false);

        tracking.poll();
        assertThat(statuses()).isEmpty();

        turn(true);
        tracking.poll();
        assertThat(statuses()).containsExactly("delivered");
    }

    private void turn(boolean on) {
        ledger.commitAll(tx -> {
            tx.rollout()
                    .set(new Switch(
                            "acme",
                            Switch.Kind.STAGE,
                            "tracking",
                            on,
                            null,
                            null,
                            !on,
                            null,
                            null,
                            null,
                            "Ada",
                            NOON,
                            null));
            tx.rollout().wake("acme", Stage.TRACKING);
        });
    }

    @Test
    void an_event_told_twice_in_one_answer_is_kept_once() {
        carrier.says("picked_up", NOON).says("picked_up", NOON);

        tracking.poll();

        assertThat(statuses()).containsExactly("picked_up");
        assertThat(told()).containsExactly("tracking.updated");
    }

    @Test
    void an_event_told_again_to_the_nanosecond_is_the_same_event() {
        carrier.says("picked_up", NOON.plusNanos(123_456_789));

        tracking.poll();
        tracking.poll();

        assertThat(statuses()).containsExactly("picked_up");
    }

    @Test
    void an_older_event_is_kept_and_moves_nothing_back() {
        carrier.says("delivered", NOON);
        tracking.poll();

        ledger.commitAll(tx -> tx.tracking()
                .itinerary(shipment, tx.now())
                .record(new Event("T1", "in_transit", "IT", null, "Austin", NOON.minusSeconds(60), "push")));

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(found("delivered")).hasSize(1);
        assertThat(found("in_transit")).isEmpty();
        assertThat(statuses()).containsExactly("in_transit", "delivered");
    }

    /** The orders that stand there. */
    private List<OrderRow> found(String status) {
        return ledger.read(tx ->
                tx.orders().search(new OrderSearch(null, null, null, null, null, status, null, 10), Namespaces.ALL));
    }

    @Test
    void a_shipment_that_cannot_be_followed_holds_up_no_other() {
        carrier.says("in_transit", NOON);
        carrier.failsFor("T0");
        other("T0");

        tracking.poll();

        assertThat(statuses()).containsExactly("in_transit");
    }

    @Test
    void a_delivered_shipment_is_not_asked_about_again() {
        carrier.says("delivered", NOON);
        tracking.poll();
        tracking.poll();

        assertThat(carrier.asked()).isEqualTo(1);
    }

    /** Another shipment of the order, due before the first. */
    private void other(String trackingNumber) {
        other(trackingNumber, "fake");
    }

    private void other(String trackingNumber, String account) {
        Plan plan = new Plan(ShipmentState.READY, account, "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        String id = ledger.commit(tx -> tx.plans().begin(order, 2, "split", null, plan));
        ledger.commitAll(tx -> {
            ShipmentRow ready = tx.shipments().find(id, Namespaces.ALL).orElseThrow();
            tx.purchases().claim(List.of(ready), "fake", "node", Duration.ofMinutes(1));
            tx.purchases().sold(new Sold(id, 1, ShipmentState.LABELLED, account, "fake", "S2"), Looks.AT_ONCE);
            tx.numbers().add(id, "tracking", 1, trackingNumber);
            tx.journeys().next(id, Duration.ofSeconds(-60));
        });
    }

    private ShipmentRow row() {
        return ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
    }

    @Test
    void what_a_carrier_pushes_is_stored_then_read_once_and_told_like_what_was_asked_for() {
        tracking.take("fake", push("T1 out_for_delivery"));
        tracking.take("fake", push("T1 out_for_delivery"));

        await().until(() -> statuses().contains("out_for_delivery"));
        await().until(() -> ledger.read(tx -> tx.hooks().due(10)).isEmpty());
        assertThat(statuses()).containsExactly("out_for_delivery");
        assertThat(told()).containsExactly("tracking.updated");
        assertThat(row().word()).isEqualTo("in_transit");
    }

    @Test
    void events_are_told_though_the_label_pushed_with_them_cannot_be_taken_in() {
        carrier.pushes(new Webhooks.Arrived(new ShipmentId("S1"), new Fetched.NotYet("it is made")));
        try (Tracking torn = new Tracking(
                ledger,
                new Accounts(List.of(carrier.account())),
                new TrackingSettings(Duration.ZERO),
                () -> {},
                (account, label) -> {
                    throw new IllegalStateException("half a label");
                })) {
            torn.take("fake", push("T1 delivered"));

            await().until(() -> ledger.read(tx -> tx.exceptions().isOpen(Reason.HOOK_UNREADABLE, "fake")));
        }
        assertThat(statuses()).containsExactly("delivered");
        assertThat(ledger.<Boolean>read(tx -> tx.hooks().hasUnreadable("fake"))).isTrue();
    }

    @Test
    void what_proves_nothing_is_not_stored() {
        assertThatThrownBy(() -> tracking.take(
                        "fake", new Delivery(Map.of("Secret", "guessed"), "T1 delivered".getBytes(UTF_8))))
                .hasMessageContaining("does not prove");
        assertThatThrownBy(() -> tracking.take("nobody", push("T1 delivered")))
                .hasMessageContaining("no carrier is expected");
        assertThat(ledger.read(tx -> tx.hooks().due(10)).isEmpty()).isTrue();
    }

    @Test
    void an_account_tells_nothing_of_another_accounts_parcels() {
        TrackingCarrier other = new TrackingCarrier();
        Account neighbour =
                new Account("neighbour", "fake", other, Set.of(), 1, Duration.ofSeconds(1), "on_creation", false);
        try (Tracking both = new Tracking(
                ledger,
                new Accounts(List.of(carrier.account(), neighbour)),
                new TrackingSettings(Duration.ZERO),
                () -> {})) {
            both.take("neighbour", push("T1 delivered"));
            await().until(() -> ledger.read(tx -> tx.hooks().due(10)).isEmpty());
        }
        assertThat(statuses()).isEmpty();
    }

    @Test
    void what_another_carrier_sold_before_the_account_had_this_one_is_not_asked_of_it() {
        Account other = new Account("fake", "other", carrier, Set.of(), 1, Duration.ofSeconds(1), "on_creation", false);
        carrier.says("delivered", NOON);
        try (Tracking now =
                new Tracking(ledger, new Accounts(List.of(other)), new TrackingSettings(Duration.ZERO), () -> {})) {
            now.poll();
        }

        assertThat(carrier.asked()).isZero();
        assertThat(row().trackingStatus()).isNull();
    }

    @Test
    void a_carrier_that_hangs_holds_up_no_other_carriers_parcels() throws InterruptedException {
        CountDownLatch hung = new CountDownLatch(1);
        TrackingCarrier hanging = new TrackingCarrier();
        hanging.hangsUntil(hung);
        Account sick = new Account("asleep", "fake", hanging, Set.of(), 1, Duration.ofSeconds(1), "on_creation", false);
        other("T-asleep", "asleep");
        carrier.says("in_transit", NOON);
        try (Tracking both = new Tracking(
                ledger,
                new Accounts(List.of(carrier.account(), sick)),
                new TrackingSettings(Duration.ofMillis(20)),
                () -> {})) {
            both.start();
            await().until(() -> hanging.asked() > 0);
            await().until(() -> statuses().contains("in_transit"));
            hung.countDown();
        }
    }

    private static Delivery push(String body) {
        return new Delivery(Map.of("secret", "echoed"), body.getBytes(UTF_8));
    }

    private List<String> statuses() {
        return ledger.read(tx -> tx.tracking().of(shipment)).stream()
                .map(Event::status)
                .toList();
    }

    private List<String> told() {
        return ledger.read(tx -> tx.deliveries().of(order)).stream()
                .map(DeliveryBook.Row::type)
                .toList();
    }
}
