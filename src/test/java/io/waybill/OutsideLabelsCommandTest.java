package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.cli.Desk;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sheet of labels bought elsewhere, at a terminal and over REST: once, matched to its invoice, and in the way of a purchase. */
class OutsideLabelsCommandTest {
    private static final String DAY = "2026-11-16";

    @TempDir
    Path folder;

    @Test
    void a_sheet_of_them_is_taken_in_once_matched_to_its_invoice_and_blocks_a_purchase() throws Exception {
        String config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                source.portal.mapping=outside-labels
                source.portal.namespace=default
                source.orders.mapping=acme-orders
                """.formatted(folder.resolve("data")))
                .toString();
        CommandRun.begin(config);
        Path file = Path.of("mappings/outside-labels/two.csv");

        assertThat(run(config, file, "orders").err()).contains("acme-orders", "shipment-import/1");
        assertThat(run(config, file, "local").err())
                .contains("source local has no mapping", "shipment-import/1")
                .doesNotContain("null");
        CommandRun first = run(config, file, "portal");
        assertThat(first.out()).contains("2 taken in, 0 known already, 0 bad");
        assertThat(first.code()).isZero();

        Path bill = Files.write(
                folder.resolve("nov.csv"),
                new UpsFile()
                        .charge("I-1", "WB0009001", DAY, Charge.transport("8.40"))
                        .bytes());
        try (Desk desk = new HubWiring().desk(Settings.read(Path.of(config), Map.of(), Map.of()))) {
            JsonNode invoice = desk.call(
                            "post", "/invoices?carrier=ups&account=sandbox", Files.readAllBytes(bill), Locale.ENGLISH)
                    .body()
                    .at("/items/0");
            assertThat(invoice.path("matchedPercent").asText()).isEqualTo("100.0");
            assertThat(invoice.path("variance").asText()).isEqualTo("0.00");

            Desk.Reply bought = post(desk, "/orders", """
                    {"orderId": "SO-9001", "service": "sandbox:ground",
                     "shipFrom": {"name": "Acme", "line1": "500 Depot Rd", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US"},
                     "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US"},
                     "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""");
            assertThat(bought.status()).isEqualTo(409);
            assertThat(bought.body().at("/errors/0/code").asText()).isEqualTo("already-shipped-elsewhere");

            String one = """
                    {"orderId": "SO-9003", "account": "sandbox", "trackingNumber": "WB0009003", "date": "2026-11-18", "system": "portal"}""";
            assertThat(post(desk, "/shipments/import", one).status()).isEqualTo(201);
            Desk.Reply again = post(desk, "/shipments/import", one);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body().path("status").asText()).isEqualTo("labelled");
            assertThat(again.body().at("/shipments/0/imported").asBoolean()).isTrue();
            String shipment = again.body().at("/shipments/0/id").asText();
            assertThat(desk.call("get", "/shipments/" + shipment + "/label", new byte[0], Locale.ENGLISH)
                            .status())
                    .isEqualTo(404);
            assertThat(post(desk, "/shipments/" + shipment + "/void", "").status())
                    .isEqualTo(409);
            Desk.Reply bad = post(desk, "/shipments/import", one.replace("2026-11-18", "18.11.2026"));
            assertThat(bad.status()).isEqualTo(422);
            assertThat(bad.body().at("/errors/0/pointer").asText()).isEqualTo("/date");
            assertThat(post(
                                    desk,
                                    "/shipments/import",
                                    one.replace("9003", "9009").replace("WB0009009", "WB0009003"))
                            .status())
                    .isEqualTo(409);
        }
    }

    private static Desk.Reply post(Desk desk, String path, String body) {
        return desk.call("post", path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }

    private static CommandRun run(String config, Path file, String source) {
        return CommandRun.of(
                "import", file.toString(), "--source", source, "--shipments", "--config", config, "--lang", "en");
    }
}
