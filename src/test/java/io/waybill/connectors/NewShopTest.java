package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.HubWiring;
import io.waybill.cli.Commands;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/connectors/new-shop.md line by line, and then ships an order of the shop it connects. */
class NewShopTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SECRET = "fern-hook";

    @TempDir
    static Path folder;

    private static FakeFern shop;
    private static Hub hub;

    @BeforeAll
    static void follow_the_page() throws Exception {
        shop = new FakeFern();
        for (String name : List.of("mappings", "routes", "config")) {
            copy(name);
        }
        List<String> lines = lines();
        assertThat(lines).as("ten minutes of typing").hasSizeBetween(50, 110);
        List<String> shell = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("./waybill ")) {
                shell.add(line);
                continue;
            }
            run(shell);
            shell.clear();
            waybill(line);
        }
        hub = Hub.start(Settings.read(config(), variables(), Map.of()));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void an_order_that_is_asked_for_is_weighed_and_the_shop_has_number_and_cost() throws Exception {
        shop.put(101, "paid");
        JsonNode order = arrived("F-101");
        assertThat(order.path("status").asText()).isEqualTo("held");

        send("PUT", "/v1/orders/" + order.path("id").asText() + "/parcels", parcels());
        soon(() -> assertThat(shop.shipment("F-101").at("/numbers/0").asText())
                .isEqualTo(order("F-101").at("/shipments/0/trackingNumbers/0").asText())
                .isNotEmpty());
        assertThat(shop.shipment("F-101").path("cost").asText())
                .isEqualTo(order("F-101").at("/shipments/0/total/amount").asText());
    }

    @Test
    void an_order_that_is_pushed_is_taken_in_once_and_only_when_it_is_signed() throws Exception {
        String pushed = FakeFern.order(102, "paid").toString();

        assertThat(push(pushed, signature(pushed + " ")).statusCode()).isEqualTo(401);
        assertThat(push(pushed, signature(pushed)).statusCode()).isEqualTo(200);
        assertThat(push(pushed, signature(pushed)).statusCode()).isEqualTo(200);
        assertThat(order("F-102").path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void an_order_called_off_in_the_shop_is_cancelled() throws Exception {
        shop.put(103, "paid");
        arrived("F-103");
        shop.put(103, "cancelled");
        soon(() -> assertThat(order("F-103").path("status").asText()).isEqualTo("cancelled"));
    }

    /** Every line of the page that is typed before the hub is started. */
    private static List<String> lines() throws IOException {
        String page = Files.readString(Path.of("docs/connectors/new-shop.md"));
        return page.substring(page.indexOf("## 2. "), page.indexOf("The check names"))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .toList();
    }

    private static void run(List<String> lines) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-eu", "-c", String.join("\n", lines))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("shell.log").toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue())
                .as(Files.readString(folder.resolve("shell.log")))
                .isZero();
    }

    /** The command as the page has it, in the folder the page is followed in. */
    private static void waybill(String line) throws IOException {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.remove(0);
        words.replaceAll(
                word -> word.startsWith("mappings/") ? folder.resolve(word).toString() : word);
        words.addAll(List.of("--lang", "en", "--config", config().toString()));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int code = Commands.run(words.toArray(String[]::new), new HubWiring(), out, out);
        assertThat(code).as(line + "\n" + said).isZero();
        assertThat(said.toString()).doesNotContainPattern("not in use.*fern").doesNotContain("1 warning");
    }

    /** The settings of the page, of a hub that stays in this folder and asks this shop. */
    private static Path config() throws IOException {
        Path config = folder.resolve("config/waybill.properties");
        String settings = Files.readString(config)
                .replace("waybill.routes.dir=routes", "waybill.routes.dir=" + folder + "/routes")
                .replace("waybill.mappings.dir=mappings", "waybill.mappings.dir=" + folder + "/mappings")
                .replace("=file:secrets/", "=file:" + folder + "/secrets/")
                .replace("waybill.data=data", "waybill.data=" + folder + "/data");
        return Files.writeString(config, settings);
    }

    private static Map<String, String> variables() {
        int sandbox = FreePort.next();
        return Map.of(
                "WAYBILL_SYSTEM_FERN_URL",
                shop.system.url(),
                "WAYBILL_SOURCE_FERN_EVERY",
                "100",
                "WAYBILL_HTTP_PORT",
                "0",
                "WAYBILL_SANDBOX_PORT",
                String.valueOf(sandbox),
                "WAYBILL_ACCOUNT_SANDBOX_BASEURL",
                "http://127.0.0.1:" + sandbox);
    }

    private static void copy(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(name))) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    private static String parcels() {
        return "{\"parcels\": [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}]}";
    }

    private static JsonNode arrived(String orderId) throws Exception {
        soon(() -> assertThat(order(orderId).path("id").asText()).startsWith("ord_"));
        return order(orderId);
    }

    private static JsonNode order(String orderId) throws Exception {
        JsonNode found = Json.mapper()
                .readTree(send("GET", "/v1/orders?namespace=fern&orderId=" + orderId, "")
                        .body());
        return found.at("/items/0");
    }

    private static HttpResponse<String> push(String body, String signature) throws Exception {
        return send("POST", "/hooks/sources/fern", body, "X-Fern-Signature", "sha256=" + signature);
    }

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder call = HttpRequest.newBuilder(hub.address().resolve(path));
        call.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? call : call.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static void soon(ThrowingRunnable fact) {
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(fact);
    }
}
