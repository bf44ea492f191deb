package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.ups.UpsServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real adapter behind the purchase protocol, against a server that plays the carrier. */
class UpsThroughTheHubTest {
    @TempDir
    Path folder;

    private final UpsServer ups = new UpsServer();
    private Rig rig;
    private Account account;

    @BeforeEach
    void start() {
        Settings settings = Settings.of(
                """
                account.fake.adapter=ups
                account.fake.number=X12345
                account.fake.baseUrl=%s
                account.fake.clientId=env:ID
                account.fake.clientSecret=env:SECRET
                account.fake.webhookCredential=env:HOOK
                """.formatted(ups.url()), Map.of("ID", UpsServer.ID, "SECRET", UpsServer.SECRET, "HOOK", "told"));
        Carrier carrier =
                new Carriers().open("fake", settings.section("account").section("fake"));
        account = new Account("fake", "ups", carrier, Set.of(), 4, Duration.ofMillis(50), "on_creation", false);
        rig = Rig.start(Stores.h2(folder), account);
    }

    @AfterEach
    void stop() {
        rig.close();
        ups.close();
    }

    @Test
    void a_label_is_bought_once_a_lost_one_is_found_and_a_push_moves_it() throws Exception {
        Taken bought = rig.take(Rig.order("SO-1", "1.2"));
        Taken lost = rig.take(named("LOSE Jane", Rig.order("SO-2", "1.2")));
        ShipmentRow first = rig.settled(bought, ShipmentState.LABELLED);
        ShipmentRow second = rig.settled(lost, ShipmentState.LABELLED);

        assertThat(ups.calls("/api/shipments/v2409/ship")).hasSize(2);
        assertThat(rig.charges(bought))
                .contains(
                        "label_charge fuel_charge 1.11",
                        "label_charge additional_fees 2",
                        "label_charge shipping 9.23");
        assertThat(rig.ledger
                        .read(tx -> tx.labels().label(second.id(), 1, "PDF"))
                        .isPresent())
                .isTrue();
        assertThat(rig.exceptions()).isEmpty();

        String number = rig.ledger.read(tx -> tx.numbers().tracking(first.id())).get(0);
        push("told", number);
        await().until(() -> rig.events(bought).contains("tracking.updated"));
        assertThatThrownBy(() -> push("guessed", number)).isInstanceOf(ProblemException.class);
        assertThat(ups.complaints()).isEmpty();
    }

    @Test
    void the_report_of_a_parcel_of_high_value_is_printed_as_the_page_it_is_and_runs_nothing() throws Exception {
        byte[] page = "<html>high value</html>".getBytes(UTF_8);
        ups.sale = sold -> {
            ((ObjectNode) sold.at("/ShipmentResponse/ShipmentResults"))
                    .putArray("ControlLogReceipt")
                    .addObject()
                    .put("GraphicImage", page);
            return sold;
        };
        ShipmentRow shipment = rig.settled(rig.take(Rig.order("SO-9", "1.2")), ShipmentState.LABELLED);

        Answer paper = answered(
                "/shipments/{id}/papers/{kind}",
                Caller.LOCAL,
                "GET",
                Map.of("id", shipment.id(), "kind", "receipt"),
                Map.of(),
                "");

        assertThat(paper.body()).isEqualTo(page);
        assertThat(paper.mediaType()).isEqualTo("text/html");
        assertThat(paper.headers())
                .containsEntry(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    }

    /** Over the resource that stands at {@code /hooks/carriers/{account}}. */
    private void push(String credential, String number) throws Exception {
        String body = "{\"trackingNumber\":\"" + number
                + "\",\"gmtActivityDate\":\"20261124\",\"gmtActivityTime\":\"151500\","
                + "\"activityStatus\":{\"type\":\"I\",\"code\":\"OT\",\"description\":\"Out for Delivery\"}}";
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("credential", credential);
        String path = "/hooks/carriers/{account}";
        assertThat(answered(path, Caller.ANYONE, "POST", Map.of("account", "fake"), headers, body)
                        .status())
                .isEqualTo(200);
    }

    private Answer answered(
            String path,
            Caller caller,
            String method,
            Map<String, String> parameters,
            Map<String, String> headers,
            String body)
            throws Exception {
        Accounts accounts = new Accounts(List.of(account));
        try (Access access = Access.open(rig.ledger);
                Tracking tracking =
                        new Tracking(rig.ledger, accounts, new TrackingSettings(Duration.ofHours(1)), () -> {})) {
            Api api = rig.api(accounts, access, tracking);
            Resource resource = Stream.concat(api.open().stream(), api.resources(1).stream())
                    .filter(one -> one.path().equals(path))
                    .findFirst()
                    .orElseThrow();
            Request request = new Request(
                    "r1",
                    caller,
                    method,
                    path,
                    parameters,
                    Map.of(),
                    Map.of(),
                    headers,
                    body.getBytes(UTF_8),
                    null,
                    Locale.ENGLISH,
                    "hub.example",
                    "");
            return resource.handler().handle(request);
        }
    }

    private static ObjectNode named(String name, ObjectNode order) {
        ((ObjectNode) order.path("shipTo")).put("name", name);
        return order;
    }
}
