package io.waybill.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.Shared;
import io.waybill.TestFolders;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** One hub, with the routes and mappings that ship, between the sandbox carrier and every shop there is a connector for. */
final class ShopsHub implements AutoCloseable {
    static final String SECRET = "told-to-both";

    /** For those who sign by Standard Webhooks. */
    static final String STANDARD_SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("told-to-both-of-them-in-time".getBytes(UTF_8));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Shared<ShopsHub> RUNNING = new Shared<>(ShopsHub::another);

    final Map<String, FakeShop> shops;
    private final AtomicInteger numbers = new AtomicInteger(1000);
    private final Path data;
    private final Path invoices;
    private final Path bills;
    private final Hub hub;

    /** The same for every class of tests in this process. */
    static ShopsHub running(Class<?> test) throws Exception {
        return RUNNING.of(test);
    }

    private static ShopsHub another() throws IOException {
        return new ShopsHub(
                TestFolders.fresh("shops"),
                List.of(
                        new FakeWooCommerce(),
                        new FakeShopify(),
                        new FakeBigCommerce(),
                        new FakeMagento(),
                        new FakeOdoo()));
    }

    @Override
    public void close() {
        hub.close();
    }

    private ShopsHub(Path folder, List<FakeShop> all) throws IOException {
        shops = all.stream().collect(Collectors.toMap(FakeShop::name, shop -> shop));
        data = folder.resolve("data");
        invoices = Files.createDirectory(folder.resolve("invoices"));
        bills = Files.createDirectory(folder.resolve("bills"));
        int sandbox = FreePort.next();
        String settings = """
                waybill.data=%1$s
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                waybill.sandbox.trackingStep=2s
                tracking.every=200ms
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%2$d
                service.ground=sandbox:ground
                defaults.service=ground
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                source.ups-invoices.folder=%3$s
                source.ups-invoices.account=sandbox
                source.ups-invoices.still=100
                sink.acme-odoo-bills.namespaces=acme-odoo
                sink.acme-odoo-bills.events=journal.posted
                sink.acme-odoo-bills.folder=%4$s
                sink.acme-odoo-bills.batch=1s
                sink.acme-odoo-bills.backoffScale=0.001
                """.formatted(data, sandbox, invoices, bills);
        String each = all.stream().map(ShopsHub::settings).collect(Collectors.joining());
        hub = Hub.start(Settings.of(settings + each, Map.of("SHOP_SECRET", SECRET, "HOOK_SECRET", STANDARD_SECRET)));
    }

    private static String settings(FakeShop shop) {
        return """
                source.%1$s.namespace=%1$s
                source.%1$s.every=100
                system.%1$s.url=%2$s
                sink.%1$s.namespaces=%1$s
                sink.%1$s.backoffScale=0.001
                """.formatted(shop.name(), shop.url()) + shop.settings();
    }

    /** One no other test has. */
    int number() {
        return numbers.incrementAndGet();
    }

    JsonNode get(String path) throws Exception {
        return Json.mapper().readTree(send("GET", path, "").body());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder call = HttpRequest.newBuilder(hub.address().resolve(path));
        call.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? call : call.headers(headers)).build(), BodyHandlers.ofString());
    }

    /** The order as the hub has it; missing when it has none. */
    JsonNode order(FakeShop shop, String orderId) throws Exception {
        JsonNode found = get("/v1/orders?namespace=" + shop.name() + "&orderId=" + orderId)
                .at("/items/0");
        return found.isMissingNode()
                ? found
                : get("/v1/orders/" + found.path("id").asText());
    }

    /** Two boxes from the pack bench, which releases it. */
    void pack(JsonNode order) throws Exception {
        HttpResponse<String> answer = send(
                "PUT",
                "/v1/orders/" + order.path("id").asText() + "/parcels",
                "{\"parcels\":[{\"reference\":\"a\",\"weight\":{\"value\":1,\"unit\":\"kg\"}},"
                        + "{\"reference\":\"b\",\"weight\":{\"value\":2,\"unit\":\"kg\"}}]}");
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.body());
        }
    }

    /** What a carrier lays down to be paid. */
    void invoice(String name, byte[] file) throws IOException {
        Path hidden = Files.write(invoices.resolve("." + name), file);
        Files.move(hidden, invoices.resolve(name));
    }

    /** The vendor bills that lie there to be imported, file by file. */
    List<String> bills() {
        return FilesHub.texts(bills, ".csv").flatMap(String::lines).toList();
    }

    /** Every line of every receipt of a source. */
    List<String> receipts(FakeShop shop) {
        return FilesHub.texts(data.resolve("files/archive"), shop.name() + ".json.receipt.csv")
                .flatMap(String::lines)
                .toList();
    }
}
