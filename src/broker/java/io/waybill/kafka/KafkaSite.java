package io.waybill.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.faults.ChildJvm;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker, a hub with the routes as they ship, and the sandbox carrier, each a process of its own. */
final class KafkaSite implements AutoCloseable {
    /** A group goes on without a hub that was killed only after its session: 45 seconds as the client ships. */
    static final Duration SOON = Duration.ofMinutes(3);

    static final String GROUP = "waybill-acme-kafka";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final KafkaProcess broker;
    private final Path folder;
    private final int hubPort = FreePort.next();
    private final int carrierPort = FreePort.next();
    private @Nullable ChildJvm carrier;
    private @Nullable ChildJvm hub;

    KafkaSite(Path folder) {
        this.folder = folder;
        broker = new KafkaProcess(folder.resolve("kafka"));
    }

    /** Returns when the hub takes orders. */
    void start() throws Exception {
        broker.start();
        broker.topic("orders", 3);
        broker.topic("events", 3);
        broker.topic("paused", 1);
        broker.topic("locked", 1);
        carrier = ChildJvm.start(
                SandboxServer.class,
                folder.resolve("carrier.log"),
                Map.of(),
                "--book",
                folder.resolve("book.jsonl").toString(),
                "--port",
                Integer.toString(carrierPort));
        Files.writeString(folder.resolve("waybill.properties"), """
            waybill.data=%1$s/data
            waybill.routes.dir=%2$s
            waybill.mappings.dir=%3$s
            waybill.http.port=%4$d
            account.sandbox.adapter=sandbox
            account.sandbox.baseUrl=http://127.0.0.1:%5$d
            account.sandbox.settle=500ms
            service.ground=sandbox:ground
            defaults.service=ground
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            %6$s
            source.acme-kafka.namespace=acme
            source.acme-kafka.cluster=main
            source.acme-kafka.topic=orders
            source.acme-kafka.consumers=2
            sink.acme-kafka.namespaces=acme
            sink.acme-kafka.events=order.accepted,order.labelled,billing.charged
            sink.acme-kafka.cluster=main
            sink.acme-kafka.topic=events
            sink.acme-kafka.backoffScale=0.05
            """.formatted(
                        folder,
                        Path.of("routes").toAbsolutePath(),
                        Path.of("mappings").toAbsolutePath(),
                        hubPort,
                        carrierPort,
                        cluster()));
        startHub();
    }

    /** How a hub reaches the broker: by TLS, with a password that stands in its environment. */
    String cluster() {
        return """
            kafka.main.brokers=%s
            kafka.main.tls.ca=%s
            kafka.main.user=%s
            kafka.main.password=env:KAFKA_PASSWORD
            """.formatted(broker.safeAddress(), broker.authority(), KafkaProcess.USER);
    }

    /** Returns when the hub takes orders. */
    void startHub() throws IOException {
        hub = ChildJvm.start(
                Hub.class,
                folder.resolve("hub.log"),
                Map.of("KAFKA_PASSWORD", KafkaProcess.PASSWORD),
                "run",
                "--config",
                folder.resolve("waybill.properties").toString());
        await("the hub")
                .atMost(SOON)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    assertThat(hub.isAlive()).as(log()).isTrue();
                    return HTTP.send(to("/health/ready").build(), BodyHandlers.ofString())
                                    .statusCode()
                            == 200;
                });
    }

    /** SIGKILL. */
    void killHub() {
        hub.kill();
    }

    /** SIGTERM. Returns how long it took to end. */
    Duration stopHub() throws Exception {
        long before = System.nanoTime();
        hub.terminate();
        hub.waitFor(120);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    static String order(String number) {
        return """
            {"orderId": "%s", "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
             "postalCode": "78701", "country": "US"}, "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}\
            """.formatted(number);
    }

    static List<String> numbers(String prefix, int many) {
        return Stream.iterate(1, i -> i + 1).limit(many).map(i -> prefix + i).toList();
    }

    /** Each under the key it is to have; returns when the broker has them. */
    void order(List<String> numbers) throws Exception {
        send(numbers.stream()
                .map(number -> new ProducerRecord<>("orders", "acme/" + number, order(number)))
                .toList());
    }

    /** One record of whatever it is. */
    void send(String topic, String key, @Nullable String value) throws Exception {
        send(List.of(new ProducerRecord<>(topic, key, value)));
    }

    private void send(List<ProducerRecord<String, String>> records) throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            for (Future<?> sent : records.stream().map(producer::send).toList()) {
                sent.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Returns when the hub has said of every record that it is done with. */
    void awaitCommitted() {
        await("offsets").atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            try (Log log = new Log(broker)) {
                assertThat(log.committed(GROUP)).isEqualTo(log.ends("orders"));
            }
        });
    }

    /** Returns when each has its label. */
    void awaitLabelled(List<String> numbers) {
        for (String number : numbers) {
            await(number)
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> get("/v1/orders?orderId=" + number)
                            .at("/items/0/shipments/0/trackingNumbers/0")
                            .isTextual());
        }
    }

    /** What the carrier sold, by its own book. */
    JsonNode book() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + carrierPort + "/v1/book"))
                .header("Authorization", "Bearer " + SandboxServer.DEFAULT_TOKEN)
                .build();
        return Json.mapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body())
                .path("orders");
    }

    JsonNode get(String path) throws Exception {
        return Json.mapper()
                .readTree(HTTP.send(to(path).build(), BodyHandlers.ofString()).body());
    }

    String metrics() throws Exception {
        return HTTP.send(to("/metrics").build(), BodyHandlers.ofString()).body();
    }

    int post(String path, String body) throws Exception {
        return HTTP.send(to(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    /** Names of files in the data folder that end so. */
    List<String> files(String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            return all.map(Path::toString).filter(name -> name.endsWith(end)).toList();
        }
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("hub.log"));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hubPort + path));
    }

    @Override
    public void close() {
        Stream.of(hub, carrier).filter(Objects::nonNull).forEach(ChildJvm::close);
        broker.close();
    }
}
