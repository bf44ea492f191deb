package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
    private static final TopicPartition FIRST = new TopicPartition("orders", 0);

    private final AtomicLong now = new AtomicLong();
    private final List<Problem> silences = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final MockConsumer<Object, Object> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final TopicWatch watch = new TopicWatch(
            "main",
            new Patience("erp", positions(), Duration.ofSeconds(30), Duration.ofMinutes(15), now::get),
            now::get);

    @Test
    void who_is_not_let_in_is_told_at_once_and_brokers_that_are_away_when_they_stay_away() {
        watch.failed(new SaslAuthenticationException("Authentication failed"));
        assertThat(silences).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo("cluster-locked");
            assertThat(why.values()).containsEntry("cluster", "main");
        });

        silences.clear();
        heard.clear();
        watch.polled(consumer, false);
        assertThat(heard).containsExactly("erp");
        for (int minute = 0; minute <= 14; minute++) {
            later(Duration.ofMinutes(1));
            watch.failed(new KafkaException("Failed to construct kafka consumer"));
        }
        assertThat(silences).isEmpty();
        later(Duration.ofMinutes(6));
        watch.failed(new KafkaException("Failed to construct kafka consumer"));
        assertThat(silences).extracting(Problem::code).containsExactly("cluster-away");
    }

    @Test
    void a_topic_that_is_not_there_is_told_by_its_name_until_it_is() {
        consumer.subscribe(List.of("orders"));
        later(Duration.ofMinutes(1));

        watch.polled(consumer, true);

        assertThat(silences).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo("topic-missing");
            assertThat(why.values()).containsEntry("topic", "orders");
        });
        consumer.updatePartitions("orders", List.of(new PartitionInfo("orders", 0, Node.noNode(), null, null)));
        later(Duration.ofMinutes(6));
        watch.polled(consumer, true);
        assertThat(heard).containsExactly("erp");
    }

    @Test
    void brokers_that_are_away_are_noticed_though_a_poll_says_nothing() {
        consumer.assign(List.of(FIRST));
        consumer.updateEndOffsets(Map.of(FIRST, 7L));
        later(Duration.ofMinutes(1));
        watch.polled(consumer, true);
        assertThat(heard).containsExactly("erp");

        for (int minute = 0; minute <= 25; minute++) {
            consumer.setOffsetsException(new TimeoutException("Timeout of 10000ms expired"));
            later(Duration.ofMinutes(1));
            watch.polled(consumer, true);
        }

        assertThat(silences).extracting(Problem::code).contains("cluster-away");
    }

    @Test
    void the_route_says_which_source_reads() throws Exception {
        CompletableFuture<Properties> made = new CompletableFuture<>();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("kafka.main", new DefaultKafkaClientFactory() {
                @Override
                public String getBrokers(KafkaConfiguration configuration) {
                    return "kafka-1:9093";
                }

                @Override
                public Consumer<?, ?> getConsumer(Properties properties) {
                    made.complete(properties);
                    return new MockConsumer<>(OffsetResetStrategy.EARLIEST);
                }
            });
            camel.start();
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/templates/order-kafka.yaml"));
            TemplatedRouteBuilder.builder(camel, "order-kafka")
                    .parameter("source", "erp")
                    .parameter("cluster", "main")
                    .parameter("topic", "orders")
                    .add();

            assertThat(made.get(60, TimeUnit.SECONDS))
                    .containsEntry("waybill.source", "erp")
                    .containsEntry("group.id", "waybill-erp");
        }
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Positions positions() {
        return new NoPositions() {
            @Override
            public void silent(String source, Problem why) {
                silences.add(why);
            }

            @Override
            public void heard(String source) {
                heard.add(source);
            }
        };
    }
}
