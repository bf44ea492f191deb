package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.waybill.api.ShedOnce;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is drawn and alerted on, and what the manual names, is what a hub serves. */
class MonitoringTest {
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern METRIC = Pattern.compile("\\b((?:waybill|jvm|process)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~?)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

    /** Prometheus adds these itself. */
    private static final Set<String> SCRAPED = Set.of("instance", "job");

    /** Every metric that is served, its labels, and their values. */
    private static final Map<String, Map<String, Set<String>>> SERVED = new TreeMap<>();

    @BeforeAll
    static void serve() throws Exception {
        PortalHub portal = PortalHub.running();
        portal.order("MONITORED-1", "\"parcels\": [{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}],");
        portal.order("MONITORED-2", ""); // held: it has no weight
        await("everything counted").ignoreExceptions().untilAsserted(() -> {
            read(portal.hub
                    .send("/metrics", "Authorization", "Bearer " + portal.admin)
                    .body());
            assertThat(SERVED).containsKeys("waybill_account_available", "waybill_backlog", "waybill_outbox_waiting");
        });
        read(ShedOnce.metrics());
        List<String> states =
                Stream.of(ShipmentState.values()).map(ShipmentState::name).toList();
        SERVED.values().forEach(labels -> labels.computeIfPresent("state", (label, seen) -> new TreeSet<>(states)));
    }

    private static void read(String metrics) {
        metrics.lines().map(SAMPLE::matcher).filter(Matcher::find).forEach(sample -> {
            Map<String, Set<String>> labels = SERVED.computeIfAbsent(sample.group(1), first -> new TreeMap<>());
            LABEL.matcher(String.valueOf(sample.group(2)))
                    .results()
                    .forEach(label -> labels.computeIfAbsent(label.group(1), first -> new TreeSet<>())
                            .add(label.group(2)));
        });
    }

    @Test
    void the_dashboard_asks_for_what_is_served() throws Exception {
        JsonNode dashboard =
                Json.mapper().readTree(Path.of("docs/monitoring/grafana.json").toFile());

        List<String> queries = dashboard.findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(15);
        assertThat(queries).allSatisfy(MonitoringTest::assertServed);
    }

    @Test
    void the_alerts_ask_for_what_is_served_and_say_what_is_wrong() throws Exception {
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docs/monitoring/alerts.yaml").toFile())
                .at("/groups/0/rules");

        assertThat(rules).hasSizeGreaterThan(8).allSatisfy(rule -> {
            assertServed(rule.path("expr").asText());
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(Files.readString(Path.of("docs/operate.md")))
                    .contains(rule.path("alert").asText());
        });
    }

    @Test
    void whatever_makes_a_hub_take_nothing_in_is_alerted_on_and_seen() throws Exception {
        String alerts = Files.readString(Path.of("docs/monitoring/alerts.yaml"));
        String dashboard = Files.readString(Path.of("docs/monitoring/grafana.json"));

        for (String why : List.of(
                "waybill_database_gone", "waybill_database_outgrown", "waybill_database_full", "waybill_disk_low")) {
            assertThat(alerts).containsPattern("expr: (max_over_time\\()?" + why + "(\\[5m])?\\)? == 1");
            assertThat(dashboard).contains(why);
        }
        assertThat(alerts)
                .as("what waits for its price turns callers away too")
                .contains("waybill_backlog_oldest_seconds{state=~\"READY|CHOOSING\"}");
    }

    @Test
    void the_manual_names_what_is_served() throws Exception {
        Set<String> named = new LinkedHashSet<>();
        METRIC.matcher(Files.readString(Path.of("docs/operate.md")))
                .results()
                .forEach(name -> named.add(name.group(1)));

        assertThat(SERVED.keySet()).containsAll(named);
    }

    private static void assertServed(String query) {
        List<Map<String, Set<String>>> asked = new ArrayList<>();
        METRIC.matcher(query).results().forEach(metric -> {
            assertThat(SERVED.keySet()).as(query).contains(metric.group(1));
            Map<String, Set<String>> labels = SERVED.get(metric.group(1));
            MATCHER.matcher(String.valueOf(metric.group(2))).results().forEach(matcher -> {
                assertThat(labels.keySet()).as(query).contains(matcher.group(1));
                if (matcher.group(2).equals("=")) {
                    assertThat(labels.get(matcher.group(1))).as(query).contains(matcher.group(3));
                }
            });
            asked.add(labels);
        });
        BY.matcher(query)
                .results()
                .flatMap(by -> Stream.of(by.group(1).split(", ")))
                .filter(label -> !SCRAPED.contains(label))
                .forEach(label -> assertThat(asked)
                        .as(query)
                        .allSatisfy(labels -> assertThat(labels).containsKey(label)));
        assertThat(asked.isEmpty()).as(query).isEqualTo(query.startsWith("up{"));
    }
}
