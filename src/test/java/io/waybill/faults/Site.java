package io.waybill.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.Hub;
import io.waybill.carrier.sandbox.SandboxServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A hub and the sandbox carrier, each a process of its own, with an order system and a warehouse folder to write to. */
final class Site implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU";

    final Receiver oms = new Receiver();
    final Path book;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final Path warehouse;
    private final int hubPort = freePort();
    private final int carrierPort = freePort();
    private final ChildJvm carrier;
    private ChildJvm hub;

    Site(Path folder) throws IOException {
        this.folder = folder;
        this.book = folder.resolve("sandbox-book.jsonl");
        this.warehouse = Files.createDirectory(folder.resolve("warehouse"));
        Files.writeString(folder.resolve("waybill.properties"), settings());
        carrier = ChildJvm.start(
                SandboxServer.class,
                folder.resolve("carrier.log"),
                Map.of(),
                "--book",
                book.toString(),
                "--port",
                Integer.toString(carrierPort));
        startHub();
    }

    /** Returns when the hub takes orders. */
    void startHub() throws IOException {
        hub = ChildJvm.start(
                Hub.class,
                folder.resolve("hub.log"),
                Map.of("WAYBILL_SINK_ACME_OMS_SECRET", SECRET),
                "run",
                "--config",
                folder.resolve("waybill.properties").toString());
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(this::isReady);
    }

    boolean hubIsAlive() {
        return hub.isAlive();
    }

    void killHub() {
        hub.kill();
    }

    /** Asks the hub to stop, twice; its exit status when it has. */
    int stopHub() throws InterruptedException {
        hub.terminate();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !hub.isAlive() || !saysReady());
        hub.terminate();
        return hub.waitFor(90);
    }

    private boolean saysReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isReady() throws InterruptedException {
        if (!hub.isAlive()) {
            throw new IllegalStateException("the hub stopped: " + hubLog());
        }
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
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
        try {
            String log = Files.readString(folder.resolve("hub.log"));
            return log.substring(Math.max(0, log.length() - 6000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hubPort + path))
                .timeout(Duration.ofSeconds(30));
    }

    private String settings() {
        return """
                waybill.data=%s
                waybill.routes.dir=%s
                waybill.mappings.dir=%s
                waybill.http.port=%d
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%d
                account.sandbox.settle=1s
                account.sandbox.workers=4
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
                sink.acme-oms.backoffScale=0.1
                sink.acme-wms.folder=%s
                sink.acme-wms.mapping=wms-label
                sink.acme-wms.namespaces=acme
                sink.acme-wms.events=order.accepted,order.labelled,billing.charged
                """.formatted(
                        folder.resolve("data"),
                        Path.of("routes").toAbsolutePath(),
                        Path.of("mappings").toAbsolutePath(),
                        hubPort,
                        carrierPort,
                        oms.url(),
                        warehouse);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        hub.close();
        carrier.close();
        oms.close();
    }
}
