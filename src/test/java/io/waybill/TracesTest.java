package io.waybill;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.waybill.ledger.Ids;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import io.waybill.trace.KeptSpans;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;
import io.waybill.trace.Visit;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** An order is one trace from the call that brought it to its carrier and its sink. */
class TracesTest {
    private static final String CALLER = "0af7651916cd43dd8448eb211c80319c";
    private static final String NOTHING = "0000000000000000";
    private static final AttributeKey<String> ORDER = AttributeKey.stringKey("waybill.order");
    private static final long MILLI = 1_000_000;

    private final KeptSpans kept = new KeptSpans();
    private final List<SpanData> spans = kept.all;

    @Test
    void an_order_is_one_trace_from_its_call_to_its_carrier_and_its_sink() throws Exception {
        PortalHub portal = PortalHub.running();
        try (AutoCloseable traces = Traces.into(kept, 1)) {
            String order = post(portal, "TRACED-1");
            await("every step")
                    .untilAsserted(() -> assertThat(of(order))
                            .extracting(SpanData::getName)
                            .contains("POST /v1/orders", "take in", "buy", "deliver"));

            assertThat(named(order, "buy").getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("waybill.account"), "sandbox")
                    .containsEntry(AttributeKey.stringKey("waybill.outcome"), "bought");
            assertThat(named(order, "deliver").getAttributes().get(AttributeKey.stringKey("waybill.sink")))
                    .isEqualTo("oms");
            assertThat(named(order, "POST /v1/orders").getSpanId()).isEqualTo(rootOf(order));
            assertThat(of(order))
                    .allSatisfy(span -> assertThat(span.getParentSpanId())
                            .isEqualTo(span.getSpanId().equals(rootOf(order)) ? NOTHING : rootOf(order)));
            assertThat(spans.toString()).doesNotContain("Jane", "1 Main St", portal.admin);
        }
    }

    @Test
    void a_call_stands_in_its_callers_trace_too_and_each_leads_to_the_other() throws Exception {
        PortalHub portal = PortalHub.running();
        try (AutoCloseable traces = Traces.into(kept, 1)) {
            String order = post(portal, "TRACED-2");
            assertThat(post(portal, "TRACED-2")).isEqualTo(order);

            List<SpanData> ours = of(order).stream()
                    .filter(span -> span.getName().equals("POST /v1/orders"))
                    .toList();
            assertThat(ours)
                    .hasSize(2)
                    .allSatisfy(span -> assertThat(linked(span)).containsExactly(CALLER));
            assertThat(ours).extracting(SpanData::getParentSpanId).containsExactly(NOTHING, rootOf(order));
            assertThat(spans)
                    .filteredOn(span -> span.getTraceId().equals(CALLER))
                    .hasSize(2)
                    .allSatisfy(span -> {
                        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
                        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
                        assertThat(linked(span)).containsExactly(Traces.idOf(order));
                    });
        }
    }

    @Test
    void a_caller_who_keeps_no_trace_is_only_linked() throws Exception {
        try (AutoCloseable traces = Traces.into(kept, 1);
                Visit visit = Traces.called("POST /v1/orders")) {
            visit.answered(Ids.next("ord"), "00-" + CALLER + "-b7ad6b7169203331-00");
            visit.answered(Ids.next("ord"), "nonsense");
        }

        assertThat(spans).hasSize(2).noneMatch(span -> span.getTraceId().equals(CALLER));
        assertThat(linked(spans.get(0))).containsExactly(CALLER);
        assertThat(linked(spans.get(1))).isEmpty();
    }

    @Test
    void what_took_an_order_in_first_is_the_root_of_all_that_follows() throws Exception {
        String order;
        try (AutoCloseable traces = Traces.into(kept, 1)) {
            long begun = System.nanoTime();
            order = Ids.next("ord");
            Traces.took("take in", order, System.nanoTime() - begun + 50 * MILLI);
            Traces.took("take in", order, System.nanoTime() - begun + MILLI);
        }
        try (AutoCloseable restarted = Traces.into(kept, 1);
                Step step = Traces.call("deliver", order)) {
            assertThat(MDC.get("order")).isEqualTo(order);
            assertThat(MDC.get("trace")).isEqualTo(Traces.idOf(order));
        }

        assertThat(of(order))
                .extracting(SpanData::getName, SpanData::getParentSpanId)
                .containsExactly(
                        tuple("take in", NOTHING), tuple("take in", rootOf(order)), tuple("deliver", rootOf(order)));
        assertThat(MDC.get("trace")).isNull();
    }

    @Test
    void an_order_of_another_day_gets_no_second_root() throws Exception {
        String old = "ord_01J00000000000000000000000";
        try (AutoCloseable traces = Traces.into(kept, 1)) {
            Traces.took("take in", old, 5);
            try (Visit visit = Traces.called("POST /v1/orders")) {
                visit.answered(old, null);
            }
        }

        assertThat(spans).hasSize(2).extracting(SpanData::getParentSpanId).containsOnly(rootOf(old));
    }

    @Test
    void whoever_is_told_goes_on_with_the_trace_at_the_step_that_tells_it() throws Exception {
        String order = Ids.next("ord");
        try (AutoCloseable traces = Traces.into(kept, 1);
                Step step = Traces.call("deliver", order)) {
            assertThat(Traces.parent())
                    .hasValueSatisfying(
                            said -> assertThat(said).matches("00-" + Traces.idOf(order) + "-[0-9a-f]{16}-01"));
        }
        assertThat(Traces.parent()).isEmpty();
        try (Step untraced = Traces.call("deliver", order)) {
            assertThat(Traces.parent()).isEmpty();
        }
    }

    @Test
    void what_is_no_order_is_a_span_below_nothing() throws Exception {
        try (AutoCloseable traces = Traces.into(kept, 1)) {
            Traces.call("deliver", "inv_1").close();
            Traces.call("deliver", "inv_1").close();
        }

        assertThat(spans).extracting(SpanData::getParentSpanId).containsOnly(NOTHING);
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(Traces.idOf("inv_1"));
        assertThat(spans).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    }

    @Test
    void of_an_order_all_is_kept_or_nothing() throws Exception {
        try (AutoCloseable traces = Traces.into(kept, 0.5)) {
            for (int order = 0; order < 200; order++) {
                Traces.took("take in", "ord_" + order, 5);
                try (Visit visit = Traces.called("POST /v1/orders")) {
                    visit.answered("ord_" + order, "00-" + CALLER + "-b7ad6b7169203331-01");
                }
            }
        }

        Map<String, Long> byOrder = spans.stream()
                .collect(groupingBy(span -> String.valueOf(span.getAttributes().get(ORDER)), counting()));
        assertThat(byOrder.values()).containsOnly(3L);
        assertThat(byOrder).hasSizeBetween(60, 140);
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

    /** Answered as the hub id of the order. */
    private static String post(PortalHub portal, String number) throws Exception {
        String answer = portal.hub
                .postBody(
                        """
                        {"orderId": "%s", "service": "ground",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".formatted(number),
                        "Authorization",
                        "Bearer " + portal.admin,
                        "Prefer",
                        "wait=20",
                        "traceparent",
                        "00-" + CALLER + "-b7ad6b7169203331-01")
                .body();
        return Json.mapper().readTree(answer).path("id").asText();
    }

    private static List<String> linked(SpanData span) {
        return span.getLinks().stream()
                .map(link -> link.getSpanContext().getTraceId())
                .toList();
    }

    /** As docs/operate.md says it. */
    private static String rootOf(String order) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(order.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(32, 48);
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
}
