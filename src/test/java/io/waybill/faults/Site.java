package io.waybill.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.FreePort;
import io.waybill.carrier.sandbox.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A hub, or several on one database, and the sandbox carrier, each a process of its own, with an order system and a warehouse
 * folder to write to.
 */
final class Site implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU";

    final Receiver oms = new Receiver();
    final Path book;
    final ShopTable shopTable;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final Store store;
    private final Path warehouse;
    private final Path drop;
    private final List<HubProcess> hubs;
    private final AtomicInteger turns = new AtomicInteger();
    private final int carrierPort = FreePort.next();
    private final String more;
    private ChildJvm carrier;

    Site(Path folder) throws IOException {
        this(folder, Store.h2());
        startHub();
    }

    /** Everything but the hub runs when this returns. */
    Site(Path folder, Store store) throws IOException {
        this(folder, store, 1, "");
    }

    /** @param more settings beside the usual ones; {@code %s} is where the carrier listens */
    Site(Path folder, Store store, int nodes, String more) throws IOException {
        this.folder = folder;
        this.store = store;
        this.more = more;
        this.hubs = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> new HubProcess(folder, number, store, SECRET))
                .toList();
        this.book = folder.resolve("sandbox-book.jsonl");
        this.warehouse = Files.createDirectory(folder.resolve("warehouse"));
        this.drop = Files.createDirectory(folder.resolve("drop"));
        this.shopTable = new ShopTable();
        Files.writeString(folder.resolve("waybill.properties"), settings());
        carrier = startCarrier();
    }

    private ChildJvm startCarrier() throws IOException {
        return ChildJvm.start(
                SandboxServer.class,
                folder.resolve("carrier.log"),
                Map.of(),
                "--book",
                book.toString(),
                "--port",
                Integer.toString(carrierPort));
    }

    /** Returns when the hub takes orders. */
    void startHub() throws IOException {
        startHub(Launch.PLAIN);
        awaitReady();
    }

    /** Starts the hub and returns at once. */
    void startHub(Launch launch) throws IOException {
        first().start(launch);
    }

    /** Returns when the hub takes orders; fails when it stopped. */
    void awaitReady() {
        first().awaitReady();
    }

    /** Waits until the hub takes orders, or ended by itself; true when it takes orders. */
    boolean awaitReadyOrEnd() {
        return first().awaitReadyOrEnd();
    }

    /** Any of them. */
    boolean hubIsAlive() {
        return hubs.stream().anyMatch(HubProcess::isAlive);
    }

    ChildJvm hub() {
        return first().process();
    }

    /** Every node of the database. */
    List<HubProcess> hubs() {
        return hubs;
    }

    private HubProcess first() {
        return hubs.get(0);
    }

    Store store() {
        return store;
    }

    /** The carrier dies and comes back with its book. */
    void restartCarrier() throws IOException {
        carrier.kill();
        carrier = startCarrier();
    }

    /** Of the embedded database's file. */
    long databaseSize() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(".mv.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        }
    }

    /** Where files of orders are dropped. */
    Path dropFolder() {
        return drop;
    }

    /** How often the hub's log has a text. */
    long logged(String text) throws IOException {
        return first().logged(text);
    }

    void killHub() {
        first().kill();
    }

    /** Asks the hub to stop, twice; its exit status when it has. */
    int stopHub() throws InterruptedException {
        return first().stop();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(to(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String key, String prefer, String body)
            throws IOException, InterruptedException {
        return client.send(
                to(path).header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .header("Prefer", prefer)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The carrier's own account of what it sold. */
    JsonNode audit() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + carrierPort + "/v1/book"))
                .header("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN)
                .timeout(Duration.ofSeconds(30))
                .build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Whether the warehouse has the file of this event. */
    boolean warehouseHas(String event) {
        return Files.isRegularFile(warehouse.resolve(event + ".csv"));
    }

    String hubLog() {
        return first().log();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(next().address() + path)).timeout(Duration.ofSeconds(30));
    }

    /** As a load balancer does: in turns, those left out that do not answer. */
    private HubProcess next() {
        List<HubProcess> there = hubs.stream().filter(HubProcess::answers).toList();
        List<HubProcess> some = there.isEmpty() ? hubs : there;
        return some.get(Math.floorMod(turns.getAndIncrement(), some.size()));
    }

    /** Those its routes use: a hub that is started a hundred times need not read all that ship. */
    private Path mappings() throws IOException {
        Path all = Files.createDirectory(folder.resolve("mappings"));
        for (String used : List.of("acme-orders", "oms-order-row", "wms-label", "lookups")) {
            Path from = Path.of("mappings", used);
            Path to = Files.createDirectory(all.resolve(used));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        return all;
    }

    private String settings() throws IOException {
        return """
                waybill.routes.dir=%s
                waybill.mappings.dir=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%d
                account.sandbox.settle=1s
                account.sandbox.workers=4
                account.sandbox.connectTimeout=300ms
                account.sandbox.answerTimeout=2s
                dispatch.lease=8s
                source.acme-csv.folder=%s
                source.acme-csv.mapping=acme-orders
                source.acme-csv.still=100
                source.oms-sql.datasource=oms
                source.oms-sql.mapping=oms-order-row
                source.oms-sql.every=500
                datasource.oms.url=%s
                service.economy=sandbox:ground
                service.express=sandbox:express
                service.overnight=%s:overnight
                service.ground=sandbox:ground
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                sink.acme-oms.url=%s
                sink.acme-oms.namespaces=acme
                sink.acme-oms.events=order.accepted,order.labelled,billing.charged
                sink.acme-oms.backoffScale=0.01
                sink.acme-wms.folder=%s
                sink.acme-wms.mapping=wms-label
                sink.acme-wms.namespaces=acme
                sink.acme-wms.events=order.accepted,order.labelled,billing.charged
                sink.acme-wms.backoffScale=0.01
                """.formatted(
                                Path.of("routes").toAbsolutePath(),
                                mappings(),
                                carrierPort,
                                drop,
                                shopTable.url(),
                                more.contains("account.again.") ? "again" : "sandbox",
                                oms.url(),
                                warehouse)
                + more.formatted("http://127.0.0.1:" + carrierPort);
    }

    @Override
    public void close() {
        hubs.forEach(HubProcess::close);
        carrier.close();
        oms.close();
        shopTable.close();
        store.close();
    }
}
