package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.failpoint.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several nodes on one PostgreSQL, killed, paused and stopped while orders keep coming and the carrier plays every fault it
 * knows; then the books are compared. {@code -Dfaults.nodes=N} (3), {@code -Dfaults.minutes=N} (20 seconds; then
 * pauses last up to a minute), {@code -Dfaults.seed=N} (the clock).
 */
@Timeout(7200)
class SeveralNodesFaults {
    private static final Logger LOG = LoggerFactory.getLogger(SeveralNodesFaults.class);
    private static final int NODES = Integer.getInteger("faults.nodes", 3);
    private static final int MINUTES = Integer.getInteger("faults.minutes", 0);
    private static final Duration LENGTH = MINUTES == 0 ? Duration.ofSeconds(20) : Duration.ofMinutes(MINUTES);
    private static final int LONGEST_PAUSE_MS = MINUTES == 0 ? 7_000 : 60_000;
    private static final String LATE = "B-LATE";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofMinutes(3).plus(LENGTH.dividedBy(4));

    /**
     * The others take over within seconds, and what was tried twice is audited soon. Overnight goes to a carrier that sells as
     * often as it is asked and is searched by reference; what is not found there is believed after the settle time.
     */
    private static final String SETTINGS = """
            nodes.silence=5s
            account.again.adapter=sandbox
            account.again.baseUrl=%s
            account.again.idempotency=B
            account.again.lookUpProven=true
            account.again.settle=6s
            account.again.connectTimeout=300ms
            account.again.answerTimeout=2s
            account.again.auditAt=8s,20s
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Troubles troubles = new Troubles();

    @Test
    void every_order_has_one_good_label_whatever_happens_to_the_nodes() throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        long start = System.nanoTime();
        try (Site site = new Site(folder, Store.postgresql(), NODES, SETTINGS);
                Orderer orderer = new Orderer(site);
                Crowd crowd = new Crowd(orderer, true)) {
            LOG.info("{} nodes for {} s, -Dfaults.seed={}", NODES, LENGTH.toSeconds(), seed);
            for (HubProcess hub : site.hubs()) {
                hub.start(Launch.PLAIN);
            }
            site.hubs().forEach(HubProcess::awaitReady);
            LOG.info("all are ready");
            await().atMost(PATIENCE)
                    .until(() -> site.get("/metrics")
                                    .body()
                                    .lines()
                                    .filter(line -> line.startsWith("waybill_nodes{"))
                                    .count()
                            == NODES);
            crowd.start();
            aNewerHubComesBy(site.store());
            trouble(site.hubs(), new Random(seed), System.nanoTime() + LENGTH.toNanos());
            LOG.info("{}; all run, {} orders", troubles, orderer.numbers().size());
            crowd.stop();
            orderer.awaitTaken();
            Audit audit = Audit.of(site, orderer.numbers(), SETTLED);
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            LOG.info("{} nodes: {} in {} s, {}", NODES, troubles, seconds, audit.line());
            Map<String, Long> counts = troubles.counts();
            counts.put("nodes", (long) NODES);
            counts.put("seconds", seconds);
            counts.put("seed", seed);
            audit.write("nodes-" + NODES, counts);
            LOG.info("bought twice, one given back: {}", audit.doubleBought());
            assertThat(audit.live()).as("more than one good label").isEmpty();
            assertThat(audit.doubleBought())
                    .as("bought twice of a carrier that sells once a key")
                    .allMatch(number -> number.startsWith("B-"));
            assertThat(audit.lost()).as("lost").isEmpty();
            assertThat(audit.undelivered()).as("undelivered").isEmpty();
        }
    }

    /** The one moment no check can close: it is not too late to send, the process stands still, and sends. */
    @Test
    void what_a_paused_node_sends_too_late_is_a_second_label_and_is_given_back() throws Exception {
        try (Site site = new Site(folder, Store.postgresql(), 2, SETTINGS);
                Shop shop = new Shop(site, 1)) {
            HubProcess paused = site.hubs().get(0);
            HubProcess other = site.hubs().get(1);
            paused.start(Launch.armed(Failpoint.BEFORE_SEND.word() + "=stop"));
            paused.awaitReady();
            Future<?> sent = shop.send(LATE, "Jane Roe", "overnight");
            await().atMost(PATIENCE).until(() -> paused.process().isStopped());
            paused.pause();
            other.start(Launch.PLAIN);
            other.awaitReady();
            await().atMost(PATIENCE).until(() -> status(site).equals("labelled"));

            paused.goOn();

            await().atMost(PATIENCE).until(() -> count(site, "sold") == 2 && count(site, "voided") == 1);
            await().atMost(PATIENCE)
                    .until(() -> site.json("/v1/exceptions").path("items").isEmpty());
            assertThat(status(site)).isEqualTo("labelled");
            sent.get(60, TimeUnit.SECONDS);
        }
    }

    private static String status(Site site) throws IOException, InterruptedException {
        return site.json("/v1/orders?orderId=" + LATE).at("/items/0/status").asText();
    }

    private static int count(Site site, String what) throws IOException, InterruptedException {
        return site.audit().at("/orders/" + LATE + "/" + what).asInt();
    }

    /** Whoever starts from now on is an older hub on a newer database, which it can live with. */
    private static void aNewerHubComesBy(Store store) throws SQLException {
        Map<String, String> database = store.environment();
        try (Connection connection = DriverManager.getConnection(
                        database.get("WAYBILL_DB_URL"),
                        database.get("WAYBILL_DB_USER"),
                        database.get("WAYBILL_DB_PASSWORD"));
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, execution_time, success)
                    VALUES (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'a newer hub', 1, TRUE)""");
        }
    }

    /** One node is always left alone; in the end all run. */
    private void trouble(List<HubProcess> hubs, Random dice, long end) throws Exception {
        Map<HubProcess, Long> away = new HashMap<>();
        while (System.nanoTime() < end) {
            comeBack(away, dice);
            look(hubs, away, dice);
            HubProcess hub = hubs.get(dice.nextInt(hubs.size()));
            boolean others =
                    hubs.stream().anyMatch(other -> other != hub && !away.containsKey(other) && other.isReady());
            if (others && !away.containsKey(hub) && hub.isReady()) {
                away.put(
                        hub,
                        System.nanoTime() + Duration.ofMillis(strike(hub, dice)).toNanos());
            }
            time(100 + dice.nextInt(700));
        }
        for (HubProcess hub : hubs) {
            if (hub.isAlive()) {
                hub.goOn();
            } else {
                hub.start(Launch.PLAIN);
            }
        }
        hubs.forEach(hub -> {
            if (!hub.awaitReadyOrEnd()) {
                start(hub);
            }
        });
    }

    /** @return for how many milliseconds it is away */
    private int strike(HubProcess hub, Random dice) throws Exception {
        int choice = dice.nextInt(100);
        if (choice < 30) {
            hub.kill();
            troubles.count("kills");
            return 100 + dice.nextInt(1_500);
        }
        if (choice < 90) {
            hub.pause();
            troubles.count("pauses");
            return pause(dice);
        }
        hub.stop();
        troubles.count("stops");
        return 0;
    }

    /** Those whose time has come: paused ones go on, dead ones start, one of four with something armed. */
    private void comeBack(Map<HubProcess, Long> away, Random dice) throws Exception {
        for (HubProcess hub : List.copyOf(away.keySet())) {
            if (System.nanoTime() < away.get(hub)) {
                continue;
            }
            away.remove(hub);
            if (hub.isAlive()) {
                hub.goOn();
            } else {
                hub.start(dice.nextInt(4) > 0 ? Launch.PLAIN : Launch.armed(armed(dice)));
            }
        }
    }

    /** What was armed has struck: one that ended is started, one that stands still stays so for a while. */
    private void look(List<HubProcess> hubs, Map<HubProcess, Long> away, Random dice) throws Exception {
        for (HubProcess hub : hubs) {
            if (away.containsKey(hub)) {
                continue;
            }
            if (!hub.isAlive()) {
                troubles.count("halts");
                hub.start(Launch.PLAIN);
            } else if (hub.process().isStopped()) {
                troubles.count("pausesBeforeSend");
                hub.pause();
                away.put(hub, System.nanoTime() + Duration.ofMillis(pause(dice)).toNanos());
            }
        }
    }

    private static int pause(Random dice) {
        return (int) (1_000 * Math.pow(LONGEST_PAUSE_MS / 1_000.0, dice.nextDouble()));
    }

    /** It dies somewhere in the protocol, or stands still where it has just seen that it is not too late to send. */
    private static String armed(Random dice) {
        Failpoint[] points = Failpoint.values();
        return dice.nextBoolean()
                ? Failpoint.BEFORE_SEND.word() + "=stop@" + (1 + dice.nextInt(4))
                : points[dice.nextInt(points.length)].word() + "=halt@" + (1 + dice.nextInt(6));
    }

    private static void start(HubProcess hub) {
        try {
            hub.start(Launch.PLAIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub.awaitReady();
    }

    /** Here it is time itself that makes the fault. */
    private static void time(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() > until);
    }
}
