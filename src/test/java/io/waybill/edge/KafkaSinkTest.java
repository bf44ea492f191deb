package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.delivery.Event;
import io.waybill.format.EdiStamp;
import io.waybill.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code sink-kafka} as it ships, to the client's own stand-in for a broker; against a real one it is tested by {@code -Pbroker}. */
class KafkaSinkTest {
    private static final String LABELLED = "{\"type\":\"order.labelled\"}";

    private final MockProducer<String, String> topic =
            new MockProducer<>(true, new StringSerializer(), new StringSerializer());
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private boolean away;

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void an_event_goes_as_it_is() throws Exception {
        tell("", LABELLED);

        ProducerRecord<String, String> record = topic.history().get(0);
        assertThat(record.topic()).isEqualTo("events");
        assertThat(record.key()).isEqualTo("acme/SO-1");
        assertThat(record.value()).isEqualTo(LABELLED);
        assertThat(header(record, "content-type")).isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(header(record, "ce_id")).isEqualTo("evt_1");
        assertThat(header(record, "ce_type")).isEqualTo("order.labelled");
    }

    @Test
    void a_mapping_writes_the_record_and_leaves_its_key() throws Exception {
        tell("sink.acme-kafka.mapping=acme-kafka-label\nsink.acme-kafka.partner.plant=P1\n", LABELLED);

        ProducerRecord<String, String> record = topic.history().get(0);
        assertThat(record.key()).isEqualTo("acme/SO-1");
        assertThat(record.value()).isEqualTo("{\"by\":\"acme-kafka-label\",\"at\":\"P1\"}");
        assertThat(header(record, "content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(header(record, "ce_id")).isEqualTo("evt_1");
    }

    @Test
    void what_a_mapping_skips_is_told_and_is_no_record() throws Exception {
        tell("sink.acme-kafka.mapping=acme-kafka-label\n", "{\"type\":\"order.accepted\"}");

        assertThat(topic.history()).isEmpty();
    }

    @Test
    void brokers_whose_names_cannot_be_resolved_at_the_start_are_looked_for_again_by_the_next_event() throws Exception {
        away = true;
        start("");
        SinkPort sink = new SinkPort(camel.createProducerTemplate(), "acme-kafka");
        Event event = new Event("evt_1", "order.labelled", "acme", "SO-1", LABELLED);
        assertThatThrownBy(() -> sink.deliver(event)).hasStackTraceContaining("No resolvable bootstrap urls");

        away = false;
        sink.deliver(event);

        assertThat(topic.history()).hasSize(1);
    }

    private void tell(String mapping, String event) throws Exception {
        start(mapping);
        new SinkPort(camel.createProducerTemplate(), "acme-kafka")
                .deliver(new Event("evt_1", "order.labelled", "acme", "SO-1", event));
    }

    private void start(String mapping) throws Exception {
        String text = "sink.acme-kafka.cluster=main\nsink.acme-kafka.topic=events\n" + mapping;
        Verbs.register(
                camel,
                Settings.of(text),
                KafkaSinkTest::map,
                (name, subject) -> new EdiStamp(1, Instant.EPOCH),
                VerifyVerb.Inbox.FORGETFUL);
        camel.getRegistry().bind("kafka.main", new StandIn());
        text.lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> camel.getPropertiesComponent().addInitialProperty(pair[0], pair[1]));
        camel.start();
        for (String file : List.of("templates/sink-kafka", "sinks/acme-kafka")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/" + file + ".yaml"));
        }
    }

    private static String map(String mapping, String json) {
        return json.contains("order.labelled")
                ? "{\"by\":\"%s\",\"at\":\"%s\"}".formatted(mapping, json.contains("P1") ? "P1" : "")
                : "[]";
    }

    private static String header(ProducerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private final class StandIn implements KafkaClientFactory {
        @Override
        public Producer<String, String> getProducer(Properties settings) {
            if (away) {
                throw new KafkaException("No resolvable bootstrap urls given in bootstrap.servers");
            }
            return topic;
        }

        @Override
        public Consumer<?, ?> getConsumer(Properties settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return "stand-in:9092";
        }
    }
}
