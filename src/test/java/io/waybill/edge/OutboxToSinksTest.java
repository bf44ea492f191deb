package io.waybill.edge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.OrdersWithEvents;
import io.waybill.delivery.Sinks;
import io.waybill.format.EdiStamp;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the ledger's outbox through the routes as they ship to real receivers. */
class OutboxToSinksTest {
    @RegisterExtension
    static final WireMockExtension OMS = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path data;

    private Path folder;
    private Ledger ledger;
    private OrdersWithEvents orders;
    private DefaultCamelContext camel;
    private Delivery delivery;

    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectory(data.resolve("wms"));
        String text = """
                sink.acme-oms.namespaces=acme
                sink.acme-oms.url=%s/hooks
                sink.acme-oms.secret=whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
                sink.acme-oms.backoffScale=0.000001
                sink.acme-wms.namespaces=acme
                sink.acme-wms.events=order.labelled
                sink.acme-wms.mapping=acme-wms-label
                sink.acme-wms.folder=%s
                """.formatted(OMS.baseUrl(), folder);
        Settings settings = Settings.of(text);
        Sinks sinks = Sinks.read(settings);
        ledger = Ledger.open(Stores.h2(data), sinks);
        orders = new OrdersWithEvents(ledger);
        camel = context(settings, text);
        delivery = new Delivery(ledger, "node-1", sinks, name -> new SinkPort(camel.createProducerTemplate(), name));
        delivery.start();
    }

    @AfterEach
    void stop() {
        delivery.stop();
        camel.stop();
        ledger.close();
    }

    @Test
    void a_lost_2xx_is_delivered_again_under_the_same_id() {
        OMS.stubFor(post(anyUrl())
                .inScenario("lost")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("back"));
        OMS.stubFor(
                post(anyUrl()).inScenario("lost").whenScenarioStateIs("back").willReturn(ok()));

        orders.emit(orders.order("SO-1"), "order.accepted");

        awaitSent(1);
        List<LoggedRequest> requests = OMS.findAll(postRequestedFor(anyUrl()));
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).getHeader("webhook-id"))
                .startsWith("evt_")
                .isEqualTo(requests.get(0).getHeader("webhook-id"));
        assertThat(requests.get(1).getBodyAsString()).isEqualTo(requests.get(0).getBodyAsString());
    }

    @Test
    void a_receiver_that_says_when_to_come_again_is_not_told_sooner() {
        OMS.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "20")));

        orders.emit(orders.order("SO-1"), "order.accepted");

        await().until(() -> deliveries().stream().anyMatch(row -> row.lastError() != null));
        assertThat(deliveries())
                .filteredOn(row -> row.lastError() != null)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.state()).isEqualTo("PENDING");
                    assertThat(row.attempts()).isOne();
                    assertThat(row.due()).isAfter(row.createdAt().plusSeconds(19));
                    assertThat(row.lastError()).contains("429");
                });
    }

    @Test
    void a_sink_that_is_down_holds_no_file_back() throws Exception {
        OMS.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503)));

        orders.emit(orders.order("SO-1"), "order.labelled");

        await().until(() -> {
            delivery.wake();
            return Files.exists(folder.resolve(idOf("acme-wms") + ".csv"));
        });
        assertThat(folder.resolve(idOf("acme-wms") + ".csv")).hasContent("subject\r\nSO-1\r\n");
    }

    private void awaitSent(int events) {
        await().until(() -> {
            delivery.wake();
            return deliveries().stream()
                            .filter(row -> row.state().equals("SENT"))
                            .count()
                    == events;
        });
    }

    private String idOf(String sink) {
        return deliveries().stream()
                .filter(row -> row.sink().equals(sink))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<DeliveryBook.Row> deliveries() {
        return ledger.read(tx -> tx.deliveries().of(orders.ids().get(0)));
    }

    private static DefaultCamelContext context(Settings settings, String text) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        Verbs.register(
                camel,
                settings,
                (mapping, json) -> {
                    assertThat(json).contains("\"type\":\"order.labelled\"");
                    return "{\"subject\":\"SO-1\"}";
                },
                (name, subject) -> new EdiStamp(1, Instant.EPOCH),
                VerifyVerb.Inbox.FORGETFUL);
        text.lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> camel.getPropertiesComponent().addInitialProperty(pair[0], pair[1]));
        camel.start();
        for (String file : List.of("templates/sink-http", "templates/sink-file", "sinks/acme-oms", "sinks/acme-wms")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/" + file + ".yaml"));
        }
        return camel;
    }
}
