package io.waybill.bench;

import io.waybill.Hub;
import io.waybill.kafka.KafkaProcess;
import io.waybill.kafka.Log;
import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How many records of a topic become orders in a second: from the first that is written until the hub has committed behind the
 * last, which is when each is on disk. They wait for a person, so that nothing is bought meanwhile. Beside it {@link PlainReading} of
 * the same records.
 */
final class Topic {
    private static final String NAME = "orders";
    private static final int PARTITIONS = 8;

    private final Store store;
    private final int consumers;
    private final Path folder;
    private int written;

    Topic(Store store, int consumers) throws IOException {
        this.store = store;
        this.consumers = consumers;
        this.folder = Files.createTempDirectory("waybill-bench-topic");
    }

    void run(int orders, int warm) throws Exception {
        try (KafkaProcess broker = new KafkaProcess(folder.resolve("kafka"))) {
            broker.start();
            broker.topic(NAME, PARTITIONS);
            Database database = store.next();
            try (Hub hub = Hub.start(settings(broker, database))) {
                taken(broker, warm);
                Cpu cpu = new Cpu(store);
                double rate = orders / taken(broker, orders);
                Rows.requireOrders(database, written);
                Purchases.say("%s, %d consumers: %.0f records/s; %s", store.kind, consumers, rate, cpu.each(orders));
                double plain = new PlainReading(store, broker.address()).rate(NAME, written, consumers);
                Purchases.say("read and written down as they are: %.0f records/s, ratio %.2f", plain, rate / plain);
            }
        }
    }

    /** @return seconds from the first record until the hub has committed behind the last */
    private double taken(KafkaProcess broker, int orders) throws Exception {
        long begun = System.nanoTime();
        write(broker.address(), orders);
        try (Log log = new Log(broker)) {
            while (!log.committed("waybill-acme").equals(log.ends(NAME))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private void write(String broker, int orders) throws Exception {
        Map<String, Object> acknowledged = Map.of("bootstrap.servers", broker, "acks", "all", "linger.ms", 5);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(acknowledged, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int n = 0; n < orders; n++) {
                String number = "K-" + ++written;
                sent.add(producer.send(new ProducerRecord<>(
                        NAME, "acme/" + number, Works.order(number).toString())));
            }
            for (Future<?> one : sent) {
                one.get(1, TimeUnit.MINUTES);
            }
        }
    }

    private Settings settings(KafkaProcess broker, Database database) throws IOException {
        Path routes = Files.createDirectory(HubSettings.routes(folder).resolve("sources"));
        Files.createSymbolicLink(
                routes.resolveSibling("templates"), Path.of("routes/templates").toAbsolutePath());
        Files.writeString(routes.resolve("acme.yaml"), """
                - templatedRoute:
                    routeTemplateRef: order-kafka
                    routeId: source.acme
                    parameters:
                      - { name: source, value: acme }
                      - { name: cluster, value: main }
                      - { name: topic, value: orders }
                      - { name: consumers, value: "%d" }
                """.formatted(consumers));
        return HubSettings.of(
                database,
                folder,
                HubSettings.noMappings(folder),
                HubSettings.IDLE_ACCOUNT,
                HubSettings.DEPOT,
                """
                service.ground=steady:ground
                kafka.main.brokers=%s
                kafka.main.tls=false
                source.acme.namespace=acme
                source.acme.release=hold
                """.formatted(broker.address()));
    }
}
