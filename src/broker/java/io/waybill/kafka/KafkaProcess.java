package io.waybill.kafka;

import static org.awaitility.Awaitility.await;

import io.waybill.FreePort;
import io.waybill.faults.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A broker of Kafka as it is run, KRaft, in a process of its own: it can be killed, and comes back with its log at its port. */
final class KafkaProcess implements AutoCloseable {
    private final Path folder;
    private final int port = FreePort.next();
    private @Nullable ChildJvm process;

    KafkaProcess(Path folder) {
        this.folder = folder;
    }

    /** With an empty log. Returns when it answers. */
    void start() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(settings(), """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%1$d
            listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
            controller.listener.names=CONTROLLER
            log.dirs=%3$s
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            """.formatted(FreePort.next(), port, folder.resolve("log")));
        int formatted = ChildJvm.start(
                        StorageTool.class,
                        folder.resolve("format.txt"),
                        Map.of(),
                        "format",
                        "-t",
                        "3Db5QLSqSZieL3rJBUUegA",
                        "-c",
                        settings().toString())
                .waitFor(60);
        if (formatted != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("format.txt")));
        }
        goOn();
    }

    /** With the log it has. Returns when it answers. */
    void goOn() throws IOException {
        process = ChildJvm.start(
                Kafka.class, folder.resolve("broker.txt"), Map.of(), settings().toString());
        await("the broker").atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            }
        });
    }

    /** SIGKILL. */
    void kill() {
        close();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void topic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
