package io.waybill.kafka;

import static org.awaitility.Awaitility.await;

import io.waybill.FreePort;
import io.waybill.faults.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.jspecify.annotations.Nullable;

/** A broker of Kafka as it is run, KRaft, in a process of its own: it can be killed, and comes back with its log at its port. */
public final class KafkaProcess implements AutoCloseable {
    static final String USER = "waybill";
    static final String PASSWORD = "s3cret";

    private final Path folder;
    private final int port = FreePort.next();
    private final int safePort = FreePort.next();
    private @Nullable ChildJvm process;

    /** @param folder of its log and settings */
    public KafkaProcess(Path folder) {
        this.folder = folder;
    }

    /** With an empty log. Returns when it answers. */
    public void start() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(
                settings(), """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%1$d
                    listeners=PLAINTEXT://127.0.0.1:%2$d,SASL_SSL://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%1$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%2$d,SASL_SSL://127.0.0.1:%4$d
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL
                    sasl.enabled.mechanisms=SCRAM-SHA-512
                    listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                    ssl.keystore.location=%5$s
                    ssl.keystore.password=waybill
                    log.dirs=%3$s
                    auto.create.topics.enable=false
                    offsets.topic.replication.factor=1
                    offsets.topic.num.partitions=4
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    """.formatted(FreePort.next(), port, folder.resolve("log"), safePort, certificate()));
        int formatted = ChildJvm.start(
                        StorageTool.class,
                        folder.resolve("format.txt"),
                        Map.of(),
                        "format",
                        "-t",
                        "3Db5QLSqSZieL3rJBUUegA",
                        "-c",
                        settings().toString(),
                        "--add-scram",
                        "SCRAM-SHA-512=[name=" + USER + ",password=" + PASSWORD + "]")
                .waitFor(180);
        if (formatted != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("format.txt")));
        }
        goOn();
    }

    /** With the log it has. Returns when it answers. */
    void goOn() throws IOException {
        process = ChildJvm.start(
                Kafka.class, folder.resolve("broker.txt"), Map.of(), settings().toString());
        await("the broker").atMost(KafkaSite.SOON).ignoreExceptions().until(() -> {
            try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            }
        });
    }

    /** SIGKILL. */
    void kill() {
        close();
    }

    /** Whether it stands still, by SIGSTOP: its connections stay open and nothing is answered. */
    void standStill(boolean still) throws Exception {
        if (process != null) {
            process.signal(still ? "STOP" : "CONT");
        }
    }

    /** For tests and measurements, which are let in as they are. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** For hubs: TLS, and a password. */
    String safeAddress() {
        return "127.0.0.1:" + safePort;
    }

    /** Whom a hub trusts. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** One of its own, with its key. */
    private Path certificate() throws Exception {
        String store = folder.resolve("broker.p12").toString();
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "SAN=ip:127.0.0.1", "-keystore", store);
        keytool("-exportcert", "-rfc", "-file", authority().toString(), "-keystore", store);
        return Path.of(store);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "broker", "-storepass", "waybill"));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("keytool ended with " + exit);
        }
    }

    /** Another password for a user. */
    void password(String user, String password) throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    /** Makes one that is not there yet. */
    public void topic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
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
