package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub is backed up, sells, loses its disk and is restored, while the carrier keeps its book; as a person types it. */
class StoreCommandsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private SandboxServer sandbox;
    private String config;

    @BeforeEach
    void start() throws IOException {
        sandbox = SandboxServer.start(folder.resolve("book.jsonl"), 0, SandboxPace.DEFAULT);
        config = Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%s
                        waybill.routes.dir=%s
                        waybill.http.port=0
                        account.sandbox.adapter=sandbox
                        account.sandbox.baseUrl=http://127.0.0.1:%d
                        account.sandbox.settle=100ms
                        service.ground=sandbox:ground
                        defaults.namespace=acme
                        defaults.shipFrom.name=Acme Depot
                        defaults.shipFrom.line1=500 Depot Rd
                        defaults.shipFrom.city=Austin
                        defaults.shipFrom.state=TX
                        defaults.shipFrom.postalCode=78701
                        defaults.shipFrom.country=US
                        """.formatted(
                                folder.resolve("data"), folder.resolve("routes"), sandbox.port()))
                .toString();
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void orders_sent_again_after_a_restore_get_the_label_they_had() throws Exception {
        Path backup = folder.resolve("monday.zip");
        String before;
        try (Hub hub = hub()) {
            number(send(hub, "S-1"));
            CommandRun made = run("backup", "--to", backup.toString());
            assertThat(made.err()).isEmpty();
            assertThat(made.out()).contains("Backed up to " + backup);
            assertThat(run("backup", "--to", backup.toString()).err()).contains("is there already");
            before = number(send(hub, "S-2"));
            assertThat(run("restore", backup.toString()).err()).contains("a hub runs on");
        }
        assertThat(run("restore", backup.toString()).err()).contains("there is a database at");
        CommandRun restored = run("restore", backup.toString(), "--force");
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out()).contains("is kept as", "Restored from");

        try (Hub hub = hub()) {
            assertThat(number(send(hub, "S-2"))).isEqualTo(before);
            assertThat(sold()).isEqualTo(2);
            assertThat(run("exceptions").out()).contains("restore-not-done");
            assertThat(run("restore", "--done").out()).contains("0 purchases that waited");
            assertThat(run("exceptions").out()).doesNotContain("restore-not-done");
            assertThat(acts(hub)).contains("hub.started", "restore.done", "database.restored");
        }
        assertThat(sold()).isEqualTo(2);
    }

    @Test
    void a_person_is_forgotten_while_the_hub_runs_and_while_it_does_not() throws Exception {
        String first;
        try (Hub hub = hub()) {
            first = send(hub, "S-3").path("id").asText();
            send(hub, "S-4");
            CommandRun erased = run("erase", "--order", first);
            assertThat(erased.err()).isEmpty();
            assertThat(erased.out()).contains("its recipient is forgotten");
            JsonNode story = get(hub, "/v1/orders/" + first);
            assertThat(story.path("status").asText()).isEqualTo("labelled");
            assertThat(story.toString()).contains("\"787\"").doesNotContain("Jane Roe");
            assertThat(acts(hub)).contains("order.erased");
        }
        assertThat(run("erase", "--order", "S-4").out()).contains("its recipient is forgotten");
        assertThat(run("erase", "--order", "S-5").out()).contains("names 0 orders");
        assertThat(run("erase", "--namespace", "acme").out()).contains("0 orders erased");
        assertThat(run("erase").code()).isEqualTo(2);
    }

    @Test
    void without_a_hub_the_database_is_backed_up_and_marked_too() {
        CommandRun.begin(config);
        CommandRun made = run("backup");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains(folder.resolve("data/backups").toString());
        assertThat(run("restore", "--mark").out())
                .contains("Marked as restored")
                .doesNotContain("is not here");
        assertThat(run("restore", "--mark", "gone.dump").out())
                .contains("Marked as restored", "gone.dump is not here: nothing was read from it");
        assertThat(run("exceptions").out()).contains("restore-not-done");
        assertThat(run("restore", "--done").code()).isZero();
        assertThat(run("restore").code()).isEqualTo(2);
    }

    private Hub hub() {
        return Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()));
    }

    private static JsonNode send(Hub hub, String orderId) throws Exception {
        String order = """
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}""".formatted(orderId);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(hub.address().resolve("/v1/orders"))
                        .header("Prefer", "wait=60")
                        .POST(HttpRequest.BodyPublishers.ofString(order))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.mapper().readTree(answer.body());
    }

    private static String number(JsonNode order) {
        String number = order.at("/shipments/0/trackingNumbers/0").asText();
        assertThat(number).isNotEmpty();
        return number;
    }

    private static List<String> acts(Hub hub) throws Exception {
        return get(hub, "/v1/audit").findValuesAsText("act");
    }

    private static JsonNode get(Hub hub, String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(hub.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private int sold() throws Exception {
        HttpResponse<String> book = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox.port() + "/v1/book"))
                        .header("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return Json.mapper().readTree(book.body()).path("sold").asInt();
    }

    private CommandRun run(String verb, String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.concat(Stream.of(verb), Arrays.stream(more)),
                        Stream.of("--config", config, "--lang", "en"))
                .toArray(String[]::new));
    }
}
