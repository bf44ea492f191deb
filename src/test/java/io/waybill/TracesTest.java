package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** An order is one trace from the call that brought it to its carrier and its sink. */
class TracesTest {
    private static final String CALLER = "0af7651916cd43dd8448eb211c80319c";

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Test
    void an_order_is_one_trace_from_its_call_to_its_carrier_and_its_sink() throws Exception {
        PortalHub portal = PortalHub.running();
        try (AutoCloseable traces = Traces.into(new Kept(), 1)) {
            String answer = portal.hub
                    .postBody(
                            """
                            {"orderId": "TRACED-1", "service": "ground",
                             "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                        "postalCode": "78701", "country": "US"},
                             "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""",
                            "Authorization",
                            "Bearer " + portal.admin,
                            "Prefer",
                            "wait=20",
                            "traceparent",
                            "00-" + CALLER + "-b7ad6b7169203331-01")
                    .body();
            String order = Json.mapper().readTree(answer).path("id").asText();
            await("every step")
                    .untilAsserted(() -> assertThat(of(order))
                            .extracting(SpanData::getName)
                            .contains("POST /v1/orders", "take in", "buy", "deliver"));

            assertThat(named(order, "buy").getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("waybill.account"), "sandbox")
                    .containsEntry(AttributeKey.stringKey("waybill.outcome"), "bought");
            assertThat(named(order, "deliver").getAttributes().get(AttributeKey.stringKey("waybill.sink")))
                    .isEqualTo("oms");
            assertThat(named(order, "POST /v1/orders").getLinks())
                    .extracting(link -> link.getSpanContext().getTraceId())
                    .containsExactly(CALLER);
            assertThat(spans.toString()).doesNotContain("Jane", "1 Main St", portal.admin);
        }
    }

    @Test
    void whoever_works_on_an_order_later_or_elsewhere_works_in_its_trace() throws Exception {
        try (AutoCloseable traces = Traces.into(new Kept(), 1)) {
            Traces.took("take in", "ord_1", 5);
        }
        try (AutoCloseable restarted = Traces.into(new Kept(), 1);
                Step step = Traces.begin("deliver", "ord_1")) {
            assertThat(MDC.get("order")).isEqualTo("ord_1");
            assertThat(MDC.get("trace")).isEqualTo(Traces.idOf("ord_1"));
        }

        assertThat(spans).hasSize(2).extracting(SpanData::getTraceId).containsOnly(Traces.idOf("ord_1"));
        assertThat(MDC.get("trace")).isNull();
    }

    @Test
    void of_an_order_all_is_kept_or_nothing() throws Exception {
        try (AutoCloseable traces = Traces.into(new Kept(), 0.5)) {
            for (int order = 0; order < 200; order++) {
                Traces.took("take in", "ord_" + order, 5);
                Traces.took("buy", "ord_" + order, 5);
            }
        }

        Map<String, Long> kept = spans.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        SpanData::getTraceId, java.util.stream.Collectors.counting()));
        assertThat(kept.values()).containsOnly(2L);
        assertThat(kept).hasSizeBetween(60, 140);
    }

    @Test
    void a_collector_gets_them_by_otlp_with_its_token() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> tokens = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().transferTo(body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (AutoCloseable export = export("trace.endpoint=http://127.0.0.1:"
                        + collector.getAddress().getPort() + "/\ntrace.token=env:T")
                .open()) {
            Traces.took("take in", "ord_1", 5);
        } finally {
            collector.stop(0);
        }

        assertThat(tokens).containsExactly("Bearer t0ken");
        assertThat(HexFormat.of().formatHex(body.toByteArray())).contains(Traces.idOf("ord_1"));
        assertThat(body.toString(StandardCharsets.ISO_8859_1)).contains("take in", "ord_1", "waybill");
    }

    @Test
    void traces_are_off_until_an_address_is_given() {
        assertThat(TraceExport.read(Settings.of("").section("trace"))).isEmpty();
        assertThatThrownBy(() -> export("trace.endpoint=collector:4318")).hasMessageContaining("http://HOST:4318");
        assertThatThrownBy(() -> export("trace.share=2")).hasMessageContaining("0 to 1");
    }

    private static TraceExport export(String settings) {
        return TraceExport.read(Settings.of(settings, Map.of("T", "t0ken")).section("trace"))
                .orElseThrow();
    }

    private List<SpanData> of(String order) {
        return spans.stream()
                .filter(span -> span.getTraceId().equals(Traces.idOf(order)))
                .toList();
    }

    private SpanData named(String order, String name) {
        return of(order).stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private final class Kept implements SpanProcessor {
        @Override
        public void onStart(io.opentelemetry.context.Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
