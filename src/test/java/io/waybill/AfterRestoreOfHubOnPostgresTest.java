package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.ledger.Database;
import io.waybill.ledger.PgManual;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole hub on PostgreSQL with two accounts at carriers that keep their books: backed up, worked with, and put back by
 * the commands and the steps of {@code docs/backup.md}. {@code first} is of class A, {@code second} of class B and proven.
 */
class AfterRestoreOfHubOnPostgresTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Database database = Stores.postgres();
    private final Map<String, SandboxServer> carriers = new TreeMap<>();
    private String config;
    private Hub hub;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(PgManual.isPossible());
        for (String account : List.of("first", "second")) {
            carriers.put(account, SandboxServer.start(folder.resolve(account + ".jsonl"), 0, SandboxPace.DEFAULT));
        }
        Files.createDirectories(folder.resolve("in"));
        config = Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%1$s/data
                        waybill.db.url=%2$s
                        waybill.db.user=%3$s
                        waybill.db.password=%4$s
                        waybill.http.port=0
                        account.first.adapter=sandbox
                        account.first.baseUrl=%5$s
                        account.first.settle=1s
                        account.second.adapter=sandbox
                        account.second.idempotency=B
                        account.second.lookUpProven=true
                        account.second.baseUrl=%6$s
                        account.second.settle=100ms
                        service.ground=first:ground
                        service.express=second:express
                        defaults.namespace=acme
                        defaults.shipFrom.name=Acme Depot
                        defaults.shipFrom.line1=500 Depot Rd
                        defaults.shipFrom.city=Austin
                        defaults.shipFrom.state=TX
                        defaults.shipFrom.postalCode=78701
                        defaults.shipFrom.country=US
                        source.api.onChange=replace
                        source.acme-csv.folder=%1$s/in
                        source.acme-csv.mapping=acme-orders
                        source.acme-csv.still=200
                        """.formatted(
                                folder,
                                database.url(),
                                database.user(),
                                database.password(),
                                carriers.get("first").url(),
                                carriers.get("second").url()))
                .toString();
    }

    @AfterEach
    void stop() throws Exception {
        if (hub != null) {
            hub.close();
        }
        for (SandboxServer carrier : carriers.values()) {
            carrier.close();
        }
    }

    @Test
    void nothing_is_bought_twice_and_every_label_of_the_lost_time_is_known_again() throws Exception {
        hub = hub();
        send("B-GROUND", "ground", "Jane Roe");
        send("B-EXPRESS", "express", "Jane Roe");
        send("B-VOIDED", "ground", "Jane Roe");
        send("B-DOUBT", "ground", "SANDBOX:DROP Jane Roe");
        becomes("B-DOUBT", "unresolved");
        run("account", "off", "first");
        for (String waiting : List.of("B-WAITS", "B-CANCELLED", "B-MOVED")) {
            send(waiting, "ground", "Jane Roe");
            becomes(waiting, "ready");
        }
        for (String labelled : List.of("B-GROUND", "B-EXPRESS", "B-VOIDED")) {
            becomes(labelled, "labelled");
        }
        Path dump = folder.resolve("monday.dump");
        run("backup", "--to", dump.toString());

        act("B-CANCELLED", "cancel");
        send("B-MOVED", "express", "Jane Roe");
        run("account", "on", "first");
        act("B-VOIDED", "void");
        send("L-GROUND", "ground", "Jane Roe");
        send("L-EXPRESS", "express", "Jane Roe");
        send("L-LOST", "express", "SANDBOX:LOSE-ANSWER Jane Roe");
        send("L-VOIDED", "express", "Jane Roe");
        send("L-MOVED", "ground", "SANDBOX:REFUSE Jane Roe");
        becomes("L-MOVED", "refused");
        send("L-MOVED", "express", "Jane Roe");
        drop("L-ERP");
        List<String> labelled = List.of(
                "B-GROUND",
                "B-EXPRESS",
                "B-DOUBT",
                "B-WAITS",
                "B-MOVED",
                "L-GROUND",
                "L-EXPRESS",
                "L-LOST",
                "L-MOVED",
                "L-ERP");
        for (String order : labelled) {
            becomes(order, "labelled");
        }
        becomes("L-VOIDED", "labelled");
        act("L-VOIDED", "void");
        becomes("L-VOIDED", "voided");
        becomes("B-VOIDED", "voided");
        Map<String, String> before = numbers(labelled);
        assertThat(live())
                .containsOnlyKeys(labelled)
                .allSatisfy((order, labels) -> assertThat(labels).isOne());
        hub.close();

        PgManual.putBack(database, dump);
        run("restore", "--mark", dump.toString());
        run("keys", "list");
        run("account", "off", "--all");
        hub = hub();
        for (String order : List.of("L-GROUND", "B-WAITS")) {
            send(order, "ground", "Jane Roe");
        }
        for (String order : List.of("L-EXPRESS", "L-VOIDED", "L-MOVED", "B-MOVED")) {
            send(order, "express", "Jane Roe");
        }
        send("L-LOST", "express", "SANDBOX:LOSE-ANSWER Jane Roe");
        drop("L-ERP");
        becomes("L-ERP", "ready");
        act("B-CANCELLED", "cancel");
        act("L-VOIDED", "cancel");
        act("B-VOIDED", "void");
        assertThat(run("exceptions").out()).contains("restore-not-done");
        run("account", "on", "--all");
        run("account", "on", "first");

        for (String order : labelled) {
            becomes(order, "labelled");
        }
        assertThat(run("restore", "--done").out()).contains("0 purchases that waited");
        assertThat(numbers(labelled)).isEqualTo(before);
        assertThat(live())
                .containsOnlyKeys(labelled)
                .allSatisfy((order, labels) -> assertThat(labels).isOne());
        becomes("B-VOIDED", "voided");
        becomes("B-CANCELLED", "cancelled");
        becomes("L-VOIDED", "cancelled");
        assertThat(run("exceptions").out()).doesNotContain("restore-not-done", "purchase-unresolved");
    }

    private Hub hub() {
        return Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()));
    }

    private void send(String orderId, String service, String name) throws Exception {
        HttpResponse<String> answer = post("/v1/orders", """
                {"orderId": "%s", "service": "%s",
                 "shipTo": {"name": "%s", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}""".formatted(orderId, service, name));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }

    /** A file of one order; the same again for the same order. */
    private void drop(String orderId) throws Exception {
        String[] lines = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"), StandardCharsets.ISO_8859_1)
                .split("\\R");
        String row = orderId + lines[1].substring(lines[1].indexOf(';'));
        Path hidden = Files.writeString(folder.resolve("in/" + orderId + ".part"), lines[0] + "\n" + row + "\n");
        Files.move(hidden, folder.resolve("in/" + orderId + ".csv"));
    }

    private void act(String orderId, String act) throws Exception {
        HttpResponse<String> answer =
                post("/v1/orders/" + order(orderId).path("id").asText() + "/" + act, "");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }

    private void becomes(String orderId, String status) {
        await(orderId + " " + status)
                .atMost(LONG)
                .until(() -> order(orderId).path("status").asText().equals(status));
    }

    private JsonNode order(String orderId) throws Exception {
        return get("/v1/orders?orderId=" + orderId).at("/items/0");
    }

    private Map<String, String> numbers(List<String> orders) throws Exception {
        Map<String, String> numbers = new TreeMap<>();
        for (String order : orders) {
            JsonNode whole = get("/v1/orders/" + order(order).path("id").asText());
            numbers.put(order, whole.at("/shipments/0/trackingNumbers").toString());
        }
        return numbers;
    }

    /** How many labels of each order its carriers know that were not given back. */
    private Map<String, Integer> live() throws Exception {
        Map<String, Integer> live = new TreeMap<>();
        for (SandboxServer carrier : carriers.values()) {
            HttpRequest.Builder book = HttpRequest.newBuilder(carrier.url().resolve("/v1/book"))
                    .header("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN);
            ObjectNode orders = (ObjectNode) get(book).path("orders");
            orders.properties().forEach(order -> {
                int labels = order.getValue().path("sold").asInt()
                        - order.getValue().path("voided").asInt();
                if (labels > 0) {
                    live.merge(order.getKey(), labels, Integer::sum);
                }
            });
        }
        return live;
    }

    private JsonNode get(String path) throws Exception {
        return get(HttpRequest.newBuilder(hub.address().resolve(path)));
    }

    private static JsonNode get(HttpRequest.Builder call) throws Exception {
        HttpResponse<String> answer = HTTP.send(call.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(hub.address().resolve(path))
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private CommandRun run(String... words) {
        CommandRun run =
                CommandRun.of(Stream.concat(Arrays.stream(words), Stream.of("--config", config, "--lang", "en"))
                        .toArray(String[]::new));
        assertThat(run.code()).as(String.join(" ", words) + "\n" + run.err()).isZero();
        return run;
    }
}
