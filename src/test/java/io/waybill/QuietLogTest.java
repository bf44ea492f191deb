package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole hub at its most talkative, with orders that fail in every way: nobody's name, number, address or secret is in its log. */
class QuietLogTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String[] CANARIES = {
        "Canaria",
        "5125559137",
        "canary@example.com",
        "Vogelweg",
        "c2VjcmV0IGNhbmFyeSBmb3IgdGhlIGxvZyB0ZXN0",
        "wbk_canary"
    };

    private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logback.getLogger("ROOT");
    private final Logger house = logback.getLogger("io.waybill");
    private final Level before = house.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        house.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        house.setLevel(before);
    }

    @Test
    void no_order_and_no_secret_is_in_the_log() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Stores.h2(folder.resolve("data"));
        try (Hub hub = Hub.start(Settings.of(settings()))) {
            String api = "http://127.0.0.1:" + hub.port() + "/v1/orders";
            for (String magic : List.of("", "REFUSE", "LOSE-ANSWER", "SELL-503", "LABEL-LATER")) {
                String name = (magic.isEmpty() ? "" : "SANDBOX:" + magic + " ") + "Ada Canaria";
                send(api, order("SO-" + magic, name, "canary@example.com"));
            }
            send(api, order("SO-MAIL", "Ada Canaria", "no-mail-canary@example.com@"));
            send(api, order("SO\\r\\n2026-01-01 INFO forged", "Ada Canaria", "canary@example.com"));
            send(api, "{\"orderId\": \"Canaria\", \"shipTo\": {\"email\": \"canary@example.com\"");
            send(api + "/%0d%0aforged/retry", "");
            send(api + "?source=shopify", "{\"name\":\"Canaria\",\"email\":\"canary@example.com\"}");
            send(api, "Authorization", "Bearer wbk_canary", "{}");
            Files.writeString(folder.resolve("in/orders.csv"), """
                    order_no,ship_name,phone
                    SO-F1,"Ada
                    2026-01-01T00:00:00.000Z ERROR forged Canaria",5125559137
                    """);
            await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(folder.resolve("in/orders.csv")));
            // the sink has no listener, so its failures are told
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> text().stream().anyMatch(line -> line.contains("acme-oms")));
        }

        assertThat(text()).isNotEmpty();
        assertThat(String.join("", text())).doesNotContain(CANARIES);
        assertLinesAreOurs(text());
        List<String> json = json();
        assertThat(String.join("", json)).doesNotContain(CANARIES);
        for (String line : json) {
            assertThat(line.strip()).doesNotContain("\n");
            assertThat(Json.mapper().readTree(line).path("formattedMessage").isTextual())
                    .isTrue();
        }
    }

    @Test
    void nobody_else_writes_a_line_of_the_log() {
        String forged = "x\r\n2026-01-01T00:00:00.000Z ERROR forged\u001b[2J\u2028y";
        LoggerFactory.getLogger("io.waybill.Some").warn("order {}", forged);
        LoggerFactory.getLogger("io.waybill.Some").error("broke", new IllegalStateException(forged));

        List<String> lines = text();
        assertThat(lines.get(0)).contains("order x | 2026-01-01").doesNotContain("\u001b", "\u2028");
        assertThat(lines.get(1))
                .contains("IllegalStateException: x", "    2026-01-01")
                .doesNotContain("\u001b", "\u2028");
        assertLinesAreOurs(lines);
    }

    private static void assertLinesAreOurs(List<String> text) {
        for (String entry : text) {
            List<String> lines = entry.lines().toList();
            assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\dT.*");
            assertThat(lines.get(0)).doesNotMatch(".*[\\p{Cntrl}&&[^\\t]].*");
            String exception = "[\\w.$]+(Exception|Error).*";
            assertThat(lines.subList(1, lines.size()))
                    .allMatch(line -> line.isEmpty() || line.startsWith("    ") || line.matches(exception));
        }
    }

    /** So far; the hub's threads go on. */
    private List<ILoggingEvent> heard() {
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    /** As the console would show it. */
    private List<String> text() {
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) root.getAppender("text");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
        return heard().stream()
                .map(event -> encoder.getLayout().doLayout(event))
                .toList();
    }

    /** The same by {@code WAYBILL_LOG_FORMAT=json}. */
    private List<String> json() throws Exception {
        LoggerContext other = new LoggerContext();
        other.putProperty("WAYBILL_LOG_FORMAT", "json");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(other);
        configurator.doConfigure(QuietLogTest.class.getResource("/logback.xml"));
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) other.getLogger("ROOT").getAppender("json");
        return heard().stream()
                .map(event -> new String(console.getEncoder().encode(event), StandardCharsets.UTF_8))
                .toList();
    }

    private static void send(String url, String body) throws Exception {
        send(url, "Prefer", "wait=5", body);
    }

    private static void send(String url, String header, String value, String body) throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header(header, value)
                        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String order(String id, String name, String email) {
        return """
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "%s", "line1": "1 Vogelweg", "city": "Austin", "state": "TX", "postalCode": "78701",
                            "country": "US", "phone": "+15125559137", "email": "%s"},
                 "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}""".formatted(id, name, email);
    }

    private String settings() throws Exception {
        int sandbox = FreePort.next();
        return """
                waybill.data=%1$s/data
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%2$d
                account.sandbox.settle=200ms
                service.ground=sandbox:ground
                source.shopify.mapping=shopify-order
                source.acme-csv.folder=%1$s/in
                source.acme-csv.mapping=acme-orders
                source.acme-csv.still=200
                sink.acme-oms.namespaces=acme
                sink.acme-oms.url=http://127.0.0.1:%3$d/hook
                sink.acme-oms.secret=whsec_c2VjcmV0IGNhbmFyeSBmb3IgdGhlIGxvZyB0ZXN0
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """.formatted(folder, sandbox, FreePort.next());
    }
}
