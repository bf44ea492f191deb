package io.waybill.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code order-kafka} and {@code sink-kafka}, as they ship, against a real broker. */
class ThroughKafkaBroker {
    private static final List<String> TOLD = List.of("order.accepted", "order.labelled", "billing.charged");

    @TempDir
    static Path folder;

    private static KafkaSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new KafkaSite(folder.toRealPath());
        site.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void orders_of_a_topic_get_one_label_each_and_are_told_in_sequence_under_their_key() throws Exception {
        List<String> numbers = KafkaSite.numbers("KA-", 20);
        site.order(numbers);

        site.awaitLabelled(numbers);
        site.awaitCommitted();

        assertSoldOnce(numbers);
        Map<String, List<JsonNode>> told = awaitTold(numbers);
        for (String number : numbers) {
            assertThat(told.get(number))
                    .extracting(event -> event.path("type").asText())
                    .as(number)
                    .startsWith(TOLD.get(0))
                    .containsExactlyInAnyOrderElementsOf(TOLD);
            assertThat(told.get(number))
                    .extracting(event -> event.path("sequence").asText())
                    .isSorted();
        }
    }

    @Test
    void what_is_sent_again_is_known_and_buys_nothing() throws Exception {
        List<String> numbers = KafkaSite.numbers("KB-", 20);
        site.order(numbers);
        site.awaitLabelled(numbers);

        site.order(numbers);
        site.order(numbers);

        site.awaitCommitted();
        assertSoldOnce(numbers);
    }

    @Test
    void poison_is_parked_and_its_partition_goes_on() throws Exception {
        site.send("orders", "acme/KC-1", "{\"orderId\": \"KC-1\", ");
        site.send("orders", "acme/KC-1", null);
        site.send("orders", "acme/KC-1", "{\"orderId\": \"KC-1\", \"parcels\": []}");
        site.send("orders", "acme/KC-1", KafkaSite.order("KC-2"));

        site.awaitLabelled(List.of("KC-2"));
        site.awaitCommitted();

        assertThat(site.files(".json"))
                .as("the record that is no JSON")
                .anyMatch(name -> name.contains("/failed/") && name.contains("-orders-"));
        assertThat(site.get("/v1/exceptions").path("items").toString())
                .contains("file-failed", "order-rejected", "KC-1");
    }

    @Test
    void a_rebalance_loses_nothing_and_buys_nothing_twice() throws Exception {
        List<String> numbers = KafkaSite.numbers("KD-", 60);
        List<String> before = numbers.subList(0, 30);
        site.order(before);
        try (KafkaConsumer<String, String> other = other()) {
            other.subscribe(List.of("orders"));
            await("partitions of its own").atMost(KafkaSite.SOON).until(() -> {
                other.poll(Duration.ofMillis(200));
                return !other.assignment().isEmpty();
            });
            site.order(numbers.subList(30, 60));
            other.poll(Duration.ofMillis(200));
        }

        site.awaitLabelled(numbers);
        site.awaitCommitted();

        assertSoldOnce(numbers);
    }

    @Test
    void a_hub_that_is_killed_goes_on_from_what_it_committed() throws Exception {
        List<String> numbers = KafkaSite.numbers("KE-", 80);
        site.order(numbers);
        await("it has begun")
                .atMost(KafkaSite.SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() ->
                        site.get("/v1/orders?orderId=KE-10").at("/items/0/id").isTextual());

        site.killHub();
        site.startHub();

        site.awaitLabelled(numbers);
        site.awaitCommitted();
        assertSoldOnce(numbers);
    }

    @Test
    void while_the_broker_is_away_orders_are_taken_and_events_wait() throws Exception {
        site.awaitCommitted();
        site.broker.kill();
        try {
            assertThat(site.post("/v1/orders?source=acme-kafka", KafkaSite.order("KF-1")))
                    .isBetween(201, 202);
            await("an event that waits")
                    .atMost(KafkaSite.SOON)
                    .until(() -> site.metrics()
                            .lines()
                            .anyMatch(line -> line.matches("waybill_outbox_waiting\\{sink=\"acme-kafka\"\\} [1-9].*")));
        } finally {
            site.broker.goOn();
        }

        List<String> numbers = KafkaSite.numbers("KG-", 10);
        site.order(numbers);
        site.awaitLabelled(numbers);
        site.awaitCommitted();
        assertSoldOnce(numbers);
        List<String> all = new ArrayList<>(numbers);
        all.add("KF-1");
        awaitTold(all);
    }

