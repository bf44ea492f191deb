package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is asked to stop finishes what it has begun. */
class DrainFaults {
    private static final int SIGTERM = 143;
    private static final int ORDERS = 40;

    @TempDir
    Path folder;

    @Test
    void a_hub_that_is_asked_to_stop_decides_every_open_purchase_and_begins_no_other() throws Exception {
        try (Site site = new Site(folder)) {
            haveWarmLabels(site);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                ids.add(post(site, "key-" + i, order("DRAIN-" + i, "SANDBOX:SLOW=1 Jane Roe")));
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> site.audit().path("orders").size() > 1);

            assertThat(site.stopHub()).isEqualTo(SIGTERM);

            assertThat(countInLedger("state IN ('BUYING', 'UNKNOWN', 'REVIEW')"))
                    .as("undecided")
                    .isZero();
            assertThat(countInLedger("state IN ('BOUGHT', 'LABELLED')"))
                    .as("sold and known here")
                    .isEqualTo(site.audit().path("orders").size());
            assertThat(countInLedger("state = 'READY'"))
                    .as("left for the next start")
                    .isPositive();

            site.startHub();
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        for (String id : ids) {
                            JsonNode order = site.json("/v1/orders/" + id);
                            assertThat(order.path("status").asText()).isEqualTo("labelled");
                            assertThat(order.path("attempts")).hasSize(1);
                        }
                    });
            assertThat(site.json("/v1/exceptions").path("items")).isEmpty();
        }
    }

    /** A carrier's first label takes it so long on a slow machine that its answer comes too late, which leaves a purchase unknown. */
    private static void haveWarmLabels(Site site) throws Exception {
        String id = post(site, "warm", order("WARM", "Jane Roe"));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        site.json("/v1/orders/" + id).path("status").asText().equals("labelled"));
    }

    private static String post(Site site, String key, String order) throws Exception {
        return Site.JSON
                .readTree(site.post("/v1/orders", key, "respond-async", order).body())
                .path("id")
                .asText();
    }

    /** Only while no hub runs: the embedded database is one process at a time. */
    private long countInLedger(String condition) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("data").resolve("waybill").toAbsolutePath();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT COUNT(*) FROM shipment WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String order(String orderId, String name) {
        return """
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "%s", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"reference": "box-1", "weight": {"value": 1.5, "unit": "kg"}}]}""".formatted(orderId, name);
    }
}
