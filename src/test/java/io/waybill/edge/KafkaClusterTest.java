package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest {
    @TempDir
    Path folder;

    @Test
    void a_cluster_is_reached_by_tls_unless_told_otherwise() {
        assertThat(made("kafka.main.brokers=k1:9093,k2:9093")).containsEntry("security.protocol", "SSL");
        assertThat(made("kafka.main.brokers=k1:9092\nkafka.main.tls=false"))
                .containsEntry("security.protocol", "PLAINTEXT");
        assertThat(cluster("kafka.main.brokers=k1:9093,k2:9093").getBrokers(new KafkaConfiguration()))
                .isEqualTo("k1:9093,k2:9093");
    }

    @Test
    void a_user_logs_in_by_scram_with_a_password_that_stands_elsewhere() throws Exception {
        String password = secret("password", "a\"b\\c");

        Properties made = made("kafka.main.brokers=k1:9093\nkafka.main.user=waybill\nkafka.main.password=" + password);

        assertThat(made)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(made.getProperty("sasl.jaas.config"))
                .isEqualTo("org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"waybill\" password=\"a\\\"b\\\\c\";");
    }

    @Test
    void a_password_in_the_settings_file_is_refused_and_not_shown() throws Exception {
        Path file = Files.writeString(
                folder.resolve("waybill.properties"),
                "kafka.main.brokers=k1:9093\nkafka.main.user=w\nkafka.main.password=hunter2");
        Section main = Settings.read(file, Map.of(), Map.of()).section("kafka").section("main");

        assertThatThrownBy(() -> KafkaCluster.read("main", main, Positions.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("kafka.main.password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_password_never_crosses_a_network_readably() throws Exception {
        String plain = "\nkafka.main.tls=false\nkafka.main.mechanism=PLAIN\nkafka.main.user=w\nkafka.main.password="
                + secret("password", "p");

        assertThatThrownBy(() -> made("kafka.main.brokers=k1:9092" + plain))
                .hasMessageContaining("SCRAM-SHA-512, or tls");
        assertThat(made("kafka.main.brokers=localhost:9092" + plain))
                .containsEntry("security.protocol", "SASL_PLAINTEXT");
    }

    @Test
    void certificates_are_pem() throws Exception {
        Properties made = made("kafka.main.brokers=k1:9093\nkafka.main.tls.ca=/etc/ca.pem\nkafka.main.tls.key="
                + secret("key", "KEY") + "\nkafka.main.tls.certificate=" + secret("certificate", "CHAIN"));

        assertThat(made)
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.location", "/etc/ca.pem")
                .containsEntry("ssl.keystore.type", "PEM")
                .containsEntry("ssl.keystore.key", "KEY")
                .containsEntry("ssl.keystore.certificate.chain", "CHAIN");
    }

    @Test
    void an_unknown_key_is_told() {
        assertThatThrownBy(() -> made("kafka.main.brokers=k1:9093\nkafka.main.passwort=x"))
                .hasMessageContaining("kafka.main.passwort");
    }

    private String secret(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return "file:" + file;
    }

    private static Properties made(String settings) {
        return cluster(settings).admitted(new Properties());
    }

    private static KafkaCluster cluster(String settings) {
        return KafkaCluster.read("main", Settings.of(settings).section("kafka").section("main"), Positions.NONE);
    }
}
