package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.intake.Taken;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parcel by parcel at a carrier over HTTP that has a book of its own, and whose answers are lost. */
class SandboxPiecesTest {
    @TempDir
    Path folder;

    private SandboxServer sandbox;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        sandbox = SandboxServer.start(folder.resolve("book.jsonl"), 0, SandboxPace.DEFAULT);
        Settings settings = Settings.of("""
            account.fake.adapter=sandbox
            account.fake.baseUrl=%s
            account.fake.settle=200ms
            account.fake.answerTimeout=2s
            account.fake.parcels=1
            """.formatted(sandbox.url()));
        rig = Rig.start(Stores.h2(folder.resolve("hub")), new Accounts(settings.section("account"), new Carriers()));
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jane Roe",
                "SANDBOX:LOSE-ANSWER Jane Roe",
                "SANDBOX:SELL-503 Jane Roe",
                "SANDBOX:CUT Jane Roe",
                "SANDBOX:DROP Jane Roe"
            })
    void each_parcel_is_sold_once_whatever_becomes_of_the_answers(String recipient)
            throws IOException, InterruptedException {
        Taken taken = rig.take(order(recipient));

        List<ShipmentRow> pieces = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> rig.shipments(taken),
                        rows -> rows.size() == 3
                                && rows.stream().allMatch(row -> row.state() == ShipmentState.LABELLED));
        assertThat(book().path("sold").asInt()).isEqualTo(3);
        assertThat(book().path("orders").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("SP-1", "SP-1-2", "SP-1-3");
        assertThat(pieces).extracting(ShipmentRow::carrierShipment).doesNotHaveDuplicates();

        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(book().path("voided").asInt()).isEqualTo(3);
    }

    private JsonNode book() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sandbox.url().resolve("/v1/book"))
                .header("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN)
                .build();
        return Json.mapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private static ObjectNode order(String recipient) {
        ObjectNode order = Rig.order("SP-1", "1.2");
        ((ObjectNode) order.path("shipTo")).put("name", recipient);
        ArrayNode parcels = order.putArray("parcels");
        for (int i = 1; i <= 3; i++) {
            parcels.addObject().putObject("weight").put("value", i).put("unit", "kg");
        }
        return order;
    }
}
