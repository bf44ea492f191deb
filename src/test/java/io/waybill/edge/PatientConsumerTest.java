package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatientConsumerTest {
    private final List<Problem> silences = new ArrayList<>();

    @Test
    void a_poll_that_finds_no_memory_is_one_that_failed_and_is_begun_anew() {
        Patience none = new Patience("erp", positions(), Duration.ZERO, Duration.ZERO, System::nanoTime);
        TopicWatch watch = new TopicWatch("main", none, System::nanoTime);
        try (PatientConsumer consumer = new PatientConsumer(properties(), watch)) {
            consumer.assign(List.of(new TopicPartition("orders", 0)));

            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("Java heap space");
        }
        assertThat(silences).extracting(Problem::code).containsOnly("cluster-away");
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "localhost:9");
        properties.put("group.id", "waybill-erp");
        properties.put("key.deserializer", ByteArrayDeserializer.class);
        properties.put("value.deserializer", ByteArrayDeserializer.class);
        properties.put("security.protocol", "SSL");
        properties.put("ssl.engine.factory.class", Full.class);
        return properties;
    }

    private NoPositions positions() {
        return new NoPositions() {
            @Override
            public void silent(String source, Problem why) {
                silences.add(why);
            }
        };
    }

    /** Has no room for a connection. */
    public static final class Full implements SslEngineFactory {
        @Override
        public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
            throw new OutOfMemoryError("Java heap space");
        }

        @Override
        public SSLEngine createServerSslEngine(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean shouldBeRebuilt(Map<String, Object> next) {
            return false;
        }

        @Override
        public Set<String> reconfigurableConfigs() {
            return Set.of();
        }

        @Override
        public @Nullable KeyStore keystore() {
            return null;
        }

        @Override
        public @Nullable KeyStore truststore() {
            return null;
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }
}
