package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.waybill.ledger.Database;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole hub with the shipped routes and mappings: files and table rows in, the OMS's webhook, the WMS's file and the
 * ERP's rows back, with the OMS's and ERP's tables on the store under test.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ThreeWaysContract {
    private final WireMockServer oms =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private Path folder;
    private Jdbi tables;
    private Hub hub;

    /** A database of another system. */
    abstract Database database(Path folder);

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("wms"));
        oms.start();
        oms.stubFor(WireMock.post("/hook").willReturn(WireMock.noContent()));
        Database database = database(folder);
        tables = Jdbi.create(database.url(), database.user(), database.password());
        tables.useHandle(handle -> {
            handle.execute("""
                    CREATE TABLE oms_order (order_no VARCHAR(40) PRIMARY KEY, recipient VARCHAR(100), street VARCHAR(100),
                        city VARCHAR(100), state VARCHAR(20), zip VARCHAR(20), country VARCHAR(40), phone VARCHAR(40),
                        service VARCHAR(20), sku VARCHAR(40), qty INTEGER, weight_g INTEGER,
                        waybill_taken TIMESTAMP, waybill_result VARCHAR(1000))""");
            handle.execute("""
                    CREATE TABLE label_cost (event_id VARCHAR(40), line_no INTEGER, order_id VARCHAR(200), shipment_id VARCHAR(40),
                        tracking_number VARCHAR(100), charge_type VARCHAR(40), amount NUMERIC(19, 4), currency VARCHAR(3),
                        cost_centre VARCHAR(20), PRIMARY KEY (event_id, line_no))""");
        });
        hub = Hub.start(Settings.of(settings(database)));
    }

    private String settings(Database database) throws IOException {
        int sandbox = FreePort.next();
        return """
                waybill.data=%1$s/data
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                waybill.sandbox.trackingStep=200ms
                tracking.every=200ms
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%2$d
                service.ground=sandbox:ground
                service.express=sandbox:express
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                datasource.other.url=%3$s
                datasource.other.user=%4$s
                datasource.other.password=%5$s
                source.oms-sql.datasource=other
                source.oms-sql.mapping=oms-order-row
                source.oms-sql.every=200
                source.acme-csv.folder=%1$s/in
                source.acme-csv.mapping=acme-orders
                source.acme-csv.still=200
                sink.acme-oms.namespaces=acme
                sink.acme-oms.url=http://127.0.0.1:%6$d/hook
                sink.acme-oms.secret=whsec_c2VjcmV0IG9mIHRoZSBhY21lIG9tcyBmb3IgdGVzdHM=
                sink.acme-wms.namespaces=acme
                sink.acme-wms.events=order.labelled
                sink.acme-wms.mapping=wms-label
                sink.acme-wms.folder=%1$s/wms
                sink.acme-erp.namespaces=acme
                sink.acme-erp.events=billing.charged
                sink.acme-erp.mapping=erp-charge
                sink.acme-erp.datasource=other
                """.formatted(folder, sandbox, database.url(), database.user(), database.password(), oms.port());
    }

    @AfterAll
    void stop() {
        hub.close();
        oms.stop();
    }

    @Test
    void every_shipped_route_and_mapping_loads() {
        assertThat(hub.routes().problems()).isEmpty();
        assertThat(hub.routes().loaded())
                .contains("sources/oms-sql.yaml", "sources/acme-csv.yaml", "sinks/acme-erp.yaml");
    }

    @Test
    void a_row_of_the_oms_becomes_a_label_and_comes_back_to_oms_wms_and_erp() throws IOException {
        row("SQL-1", "Ann Poe", "78701");

        await().until(() -> costs("SQL-1").size() == 2);
        await().until(() -> calls("SQL-1", "order.labelled") == 1);
        await().until(() -> wmsFiles("SQL-1").size() == 1);
        await().until(() -> calls("SQL-1", "tracking.updated") > 0);
        assertThat(wmsFiles("SQL-1").get(0)).contains("order.labelled", "WB");
        assertThat(marked("SQL-1")).isEqualTo("accepted");
    }

    @Test
    void where_a_shipments_parcels_are_is_told_as_its_order_tells_it() throws Exception {
        row("SQL-3", "Ann Poe", "78701");
        await().until(() -> calls("SQL-3", "tracking.updated") > 0);

        JsonNode shipment = told("/v1/orders?orderId=SQL-3").at("/items/0/shipments/0");
        JsonNode events = told("/v1/shipments/" + shipment.path("id").asText() + "/tracking")
                .path("items");
        JsonNode order = told("/v1/orders/"
                + told("/v1/orders?orderId=SQL-3").at("/items/0/id").asText());

        JsonNode first = events.path(0);
        assertThat(first.path("trackingNumber")).isEqualTo(shipment.at("/trackingNumbers/0"));
        assertThat(List.of("pending", "picked_up"))
                .contains(first.path("status").asText());
        assertThat(order.path("tracking").size()).isPositive();
        assertThat(order.at("/tracking/0")).isEqualTo(first);
    }

    private JsonNode told(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(hub.address().resolve(path)).build();
        String body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return Json.mapper().readTree(body);
    }

    @Test
    void a_row_that_is_no_order_is_marked_with_the_reason_and_not_read_again() {
        row("SQL-2", "Ann Poe", "1234");

        await().until(() -> !marked("SQL-2").isEmpty());

        assertThat(marked("SQL-2")).contains("rejected", "1234");
        assertThat(costs("SQL-2")).isEmpty();
    }

    private void row(String orderNo, String recipient, String zip) {
        tables.useHandle(handle -> handle.execute("""
                INSERT INTO oms_order (order_no, recipient, street, city, state, zip, country, phone, service, sku, qty, weight_g)
                VALUES (?, ?, '1 Main St', 'Austin', 'TX', ?, 'US', '5125550100', 'ground', 'MUG', 1, 400)""", orderNo, recipient, zip));
    }

    private String marked(String orderNo) {
        return tables.withHandle(
                handle -> handle.createQuery("SELECT COALESCE(waybill_result, '') FROM oms_order WHERE order_no = :no")
                        .bind("no", orderNo)
                        .mapTo(String.class)
                        .one());
    }

    private List<String> costs(String orderId) {
        return tables.withHandle(handle -> handle.createQuery("SELECT charge_type FROM label_cost WHERE order_id = :id")
                .bind("id", orderId)
                .mapTo(String.class)
                .list());
    }

    /** Of the same event sent twice, one; each is as the document tells it. */
    private long calls(String orderId, String type) {
        List<LoggedRequest> posted = oms.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo("/hook"))
                .withHeader("webhook-signature", WireMock.matching("v1,.+"))
                .withRequestBody(WireMock.matchingJsonPath("$.subject", WireMock.equalTo(orderId)))
                .withRequestBody(WireMock.matchingJsonPath("$.type", WireMock.equalTo(type))));
        posted.forEach(request -> assertThat(EventSchemas.broken(Json.kept(request.getBodyAsString())))
                .as(request.getBodyAsString())
                .isEmpty());
        return posted.stream()
                .map(request -> request.getHeader("webhook-id"))
                .distinct()
                .count();
    }

    private List<String> wmsFiles(String orderId) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("wms"))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .map(ThreeWaysContract::text)
                    .filter(text -> text.contains(orderId))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
