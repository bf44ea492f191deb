package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.easypost.EasyPostServer;
import io.waybill.carrier.yunexpress.YunExpressServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label platforms behind the purchase protocol: labels come after the purchase, refunds after days. */
class PlatformsThroughTheHubTest {
    @TempDir
    Path folder;

    private final EasyPostServer easypost = new EasyPostServer();
    private final YunExpressServer yun = new YunExpressServer();
    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start(
                Stores.h2(folder),
                account("fake", "easypost", "baseUrl=" + easypost.url(), "apiKey=env:KEY"),
                account(
                        "yun",
                        "yunexpress",
                        "baseUrl=" + yun.url(),
                        "appId=env:ID",
                        "appSecret=env:SECRET",
                        "sourceKey=env:SOURCE",
                        "duplicateProven=true"));
    }

    private static Account account(String name, String adapter, String... lines) {
        StringBuilder text = new StringBuilder("account." + name + ".adapter=" + adapter + "\n");
        List.of(lines).forEach(line -> text.append("account." + name + "." + line + "\n"));
        Map<String, String> environment = Map.of(
                "KEY", EasyPostServer.KEY,
                "ID", YunExpressServer.ID,
                "SECRET", YunExpressServer.SECRET,
                "SOURCE", YunExpressServer.KEY);
        return new Account(
                name,
                adapter,
                new Carriers()
                        .open(
                                name,
                                Settings.of(text.toString(), environment)
                                        .section("account")
                                        .section(name)),
                Set.of(),
                4,
                Duration.ofMillis(50),
                "on_creation",
                false);
    }

    @AfterEach
    void stop() {
        rig.close();
        easypost.close();
        yun.close();
    }

    @Test
    void lost_answers_are_settled_late_labels_come_and_a_refund_is_asked_for_once() {
        Taken posted = rig.take(order("SO-1", "fake", "easypost:usps_ground_advantage", "LOSE Roe"));
        Taken flown = rig.take(goods(order("SO-2", "yun", "yunexpress:BKZXR", "LOSE Roe")));
        Taken late = rig.take(goods(order("SO-3", "yun", "yunexpress:BKZXR", "LATER Roe")));

        assertThat(List.of(posted, flown, late)).flatExtracting(Taken::problems).isEmpty();
        ShipmentRow label = rig.settled(posted, ShipmentState.LABELLED);
        assertThat(label.carrierShipment()).startsWith("shp_");
        assertThat(rig.charges(posted))
                .containsExactlyInAnyOrder("label_charge shipping 5.93", "label_charge additional_fees 0.01");
        assertThat(tracking(rig.settled(flown, ShipmentState.LABELLED)))
                .singleElement()
                .asString()
                .startsWith("LE");
        ShipmentRow waybill = rig.settled(late, ShipmentState.LABELLED);
        assertThat(tracking(waybill)).containsExactly(waybill.carrierShipment());
        assertThat(yun.calls("/v1/order/package/create")).hasSize(2);

        rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops");

        ShipmentRow voiding = rig.settled(posted, ShipmentState.VOIDING);
        assertThat(voiding.due()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        assertThat(easypost.calls("/v2/shipments/" + label.carrierShipment() + "/refund"))
                .hasSize(1);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(easypost.complaints()).isEmpty();
        assertThat(yun.complaints()).isEmpty();
    }

    private List<String> tracking(ShipmentRow shipment) {
        return rig.ledger.read(tx -> tx.numbers().tracking(shipment.id()));
    }

    private static ObjectNode order(String id, String account, String service, String name) {
        ObjectNode order = Rig.order(id, "1.2").put("account", account).put("service", service);
        ((ObjectNode) order.path("shipTo")).put("name", name);
        return order;
    }

    private static ObjectNode goods(ObjectNode order) {
        ObjectNode item = order.putArray("items").addObject();
        item.put("description", "Cotton shirt").put("descriptionLocal", "棉衬衫").put("quantity", 1);
        item.putObject("unitPrice").put("amount", "9.90").put("currency", "USD");
        return order;
    }
}
