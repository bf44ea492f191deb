package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Never twice, never lost: the hub is killed five times while a shop sends, against a carrier that loses answers. */
class KillFaults {
    private static final Logger LOG = LoggerFactory.getLogger(KillFaults.class);
    private static final int ORDERS = 300;
    private static final int[] KILL_AFTER = {40, 90, 150, 200, 250};
    private static final Set<String> EVENTS = Set.of("order.accepted", "order.labelled", "billing.charged");

    @TempDir
    Path folder;

    @Test
    void a_hub_that_is_killed_again_and_again_buys_every_order_once_and_tells_everybody() throws Exception {
        long start = System.nanoTime();
        try (Site site = new Site(folder);
                Shop shop = new Shop(site, 8)) {
            List<Future<?>> sending = shop.send(ORDERS);
            for (int acknowledged : KILL_AFTER) {
                awaitAcknowledged(shop, sending, acknowledged);
                site.killHub();
                site.startHub();
            }
            awaitAcknowledged(shop, sending, ORDERS);
            Map<String, JsonNode> orders = awaitSettled(site, shop.acknowledged);

            assertThat(site.audit().path("pending").asInt()).isZero();
            assertThat(soldOtherThanOnce(site)).as("in the carrier's book").isEmpty();
            assertThat(undelivered(site, orders)).isEmpty();
            assertThat(charged(orders)).as("charges").isEqualByComparingTo(priceOfEverythingSold(site));
            assertThat(site.json("/v1/exceptions").path("items")).isEmpty();
            LOG.info(
                    "{} orders, {} kills, {} requests sent again, {} events told again, {} s: double-bought 0, lost 0, undelivered 0",
                    ORDERS,
                    KILL_AFTER.length,
                    shop.again,
                    site.oms.repeats(),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
    }

    private static void awaitAcknowledged(Shop shop, List<Future<?>> sending, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    for (Future<?> sent : sending) {
                        if (sent.isDone()) {
                            sent.get();
                        }
                    }
                    return shop.acknowledged.size() >= count;
                });
    }

    /** Waits until every acknowledged order has its label and nothing is left in the outbox. */
    private static Map<String, JsonNode> awaitSettled(Site site, Map<String, String> ids) {
        Map<String, JsonNode> settled = new HashMap<>();
        Map<String, String> open = new HashMap<>();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .failFast(() -> assertThat(site.hubIsAlive()).isTrue())
                .untilAsserted(() -> {
                    open.clear();
                    for (Map.Entry<String, String> order : ids.entrySet()) {
                        if (!settled.containsKey(order.getKey())) {
                            JsonNode told = site.json("/v1/orders/" + order.getValue());
                            if (isSettled(told)) {
                                settled.put(order.getKey(), told);
                            } else {
                                open.put(order.getKey(), told.toString());
                            }
                        }
                    }
                    assertThat(open).isEmpty();
                });
        return settled;
    }

    private static boolean isSettled(JsonNode order) {
        return order.path("status").asText().equals("labelled")
                && stream(order.path("deliveries"))
                        .allMatch(delivery -> delivery.path("state").asText().equals("sent"));
    }

    private static Map<String, Integer> soldOtherThanOnce(Site site) throws IOException, InterruptedException {
        JsonNode book = site.audit().path("orders");
        Map<String, Integer> wrong = new HashMap<>();
        IntStream.rangeClosed(1, ORDERS).mapToObj(Shop::number).forEach(number -> {
            int sold = book.path(number).path("sold").asInt();
            if (sold != 1) {
                wrong.put(number, sold);
            }
        });
        assertThat(book).hasSize(ORDERS);
        return wrong;
    }

    private static List<String> undelivered(Site site, Map<String, JsonNode> orders) {
        List<String> missing = new ArrayList<>();
        orders.forEach((number, order) -> {
            for (String sink : List.of("acme-oms", "acme-wms")) {
                Set<String> told = new TreeSet<>();
                for (JsonNode delivery : order.path("deliveries")) {
                    String id = delivery.path("id").asText();
                    String type = delivery.path("type").asText();
                    if (delivery.path("sink").asText().equals(sink)) {
                        assertThat(told.add(type))
                                .as("%s of %s is one fact", type, number)
                                .isTrue();
                        if (!(sink.equals("acme-oms") ? site.oms.has(id) : site.warehouseHas(id))) {
                            missing.add(number + " " + sink + " " + type);
                        }
                    }
                }
                assertThat(told).as("events of %s for %s", number, sink).isEqualTo(EVENTS);
            }
        });
        return missing;
    }

    private static BigDecimal charged(Map<String, JsonNode> orders) {
        return orders.values().stream()
                .flatMap(order -> stream(order.path("charges")))
                .map(charge -> new BigDecimal(charge.path("amount").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal priceOfEverythingSold(Site site) throws IOException {
        BigDecimal total = BigDecimal.ZERO;
        for (String line : Files.readAllLines(site.book)) {
            for (JsonNode part : Site.JSON.readTree(line).path("sold").path("price")) {
                total = total.add(new BigDecimal(part.path("amount").asText()));
            }
        }
        return total;
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
