package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.fedex.FedexServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FedEx behind the purchase protocol: it prints no label twice, and makes some of them later. */
class FedexThroughTheHubTest {
    @TempDir
    Path folder;

    private final FedexServer fedex = new FedexServer();
    private Rig rig;

    @BeforeEach
    void start() {
        Settings settings =
                Settings.of("""
                account.fake.adapter=fedex
                account.fake.number=740561073
                account.fake.baseUrl=%s
                account.fake.clientId=env:ID
                account.fake.clientSecret=env:SECRET
                """.formatted(fedex.url()), Map.of("ID", FedexServer.ID, "SECRET", FedexServer.SECRET));
        Carrier carrier =
                new Carriers().open("fake", settings.section("account").section("fake"));
        rig = Rig.start(
                Stores.h2(folder),
                new Account("fake", "fedex", carrier, Set.of(), 4, Duration.ofMillis(50), "on_creation", false));
    }

    @AfterEach
    void stop() {
        rig.close();
        fedex.close();
    }

    @Test
    void a_lost_label_is_found_given_back_and_bought_once_more_and_a_late_one_brings_its_numbers() {
        Taken lost = rig.take(named("LOSE Jane", Rig.order("SO-1", "1.2")));
        Taken late = rig.take(named("LATER Jane", Rig.order("SO-2", "1.2")));

        ShipmentRow second = rig.secondSettled(lost, ShipmentState.LABELLED);
        assertThat(rig.shipment(lost).state()).isEqualTo(ShipmentState.VOIDED);
        List<String> live = rig.ledger.read(tx -> tx.numbers().tracking(second.id()));
        assertThat(fedex.calls("/ship/v1/shipments/cancel"))
                .singleElement()
                .satisfies(call -> assertThat(live)
                        .doesNotContain(call.json().path("trackingNumber").asText()));

        ShipmentRow made = rig.settled(late, ShipmentState.LABELLED);
        assertThat(made.carrierShipment()).startsWith("job:");
        List<String> numbers = rig.ledger.read(tx -> tx.numbers().tracking(made.id()));
        assertThat(numbers)
                .singleElement()
                .satisfies(number -> assertThat(made.carrierShipment()).endsWith(number));

        assertThat(rig.charges(late)).contains("label_charge fuel_charge 1.27").hasSize(4);

        assertThat(fedex.calls("/ship/v1/shipments"))
                .filteredOn(call -> call.path().get(0).equals("/ship/v1/shipments"))
                .hasSize(3);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(fedex.complaints()).isEmpty();
    }

    private static ObjectNode named(String name, ObjectNode order) {
        ((ObjectNode) order.path("shipTo")).put("name", name);
        return order;
    }
}
