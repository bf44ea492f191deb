package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.ShopTaker;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.order.Json;
import io.waybill.trace.KeptSpans;
import io.waybill.trace.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code direct:records} makes of a poll; against a real broker it is tested by {@code -Pbroker}. */
class RecordsPortTest extends CamelTestSupport {
    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private final List<String> committed = new ArrayList<>();
    private Ledger ledger;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        return super.createCamelContext();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        Batch batch = new Batch(ledger, shop, Archive.in(data), "node-1");
        return new RecordsPort(
                batch,
                shop,
                (source, mapping, format, channel) ->
                        new Feed("orders", source, "acme", channel, mapping, Reading.of(Format.JSON), Locale.ENGLISH));
    }

    @AfterEach
    void close() {
        context.stop();
        ledger.close();
    }

    @Test
    void offsets_are_committed_once_for_each_partition_when_all_is_taken() throws Exception {
        JsonNode report = report(poll(
                record(0, 4, order("A1", "Berlin")),
                record(1, 9, order("A2", "Bremen")),
                record(0, 5, order("A3", "Bonn"))));

        assertThat(shop.orders).containsOnlyKeys("A1", "A2", "A3");
        assertThat(report.path("accepted").asInt()).isEqualTo(3);
        assertThat(committed).containsExactlyInAnyOrder("orders-0@5", "orders-1@9");
    }

    @Test
    void nothing_is_committed_while_something_cannot_be_taken_and_the_same_poll_again_creates_nothing_twice() {
        Exchange[] polled = {record(0, 4, order("A1", "Berlin")), record(0, 5, order("A2", "Bonn"))};
        shop.dieAt = 2;

        assertThat(poll(polled).getException()).hasMessageContaining("database is gone");
        assertThat(committed).isEmpty();

        assertThat(poll(polled).getException()).isNull();
        assertThat(shop.created).isEqualTo(2);
        assertThat(committed).containsExactly("orders-0@5");
    }

    @Test
    void what_cannot_be_read_becomes_a_file_that_failed_and_those_behind_it_are_taken() throws Exception {
        JsonNode report = report(poll(
                record(0, 1, "{\"order_no\": "),
                record(0, 2, order("A1", "")),
                record(0, 3, null),
                record(0, 4, order("A2", "Bonn"))));

        assertThat(shop.orders).containsOnlyKeys("A2");
        assertThat(report.path("rejected").asInt()).isEqualTo(1);
        assertThat(committed).containsExactly("orders-0@4");
        try (Stream<Path> failed = Files.walk(data.resolve("failed"))) {
            assertThat(failed.map(Path::toString)).anyMatch(name -> name.endsWith("-orders-0-1.json"));
        }
    }

    @Test
    void another_record_at_the_same_place_of_a_topic_made_anew_is_another_order() {
        poll(record(0, 0, order("A1", "Berlin")));
        poll(record(0, 0, order("A2", "Berlin")));

        assertThat(shop.orders).containsOnlyKeys("A1", "A2");
    }

    @Test
    void a_record_may_hold_several_orders() {
        poll(record(2, 0, "[" + order("A1", "Berlin") + "," + order("A2", "Bonn") + "]"));

        assertThat(shop.orders).containsOnlyKeys("A1", "A2");
        assertThat(committed).containsExactly("orders-2@0");
    }

    @Test
    void a_record_stands_in_its_writers_trace_and_in_its_orders() throws Exception {
        KeptSpans spans = new KeptSpans();
        Exchange traced = record(0, 1, order("A1", "Berlin"));
        String writer = "0af7651916cd43dd8448eb211c80319c";
        traced.getMessage().setHeader("traceparent", ("00-" + writer + "-b7ad6b7169203331-01").getBytes(UTF_8));

        try (AutoCloseable traces = Traces.into(spans, 1)) {
            poll(traced, record(0, 2, order("A2", "Bonn")), record(0, 3, "{"));
        }

        assertThat(spans.all)
                .extracting(SpanData::getName, SpanData::getTraceId, SpanData::getKind)
                .containsExactlyInAnyOrder(
                        tuple("record", writer, SpanKind.CONSUMER),
                        tuple("record", Traces.idOf("ord_A1"), SpanKind.INTERNAL),
                        tuple("record", Traces.idOf("ord_A2"), SpanKind.CONSUMER));
        assertThat(spans.all)
                .filteredOn(span -> span.getTraceId().equals(writer))
                .extracting(SpanData::getParentSpanId)
                .containsExactly("b7ad6b7169203331");
    }

    private static String order(String number, String city) {
        return "{\"order_no\":\"%s\",\"city\":\"%s\"}".formatted(number, city);
    }

    private Exchange poll(Exchange... records) {
        return template.request("direct:records", exchange -> {
            exchange.setProperty("source", "acme-kafka");
            exchange.getMessage().setBody(List.of(records));
        });
    }

    private static JsonNode report(Exchange polled) throws Exception {
        assertThat(polled.getException()).isNull();
        return Json.mapper().readTree(polled.getMessage().getBody(String.class));
    }

    private Exchange record(int partition, long offset, @Nullable String value) {
        DefaultExchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(value == null ? null : value.getBytes(UTF_8));
        exchange.getMessage()
                .setHeader(
                        KafkaConstants.MANUAL_COMMIT,
                        new DefaultKafkaManualCommit(
                                new KafkaManualCommitFactory.CamelExchangePayload(exchange, null, "test", null),
                                new KafkaManualCommitFactory.KafkaRecordPayload(
                                        new TopicPartition("orders", partition), offset, 1000)) {
                            @Override
                            public void commit() {
                                committed.add(getPartition() + "@" + getRecordOffset());
                            }
                        });
        return exchange;
    }
}
