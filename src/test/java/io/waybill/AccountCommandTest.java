package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch of a carrier account and the limits of a source, as people and callers meet them. */
class AccountCommandTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private String address;

    @Test
    void an_account_is_switched_off_and_on_beside_a_running_hub_and_survives_its_restart() throws Exception {
        String config = config();
        try (Hub hub = start(config)) {
            assertThat(account(config, "off", "sandbox", "--reason", "wrong\ntariff")
                            .out())
                    .contains("sandbox (sandbox) is off since", "by local: wrong");
            JsonNode order = post("/v1/orders", order("SO-1", "respond-async"), 202);
            assertThat(order.at("/pending/0/waitsFor").asText()).isEqualTo("account_on");
        }
        assertThat(account(config, "list").out()).contains("is off");
        try (Hub hub = start(config)) {
            assertThat(get("/v1/accounts").at("/items/0/on").asBoolean()).isFalse();
            assertThat(get("/v1/accounts").at("/items/0/off/reason").asText()).isEqualTo("wrong\ntariff");

            assertThat(account(config, "on", "sandbox").out()).contains("is on.");

            assertThat(post("/v1/orders", order("SO-1", "wait=30"), 200)
                            .path("status")
                            .asText())
                    .isEqualTo("labelled");
        }
    }

    @Test
    void every_account_is_stopped_at_once_and_an_unknown_one_is_refused() throws Exception {
        String config = config();
        CommandRun.begin(config);
        assertThat(account(config, "off", "--all").out()).contains("is off");
        CommandRun alone = account(config, "on", "sandbox");
        assertThat(alone.code()).isOne();
        assertThat(alone.err()).contains("stopped for every account", "./waybill account on --all");
        assertThat(account(config, "on", "--all").out()).contains("is on");
        CommandRun unknown = account(config, "off", "upps");
        assertThat(unknown.code()).isOne();
        assertThat(unknown.err()).contains("there is no account \"upps\"").contains("sandbox");
        assertThat(account(config, "off").code()).isEqualTo(2);
    }

    @Test
    void a_spending_limit_answers_429_and_when_to_come_back() throws Exception {
        try (Hub hub = start(config())) {
            post("/v1/orders?source=small", order("SO-1", "wait=30"), 201);

            HttpResponse<String> refused = send("/v1/orders?source=small", order("SO-2", "wait=30"));

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 86_400);
            assertThat(Json.mapper()
                            .readTree(refused.body())
                            .at("/errors/0/code")
                            .asText())
                    .isEqualTo("spending-limit");
            assertThat(get("/v1/orders?orderId=SO-2").path("items")).isEmpty();
            post("/v1/orders?source=small", order("SO-1", "wait=30"), 200);
        }
    }

    private Hub start(String config) {
        Hub hub = Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()));
        address = "http://127.0.0.1:" + hub.port();
        return hub;
    }

    private static HttpRequest.Builder order(String id, String prefer) {
        return HttpRequest.newBuilder().header("Prefer", prefer).POST(BodyPublishers.ofString("""
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}""".formatted(id)));
    }

    private JsonNode post(String path, HttpRequest.Builder request, int expected) throws Exception {
        HttpResponse<String> answer = send(path, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return Json.mapper().readTree(answer.body());
    }

    private JsonNode get(String path) throws Exception {
        return Json.mapper().readTree(send(path, HttpRequest.newBuilder()).body());
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.uri(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    private static CommandRun account(String config, String... words) {
        return CommandRun.of(Stream.concat(
                        Stream.concat(Stream.of("account"), Arrays.stream(words)),
                        Stream.of("--config", config, "--lang", "en"))
                .toArray(String[]::new));
    }

    private String config() throws IOException {
        int sandbox = FreePort.next();
        return Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%1$s/data
                        waybill.routes.dir=%1$s/routes
                        waybill.http.port=0
                        waybill.sandbox.start=true
                        waybill.sandbox.port=%2$d
                        account.sandbox.adapter=sandbox
                        account.sandbox.baseUrl=http://127.0.0.1:%2$d
                        service.ground=sandbox:ground
                        source.small.limit.labelsPerDay=1
                        defaults.namespace=acme
                        defaults.shipFrom.name=Acme Depot
                        defaults.shipFrom.line1=500 Depot Rd
                        defaults.shipFrom.city=Austin
                        defaults.shipFrom.state=TX
                        defaults.shipFrom.postalCode=78701
                        defaults.shipFrom.country=US
                        """.formatted(folder, sandbox))
                .toString();
    }
}