    @Test
    void a_hub_that_is_stopped_waits_only_briefly_for_a_broker_that_stands_still() throws Exception {
        List<String> before = KafkaSite.numbers("KG-", 5);
        site.order(before);
        awaitTold(before);
        site.awaitCommitted();
        int lines = site.log().length();
        Duration took;
        site.broker.standStill(true);
        try {
            took = site.stopHub();
        } finally {
            site.broker.standStill(false);
        }

        assertThat(took).isLessThan(Duration.ofSeconds(9));
        assertThat(site.log().substring(lines)).doesNotContain("Failed to close", "Forcing shutdown", "Error closing");
        site.startHub();
        List<String> after = KafkaSite.numbers("KI-", 5);
        site.order(after);
        site.awaitLabelled(after);
    }

    @Test
    void what_failed_while_the_hub_paused_is_read_again_when_it_goes_on() throws Exception {
        try (Reader reader = new Reader(site, "paused", KafkaProcess.PASSWORD)) {
            reader.failing = true;
            site.send("paused", "k", "first");
            await("a poll that fails").atMost(KafkaSite.SOON).until(() -> reader.failed.get() > 0);

            reader.consumers.pause();
            reader.failing = false;
            site.send("paused", "k", "second");
            reader.consumers.resume();

            await("both").atMost(KafkaSite.SOON).until(() -> reader.taken.containsAll(List.of("first", "second")));
            assertThat(reader.taken.indexOf("first")).isLessThan(reader.taken.indexOf("second"));
        }
    }

    @Test
    void who_is_not_let_in_is_let_in_when_the_password_is_right_again() throws Exception {
        site.send("locked", "k", "first");
        try (Reader reader = new Reader(site, "locked", "another")) {
            await("a person who hears of it")
                    .atMost(KafkaSite.SOON)
                    .until(() -> reader.told.contains("cluster-locked"));
            assertThat(reader.taken).isEmpty();
            site.broker.password(KafkaProcess.USER, "another");
            await("its record").atMost(KafkaSite.SOON).until(() -> reader.taken.contains("first"));
            assertThat(reader.told).endsWith("heard");
        } finally {
            site.broker.password(KafkaProcess.USER, KafkaProcess.PASSWORD);
        }
    }

    private static KafkaConsumer<String, String> other() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        site.broker.address(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        KafkaSite.GROUP,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void assertSoldOnce(List<String> numbers) throws Exception {
        JsonNode book = site.book();
        assertThat(numbers)
                .allSatisfy(number -> assertThat(book.path(number).path("sold").asInt())
                        .as("labels of " + number)
                        .isEqualTo(1));
    }

    /** What the topic says of each order, an event that was told twice once; returns when all is told. */
    private static Map<String, List<JsonNode>> awaitTold(List<String> numbers) {
        return await("events")
                .atMost(KafkaSite.SOON)
                .ignoreExceptions()
                .until(
                        ThroughKafkaBroker::told,
                        told -> numbers.stream()
                                .allMatch(number ->
                                        told.getOrDefault(number, List.of()).size() == TOLD.size()));
    }

    private static Map<String, List<JsonNode>> told() throws Exception {
        Map<String, List<JsonNode>> told = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        try (Log log = new Log(site.broker)) {
            for (ConsumerRecord<String, String> record : log.all("events")) {
                JsonNode event = Json.mapper().readTree(record.value());
                String number = event.path("subject").asText();
                assertThat(record.key()).isEqualTo("acme/" + number);
                assertThat(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                        .isEqualTo(event.path("id").asText());
                if (known.add(event.path("id").asText())) {
                    told.computeIfAbsent(number, first -> new ArrayList<>()).add(event);
                }
            }
        }
        return told;
    }
}
