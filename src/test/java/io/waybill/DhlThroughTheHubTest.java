package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.dhl_express.ExpressServer;
import io.waybill.carrier.dhl_parcel_de.PaketServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lost answers where the carrier prints nothing again (DHL Express) or cannot be asked at all (DHL Parcel DE). */
class DhlThroughTheHubTest {
    @TempDir
    Path folder;

    private final ExpressServer express = new ExpressServer();
    private final PaketServer paket = new PaketServer();
    private Rig rig;

    @BeforeEach
    void start() {
        Settings settings = Settings.of(
                """
                account.fake.adapter=dhl-express
                account.fake.number=123456789
                account.fake.baseUrl=%s
                account.fake.username=env:EX_USER
                account.fake.password=env:EX_SECRET
                account.paket.adapter=dhl-parcel-de
                account.paket.baseUrl=%s
                account.paket.apiKey=env:KEY
                account.paket.apiSecret=env:APP_SECRET
                account.paket.username=env:USER
                account.paket.password=env:SECRET
                account.paket.billingNumber.V01PAK=33333333330102
                account.paket.returnBillingNumber=33333333330701
                """.formatted(express.url(), paket.url()),
                Map.of(
                        "EX_USER", ExpressServer.USER,
                        "EX_SECRET", ExpressServer.SECRET,
                        "KEY", PaketServer.KEY,
                        "APP_SECRET", PaketServer.APP_SECRET,
                        "USER", PaketServer.USER,
                        "SECRET", PaketServer.SECRET));
        rig = Rig.start(
                Stores.h2(folder),
                account(settings, "fake", "dhl-express"),
                account(settings, "paket", "dhl-parcel-de"));
    }

    private static Account account(Settings settings, String name, String adapter) {
        Carrier carrier = new Carriers().open(name, settings.section("account").section(name));
        return new Account(name, adapter, carrier, Set.of(), 4, Duration.ofMillis(50), "on_creation", false);
    }

    @AfterEach
    void stop() {
        rig.close();
        express.close();
        paket.close();
    }

    @Test
    void a_lost_answer_is_told_to_a_person_and_nothing_is_bought_twice() {
        Taken lostExpress = rig.take(order("SO-1", "LOSE Jane", "dhl-express", "express_domestic"));
        Taken lostPaket = rig.take(order("SO-2", "LOSE Jane", "dhl-parcel-de", "paket"));
        Taken sold = rig.take(order("SO-3", "Jane Roe", "dhl-parcel-de", "paket"));

        await().untilAsserted(() -> assertThat(rig.exceptions())
                .extracting(ExceptionBook.Row::reason)
                .containsExactlyInAnyOrder("label-gone", "purchase-unresolved"));
        assertThat(rig.shipment(lostPaket).state()).isEqualTo(ShipmentState.REVIEW);
        ShipmentRow found = rig.shipment(lostExpress);
        assertThat(found.state()).isEqualTo(ShipmentState.BOUGHT);
        List<String> waybill = rig.ledger.read(tx -> tx.numbers().tracking(found.id()));
        assertThat(waybill).containsExactly(found.carrierShipment());

        ShipmentRow labelled = rig.settled(sold, ShipmentState.LABELLED);
        Optional<LabelBook.Paper> label = rig.ledger.read(tx -> tx.labels().label(labelled.id(), 1, "PDF"));
        assertThat(label)
                .as("the return label beside it does not come first")
                .hasValueSatisfying(paper -> assertThat(paper.kind()).isEqualTo("shipping_label"));

        assertThat(express.calls("/shipments")).hasSize(1);
        assertThat(paket.calls("/parcel/de/shipping/v2/orders")).hasSize(2);
        assertThat(express.complaints()).isEmpty();
        assertThat(paket.complaints()).isEmpty();
    }

    private static ObjectNode order(String orderId, String name, String carrier, String service) {
        ObjectNode order = Rig.order(orderId, "1.2");
        order.put("service", carrier + ":" + service);
        address(order, "shipTo", name);
        address(order, "shipFrom", "Acme Lager");
        return order;
    }

    private static void address(ObjectNode order, String field, String name) {
        order.putObject(field)
                .put("name", name)
                .put("line1", "Kurt-Schumacher-Str. 20")
                .put("city", "Bonn")
                .put("postalCode", "53113")
                .put("country", "DE")
                .put("phone", "+49 228 5550100");
    }
}
