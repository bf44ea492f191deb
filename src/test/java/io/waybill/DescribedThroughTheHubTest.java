package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Webhooks;
import io.waybill.carrier.declared.LabelPlatformServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.NumberBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier that is described in a file, behind the purchase protocol, against a server that plays it. */
class DescribedThroughTheHubTest {
    @TempDir
    Path folder;

    private final LabelPlatformServer platform = new LabelPlatformServer();
    private Rig rig;
    private Account account;

    @BeforeEach
    void start() {
        Settings settings = Settings.of("""
                account.fake.adapter=declared
                account.fake.description=label-platform
                account.fake.baseUrl=%s
                account.fake.appKey=acme-key
                account.fake.appSecret=env:SECRET
                account.fake.pushSecret=env:SECRET
                account.fake.balanceBelow=200
                """.formatted(platform.url()), Map.of("SECRET", LabelPlatformServer.SECRET));
        Carrier carrier =
                new Carriers().open("fake", settings.section("account").section("fake"));
        account = new Account(
                "fake", "label-platform", carrier, Set.of(), 4, Duration.ofMillis(50), "on_creation", false);
        rig = Rig.start(Stores.h2(folder), account);
    }

    @AfterEach
    void stop() {
        rig.close();
        platform.close();
    }

    @Test
    void a_lost_answer_is_one_label_a_label_comes_by_push_and_a_low_balance_is_told() {
        Taken lost = rig.take(named("LOSE Jane", Rig.order("SO-1", "1.2")));
        rig.settled(lost, ShipmentState.LABELLED);
        assertThat(platform.sold()).isEqualTo(1);
        assertThat(rig.charges(lost))
                .contains(
                        "label_charge shipping 8.2", "label_charge fuel_charge 0.9", "label_charge uncategorized 0.32");

        platform.pending = true;
        Taken later = rig.take(named("LATER Jane", Rig.order("SO-2", "1.2")));
        ShipmentRow waiting = rig.settled(later, ShipmentState.BOUGHT);
        await().until(() -> !platform.calls("/v1/orders/" + waiting.carrierShipment() + "/label")
                .isEmpty());
        push(platform.label(String.valueOf(waiting.carrierShipment())));
        ShipmentRow labelled = rig.settled(later, ShipmentState.LABELLED);
        List<NumberBook.External> numbers = rig.ledger.read(tx -> tx.numbers().of(labelled.id()));
        assertThat(numbers)
                .extracting(NumberBook.External::kind)
                .containsExactlyInAnyOrder("shipment", "tracking", "agent");
        assertThat(rig.charges(later)).contains("label_charge shipping 8.2");
        assertThat(rig.events(later)).contains("billing.charged", "order.labelled");

        assertThat(platform.sold()).isEqualTo(2);
        assertThat(await().until(rig::exceptions, found -> !found.isEmpty()))
                .extracting(ExceptionBook.Row::reason)
                .containsExactly("balance-low");
        assertThat(platform.complaints()).isEmpty();
    }

    @Test
    void a_label_that_is_pushed_beside_events_nobody_can_read_does_not_wait_for_them() {
        platform.pending = true;
        Taken later = rig.take(named("LATER Jane", Rig.order("SO-3", "1.2")));
        ShipmentRow waiting = rig.settled(later, ShipmentState.BOUGHT);
        await().until(() -> !platform.calls("/v1/orders/" + waiting.carrierShipment() + "/label")
                .isEmpty());
        String label = platform.label(String.valueOf(waiting.carrierShipment()));

        push("{\"events\":[{\"code\":\"IN\",\"trackingNo\":\"T1\",\"time\":\"soon\"}]," + label.substring(1));

        rig.settled(later, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).contains("hook-unreadable");
    }

    private void push(String body) {
        Accounts accounts = new Accounts(List.of(account));
        TrackingSettings rarely = new TrackingSettings(Duration.ofHours(1));
        Map<String, String> headers = Map.of("X-Sign", LabelPlatformServer.hmac(body));
        try (Tracking tracking = new Tracking(rig.ledger, accounts, rarely, () -> {}, rig.dispatch::arrived)) {
            tracking.take("fake", new Webhooks.Delivery(headers, body.getBytes(UTF_8)));
        }
    }

    private static ObjectNode named(String name, ObjectNode order) {
        ((ObjectNode) order.path("shipTo")).put("name", name);
        return order;
    }
}
