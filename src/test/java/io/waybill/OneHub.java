package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Database;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A whole hub with the sandbox carrier and one folder of CSV orders, {@code in}. */
final class OneHub implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Path in;
    private final Hub hub;

    OneHub(Path folder, Database database, String settings) throws Exception {
        in = Files.createDirectories(folder.resolve("in"));
        int sandbox = FreePort.next();
        hub = Hub.start(Settings.of(
                """
                waybill.data=%1$s/data
                waybill.db.url=%3$s
                waybill.db.user=%4$s
                waybill.db.password=%5$s
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%2$d
                account.sandbox.settle=200ms
                dispatch.sendWithin=30s
                service.ground=sandbox:ground
                service.express=sandbox:express
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                source.acme-csv.folder=%1$s/in
                source.acme-csv.mapping=acme-orders
                source.acme-csv.still=200
                """.formatted(folder, sandbox, database.url(), database.user(), database.password()) + settings));
    }

    HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(to(path).build(), BodyHandlers.ofString());
    }

    /** With headers by name and value. */
    HttpResponse<String> send(String path, String... headers) throws Exception {
        return HTTP.send(to(path).headers(headers).build(), BodyHandlers.ofString());
    }

    URI address() {
        return hub.address();
    }

    JsonNode json(String path) throws Exception {
        return Json.mapper().readTree(get(path).body());
    }

    HttpResponse<String> post(String orderId) throws Exception {
        return HTTP.send(order(orderId), BodyHandlers.ofString());
    }

    /** An order as JSON, with headers by name and value. */
    HttpResponse<String> postBody(String json, String... headers) throws Exception {
        return postTo("/v1/orders", json, headers);
    }

    HttpResponse<String> postTo(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder call = to(path).POST(BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? call : call.headers(headers)).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postLater(String orderId) {
        return HTTP.sendAsync(order(orderId), BodyHandlers.ofString());
    }

    /** A file of one order, dropped at once. */
    Path drop(String orderId) throws Exception {
        Path sample = Path.of("mappings/acme-orders/two-lines.csv");
        String[] lines = Files.readString(sample, StandardCharsets.ISO_8859_1).split("\\R");
        String row = orderId + lines[1].substring(lines[1].indexOf(';'));
        Path hidden = Files.writeString(in.resolve(orderId + ".part"), lines[0] + "\n" + row + "\n");
        return Files.move(hidden, in.resolve(orderId + ".csv"));
    }

    String statusOf(String orderId) throws Exception {
        return json("/v1/orders?orderId=" + orderId).at("/items/0/status").asText();
    }

    private HttpRequest order(String orderId) {
        return to("/v1/orders")
                .header("Accept-Language", "zh")
                .POST(BodyPublishers.ofString("""
                        {"orderId": "%s", "service": "ground",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".formatted(orderId)))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(hub.address().resolve(path));
    }

    @Override
    public void close() {
        hub.close();
    }
}
