package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.Shared;
import io.waybill.TestFolders;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.servers.MariaDbServer;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One hub for the tables of an ERP on H2, PostgreSQL and, where the machine has one, MariaDB, with the routes and mappings as they ship. */
final class ErpHub implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Shared<ErpHub> RUNNING = new Shared<>(() -> new ErpHub(TestFolders.fresh("erp")));

    private final Map<String, JdbcTemplate> erps = new LinkedHashMap<>();
    private final StringBuilder settings = new StringBuilder();
    private final Optional<MariaDbServer> maria;
    private final Hub hub;

    /** The same for every class of tests in this process. */
    static ErpHub running(Class<?> test) throws Exception {
        return RUNNING.of(test);
    }

    private ErpHub(Path folder) throws Exception {
        int sandbox = FreePort.next();
        settings.append("""
                waybill.data=%1$s/data
                waybill.routes.dir=%1$s/routes
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
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
                """.formatted(folder, sandbox));
        ShippedRoutes routes = ShippedRoutes.in(folder.resolve("routes"));
        String h2 = "jdbc:h2:mem:" + folder.getFileName();
        connect(routes, "h2", h2 + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000", "sa", "");
        database("stranger", h2, "stranger", "let-in");
        source(routes, "oms-sql", "stranger-marker", "stranger", "mapping=oms-order-row\nnamespace=stranger-marker");
        source(routes, "acme-erp", "stranger-status", "stranger", "namespace=stranger-status");
        lacking(routes);
        surplus(routes, folder);
        lined(routes);
        var postgres = Stores.postgres();
        connect(routes, "postgresql", postgres.url(), postgres.user(), postgres.password());
        maria = MariaDbServer.in(folder);
        if (maria.isPresent()) {
            connect(routes, "mariadb", maria.get().url("erp"), "root", "");
        }
        hub = Hub.start(Settings.of(settings.toString()));
    }

    @Override
    public void close() {
        hub.close();
        maria.ifPresent(MariaDbServer::close);
    }

    private void connect(ShippedRoutes routes, String name, String url, String user, String password)
            throws IOException {
        JdbcTemplate erp = new JdbcTemplate(new DriverManagerDataSource(url, user, password));
        for (String table :
                Files.readString(Path.of("mappings/erp-order-row/tables.sql")).split(";", -1)) {
            erp.execute(table);
        }
        erp.execute(
                "CREATE TABLE oms_order (order_no VARCHAR(40) PRIMARY KEY, recipient VARCHAR(40), street VARCHAR(40),"
                        + " city VARCHAR(40), state VARCHAR(40), zip VARCHAR(40), country VARCHAR(40), phone VARCHAR(40),"
                        + " service VARCHAR(40), sku VARCHAR(40), qty INT, weight_g DECIMAL(9, 2),"
                        + " waybill_taken TIMESTAMP NULL, waybill_result VARCHAR(500))");
        erps.put(name, erp);
        database(name, url, user, password);
        source(routes, "oms-sql", name + "-marker", name, "mapping=oms-order-row\nnamespace=" + name + "-other");
        source(routes, "acme-erp", name + "-status", name, "namespace=" + name);
        source(routes, "acme-erp-log", name + "-log", name, "from=100\nnamespace=" + name + "-other");
        source(routes, "acme-packed", name + "-packed", name, "namespace=" + name);
        sink(routes, "acme-erp-order", name + "-order", name, "erp-shipment", "order.labelled");
        sink(
                routes,
                "acme-erp",
                name + "-cost",
                name,
                "erp-charge",
                "billing.charged,billing.refunded,shipment.voided");
    }

    private void database(String name, String url, String user, String password) {
        settings.append("""
                datasource.%1$s.url=%2$s
                datasource.%1$s.user=%3$s
                datasource.%1$s.password=%4$s
                """.formatted(name, url, user, password));
    }

    /** A table like any other, whose route forgets a column. */
    private void lacking(ShippedRoutes routes) throws IOException {
        erps.get("h2").execute("CREATE TABLE lacking_order AS SELECT * FROM oms_order");
        source(routes, "oms-sql", "h2-lacking", "h2", "mapping=oms-order-row\nnamespace=lacking");
        routes.change(
                "sources",
                "h2-lacking",
                text -> text.replace("oms_order", "lacking_order")
                        .replace("SELECT order_no, recipient, street, city", "SELECT order_no, recipient, street")
                        .replaceAll("AND COALESCE\\(city.*", ""));
    }

    /** A table whose route reads one column more than a mapping that leaves none unread. */
    private void surplus(ShippedRoutes routes, Path folder) throws IOException {
        Path mappings = folder.resolve("mappings");
        ShippedRoutes.copy(Path.of("mappings"), mappings);
        String open = Files.readString(mappings.resolve("oms-order-row/mapping.yaml"));
        Files.writeString(
                Files.createDirectory(mappings.resolve("strict-row")).resolve("mapping.yaml"),
                open.substring(0, open.indexOf("tests:"))
                        .replace("mapping: oms-order-row", "mapping: strict-row")
                        .replace("unmapped: warn", "unmapped: error"));
        settings.append("waybill.mappings.dir=" + mappings + "\n");
        erps.get("h2").execute("CREATE TABLE surplus_order AS SELECT * FROM oms_order");
        source(routes, "oms-sql", "h2-surplus", "h2", "mapping=strict-row\nnamespace=surplus");
        routes.change(
                "sources",
                "h2-surplus",
                text -> text.replace("oms_order", "surplus_order")
                        .replace("qty, weight_g", "qty, weight_g, s.*")
                        .replace("FROM surplus_order", "FROM surplus_order CROSS JOIN (SELECT 'x' AS shelf) s"));
    }

    /** Orders with their lines beside them: as many rows as an order has lines, all under its number. */
    private void lined(ShippedRoutes routes) throws IOException {
        erps.get("h2").execute("CREATE TABLE lined_order AS SELECT * FROM oms_order");
        erps.get("h2").execute("CREATE TABLE order_line (of_order VARCHAR(40), line_sku VARCHAR(40))");
        source(routes, "oms-sql", "h2-lined", "h2", "mapping=oms-order-row\nnamespace=lined");
        routes.change(
                "sources",
                "h2-lined",
                text -> text.replace("service, sku, qty", "service, line_sku AS sku, qty")
                        .replace("FROM oms_order", "FROM lined_order JOIN order_line ON of_order = order_no")
                        .replace("oms_order", "lined_order")
                        .replaceAll("AND COALESCE\\(sku.*", ""));
    }

    private void source(ShippedRoutes routes, String shipped, String name, String erp, String more) throws IOException {
        routes.copy("sources", shipped, name);
        settings.append("""
                source.%1$s.datasource=%2$s
                source.%1$s.every=200
                """.formatted(name, erp));
        more.lines().forEach(line -> settings.append("source." + name + "." + line + "\n"));
    }

    private void sink(ShippedRoutes routes, String shipped, String name, String erp, String mapping, String events)
            throws IOException {
        routes.copy("sinks", shipped, name);
        settings.append("""
                sink.%1$s.namespaces=%2$s
                sink.%1$s.datasource=%2$s
                sink.%1$s.mapping=%3$s
                sink.%1$s.events=%4$s
                sink.%1$s.backoffScale=0.001
                """.formatted(name, erp, mapping, events));
    }

    boolean has(String name) {
        return erps.containsKey(name);
    }

    JdbcTemplate erp(String name) {
        return erps.get(name);
    }

    JsonNode order(String namespace, String orderId) throws Exception {
        return get("/v1/orders?namespace=" + namespace + "&orderId=" + orderId).at("/items/0");
    }

    /** The reasons of what is open about an order. */
    List<String> exceptions(String namespace, String orderId) throws Exception {
        List<String> reasons = new ArrayList<>();
        get("/v1/exceptions").path("items").forEach(one -> {
            if (one.path("namespace").asText().equals(namespace)
                    && one.path("orderId").asText().equals(orderId)) {
                reasons.add(one.path("reason").asText());
            }
        });
        return reasons;
    }

    /** The sources a person is told of for that reason. */
    List<String> sources(String reason) throws Exception {
        List<String> sources = new ArrayList<>();
        get("/v1/exceptions?reason=" + reason)
                .path("items")
                .forEach(one -> sources.add(one.path("source").asText()));
        return sources;
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(hub.address().resolve(path)).build();
        return Json.mapper().readTree(HTTP.send(call, BodyHandlers.ofString()).body());
    }
}
