package io.waybill.edge;

import io.waybill.carrier.GuardedHosts;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * How a Kafka cluster is reached, {@code kafka.<name>.*}: routes name it as {@code #kafka.<name>}, so that no password stands
 * in a URI. With TLS unless {@code tls=false} says otherwise; with SASL where there is a {@code user}.
 */
final class KafkaCluster implements KafkaClientFactory {
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final Map<String, String> LOGINS = new TreeMap<>(Map.of(
            "PLAIN",
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256",
            SCRAM,
            "SCRAM-SHA-512",
            SCRAM));

    /** What {@code order-kafka} says beside Kafka's own properties: the source that reads. */
    private static final String SOURCE = "waybill.source";

    private final String name;
    private final String brokers;
    private final Positions positions;
    private final Map<String, String> access = new TreeMap<>();
    private final Map<String, TopicWatch> watches = new ConcurrentHashMap<>();

    private KafkaCluster(String name, String brokers, Positions positions) {
        this.name = name;
        this.brokers = brokers;
        this.positions = positions;
    }

    /**
     * @param positions hears of topics that cannot be read
     * @throws ProblemException on a missing, bad or unknown key, and on a password in the settings file
     */
    static KafkaCluster read(String name, Section section, Positions positions) {
        KafkaCluster cluster = new KafkaCluster(name, section.required("brokers"), positions);
        boolean tls = section.flag("tls", true);
        boolean user = section.optional("user").isPresent();
        cluster.access.put("security.protocol", (user ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT"));
        cluster.tls(section);
        if (user) {
            cluster.login(section, tls);
        }
        section.close();
        return cluster;
    }

    /** PEM throughout: whom we trust, and who we are where the cluster asks for it. */
    private void tls(Section section) {
        section.optional("tls.ca").ifPresent(file -> {
            access.put("ssl.truststore.type", "PEM");
            access.put("ssl.truststore.location", file);
        });
        section.secret("tls.key").ifPresent(key -> {
            access.put("ssl.keystore.type", "PEM");
            access.put("ssl.keystore.key", key);
            section.required("tls.certificate");
            access.put(
                    "ssl.keystore.certificate.chain",
                    section.secret("tls.certificate").orElseThrow());
        });
    }

    private void login(Section section, boolean tls) {
        String mechanism = section.get("mechanism", "SCRAM-SHA-512");
        boolean readable = mechanism.equals("PLAIN") && !tls && !isLoopback();
        if (!LOGINS.containsKey(mechanism) || readable) {
            throw section.bad(
                    "mechanism", mechanism, readable ? "SCRAM-SHA-512, or tls" : String.join(", ", LOGINS.keySet()));
        }
        section.required("password");
        access.put("sasl.mechanism", mechanism);
        access.put(
                "sasl.jaas.config",
                "%s required username=%s password=%s;"
                        .formatted(
                                LOGINS.get(mechanism),
                                quoted(section.required("user")),
                                quoted(section.secret("password").orElseThrow())));
    }

    private boolean isLoopback() {
        return List.of(brokers.split(",")).stream()
                .allMatch(broker -> GuardedHosts.isLoopback(broker.strip().replaceFirst(":\\d+$", "")));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public Producer<Object, Object> getProducer(Properties properties) {
        return new KafkaProducer<>(admitted(properties));
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties properties) {
        TopicWatch watch = Optional.ofNullable(properties.getProperty(SOURCE))
                .map(source -> watches.computeIfAbsent(source, first -> TopicWatch.of(name, first, positions)))
                .orElse(null);
        try {
            return new PatientConsumer(admitted(properties), watch);
        } catch (KafkaException e) {
            if (watch != null) {
                watch.failed(e);
            }
            throw e;
        }
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return brokers;
    }

    /** What a client of this cluster is made with. */
    Properties admitted(Properties properties) {
        Properties all = new Properties();
        all.putAll(properties);
        all.remove(SOURCE);
        all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "5000");
        all.putAll(access);
        return all;
    }
}
