package io.waybill.edge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.OrdersWithEvents;
import io.waybill.delivery.Sinks;
import io.waybill.format.EdiStamp;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an exception in the ledger through the route as it ships to a group chat. */
class AlertRoutesTest {
    private static final String SECRET = "SECcanary0123456789";
    private static final String KEY = "key=robot-canary";
    private static final String PERSONAL = """
            [{"code":"bad-email","pointer":"/shipTo/email","values":{"value":"jane.canary@example.com"}},
             {"code":"carrier-refused","pointer":null,"values":{"words":"1 Canary St is unknown"}}]""";

    @RegisterExtension
    static final WireMockExtension ROBOT = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path data;

    private Ledger ledger;
    private OrdersWithEvents orders;
    private DefaultCamelContext camel;
    private Delivery delivery;

    @AfterEach
    void stop() {
        if (delivery != null) {
            delivery.stop();
            ledger.close();
        }
        if (camel != null) {
            camel.stop();
        }
    }

    @Test
    void json_has_every_field_a_program_wants() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));
        start("json", "en");

        String order = open("SO-1");
        awaitStates(order, "SENT");

        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl()).isEqualTo("/robot?" + KEY);
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        assertThat(request.getHeader("webhook-id")).startsWith("evt_");
        JsonNode body = body(request);
        assertThat(body.path("reason").asText()).isEqualTo("carrier-refused");
        assertThat(body.path("orderId").asText()).isEqualTo("SO-1");
        assertThat(body.path("happened").asText()).isEqualTo("The carrier refused to sell a label.");
        assertThat(body.path("means").asText()).isNotBlank();
        assertThat(body.path("toDo").asText()).isNotBlank();
        assertThat(body.at("/problems/0").toString())
                .isEqualTo("{\"code\":\"bad-email\",\"pointer\":\"/shipTo/email\"}");
        assertThat(body.path("link").asText())
                .isEqualTo("https://hub.example.com/exceptions/"
                        + body.path("exceptionId").asText());
        assertThat(Instant.parse(body.path("due").asText())).isAfter(Instant.now());
    }

    @Test
    void slack_gets_a_text_in_which_nobody_can_be_called_by_an_order_number() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(aResponse().withBody("ok")));
        start("slack", "en");

        awaitStates(open("<!channel> & co"), "SENT");

        JsonNode body = body(requests().get(0));
        assertThat(body.fieldNames()).toIterable().containsExactly("text");
        assertThat(body.path("text").asText())
                .startsWith("Waybill: The carrier refused to sell a label.\nOrder: &lt;!channel&gt; &amp; co\n")
                .contains("What to do: ", "https://hub.example.com/exceptions/exc_");
    }

    @Test
    void wecom_gets_a_short_text_in_chinese() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\"}")));
        start("wecom", "zh");

        awaitStates(open("<@all>" + "长".repeat(90)), "SENT");

        JsonNode body = body(requests().get(0));
        assertThat(body.path("msgtype").asText()).isEqualTo("text");
        String content = body.at("/text/content").asText();
        assertThat(content).contains("承运商拒绝出售面单", "订单：＜@all>长", "处理办法：").doesNotContain("<@");
        assertThat(content.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(2048);
    }

    @Test
    void dingtalk_gets_a_text_under_a_signature_anyone_can_recompute() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\"}")));
        start("dingtalk", "zh");

        awaitStates(open("SO-1"), "SENT");

        LoggedRequest request = requests().get(0);
        assertThat(body(request).path("msgtype").asText()).isEqualTo("text");
        assertThat(body(request).at("/text/content").asText()).contains("Waybill", "SO-1");
        assertThat(request.getUrl()).startsWith("/robot?" + KEY + "&timestamp=");
        String timestamp = request.queryParameter("timestamp").firstValue();
        assertThat(Instant.ofEpochMilli(Long.parseLong(timestamp)))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] sign = mac.doFinal((timestamp + "\n" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(request.queryParameter("sign").firstValue())
                .isEqualTo(Base64.getEncoder().encodeToString(sign));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "slack", "wecom", "dingtalk"})
    void no_value_of_a_document_and_no_word_of_a_carrier_is_told(String shape) throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(okJson("{\"errcode\":0}")));
        start(shape, "en");

        awaitStates(open("SO-1"), "SENT");

        assertThat(requests().get(0).getBodyAsString())
                .contains("bad-email", "/shipTo/email")
                .doesNotContainIgnoringCase("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wecom", "dingtalk"})
    void a_robot_that_answers_200_with_an_error_is_asked_again_until_it_takes_it(String shape) throws Exception {
        refusesOnce(okJson("{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}"));
        start(shape, "zh");

        awaitStates(open("SO-1"), "SENT");

        assertThat(requests()).hasSize(2);
        assertThat(requests().get(1).getHeader("webhook-id"))
                .isEqualTo(requests().get(0).getHeader("webhook-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "slack", "wecom", "dingtalk"})
    void too_many_requests_is_no_yes_either(String shape) throws Exception {
        refusesOnce(aResponse().withStatus(429).withHeader("Retry-After", "0").withBody("{\"errcode\":0}"));
        start(shape, "en");

        awaitStates(open("SO-1"), "SENT");

        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errcode\":310000,\"errmsg\":\"sign not match\"}", "not json", "{}", ""})
    void what_a_robot_answers_is_told_and_its_key_is_not(String answer) throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(aResponse().withBody(answer)));
        start("dingtalk", "en");

        DeliveryBook.Row parked = awaitStates(open("SO-1"), "PARKED").get(0);

        assertThat(parked.lastError()).contains("acme-alerts", "HTTP 200").doesNotContain("canary", "robot?", SECRET);
    }

    @Test
    void a_broken_connection_shows_no_key_and_no_endpoint_knows_one() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        start("wecom", "en");

        DeliveryBook.Row parked = awaitStates(open("SO-1"), "PARKED").get(0);

        assertThat(parked.lastError()).contains("failed to respond").doesNotContain("canary");
        assertThat(camel.getEndpoints()).extracting(Endpoint::getEndpointUri).noneMatch(uri -> uri.contains("canary"));
    }

    @Test
    void what_settled_it_is_told_too() throws Exception {
        ROBOT.stubFor(post(anyUrl()).willReturn(aResponse().withBody("ok")));
        start("slack", "en");
        String order = open("SO-1");

        ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, "shp_1"));

        awaitStates(order, "SENT", "SENT");
        assertThat(body(requests().get(1)).path("text").asText()).startsWith("Waybill: settled (label): ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sink.acme-alerts.shape=teams",
                "sink.acme-alerts.language=fr",
                "sink.acme-alerts.secret=SEC1",
                "sink.acme-alerts.events=order.labelled"
            })
    void a_setting_that_cannot_be_meant_refuses_the_route_by_name(String wrong) {
        String key = wrong.substring(0, wrong.indexOf('='));
        String text = "sink.acme-alerts.namespaces=acme\nsink.acme-alerts.url=" + ROBOT.baseUrl() + "\n"
                + (key.endsWith("events") ? "" : "sink.acme-alerts.events=exception.opened\n") + wrong;

        assertThatThrownBy(() -> camel = context(Settings.of(text)))
                .isInstanceOf(FailedToCreateRouteException.class)
                .hasStackTraceContaining(key);
    }

    private void start(String shape, String language) throws Exception {
        Settings settings = Settings.of(
                """
                hub.url=https://hub.example.com/
                sink.acme-alerts.namespaces=acme
                sink.acme-alerts.events=exception.opened,exception.closed
                sink.acme-alerts.url=%s/robot?%s
                sink.acme-alerts.shape=%s
                sink.acme-alerts.language=%s
                sink.acme-alerts.backoffScale=0
                %s
                """.formatted(ROBOT.baseUrl(), KEY, shape, language, shape.equals("dingtalk") ? secret() : ""));
        Sinks sinks = Sinks.read(settings);
        ledger = Ledger.open(Stores.h2(data), sinks);
        orders = new OrdersWithEvents(ledger);
        camel = context(settings);
        delivery = new Delivery(ledger, "node-1", sinks, name -> new SinkPort(camel.createProducerTemplate(), name));
        delivery.start();
    }

    private String secret() throws IOException {
        return "sink.acme-alerts.secret=file:" + Files.writeString(data.resolve("secret"), SECRET);
    }

    /** @return the order's hub id */
    private String open(String orderId) {
        String order = orders.order(orderId);
        ledger.commitAll(tx -> tx.exceptions()
                .open(
                        Reason.CARRIER_REFUSED,
                        "shp_1",
                        "acme",
                        tx.orders().find(order, Namespaces.ALL).orElseThrow(),
                        null,
                        "erp",
                        PERSONAL));
        delivery.wake();
        return order;
    }

    private static void refusesOnce(ResponseDefinitionBuilder refusal) {
        ROBOT.stubFor(post(anyUrl())
                .inScenario("refuses once")
                .whenScenarioStateIs(STARTED)
                .willReturn(refusal)
                .willSetStateTo("takes"));
        ROBOT.stubFor(post(anyUrl())
                .inScenario("refuses once")
                .whenScenarioStateIs("takes")
                .willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\"}")));
    }

    private List<DeliveryBook.Row> awaitStates(String order, String... states) {
        return Awaitility.await()
                .until(
                        () -> {
                            delivery.wake();
                            return ledger.read(tx -> tx.deliveries().of(order));
                        },
                        rows -> rows.stream()
                                .map(DeliveryBook.Row::state)
                                .toList()
                                .equals(List.of(states)));
    }

    private static List<LoggedRequest> requests() {
        return ROBOT.findAll(postRequestedFor(anyUrl()));
    }

    private static JsonNode body(LoggedRequest request) throws Exception {
        return Json.mapper().readTree(request.getBody());
    }

    private static DefaultCamelContext context(Settings settings) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        Verbs.register(
                camel,
                settings,
                (mapping, json) -> json,
                (name, subject) -> new EdiStamp(1, Instant.EPOCH),
                VerifyVerb.Inbox.FORGETFUL);
        camel.start();
        for (String file : List.of("templates/alert-http", "sinks/acme-alerts")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/" + file + ".yaml"));
        }
        return camel;
    }
}
