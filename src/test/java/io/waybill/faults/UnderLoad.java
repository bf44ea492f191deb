package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shop, files and rows keep coming, the carrier plays every fault it knows, and the hub is killed, stopped, cut off and
 * left without room, again and again; then the books are compared. {@code -Dfaults.minutes=N} (1), {@code
 * -Dfaults.seed=N} (the clock) for the same dice.
 */
abstract class UnderLoad {
    private static final Logger LOG = LoggerFactory.getLogger(UnderLoad.class);
    private static final Duration MINUTES = Duration.ofMinutes(Integer.getInteger("faults.minutes", 1));
    private static final Duration SETTLED = Duration.ofMinutes(6).plus(MINUTES.dividedBy(4));

    /** Points a hub under load comes by; files and rows come by theirs too. */
    private static final List<Failpoint> POINTS = List.of(Failpoint.values());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Troubles troubles = new Troubles();

    abstract Store store() throws IOException;

    @Test
    void whatever_happens_nothing_is_bought_twice_or_lost_and_everybody_is_told() throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        Random dice = new Random(seed);
        long start = System.nanoTime();
        long end = start + MINUTES.toNanos();
        try (Site site = new Site(folder, store());
                Orderer orderer = new Orderer(site);
                Crowd crowd = new Crowd(orderer)) {
            String name = site.store().name();
            LOG.info("{}: {} minutes of faults, -Dfaults.seed={}", name, MINUTES.toMinutes(), seed);
            crowd.start();
            while (System.nanoTime() < end) {
                trouble(site, dice);
                if (troubles.kills() % 25 == 0) {
                    LOG.info(
                            "{}: {}, {} orders",
                            name,
                            troubles,
                            orderer.numbers().size());
                }
            }
            site.startHub(Launch.PLAIN);
            site.awaitReady();
            crowd.stop();
            orderer.awaitTaken();
            Audit audit = Audit.of(site, orderer.numbers(), SETTLED);
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            LOG.info("{}: {} in {} s, {}", name, troubles, seconds, audit.line());
            Map<String, Long> counts = troubles.counts();
            counts.put("seconds", seconds);
            counts.put("seed", seed);
            audit.write("load-" + name, counts);
            assertThat(audit.doubleBought()).as("bought twice").isEmpty();
            assertThat(audit.lost()).as("lost").isEmpty();
            assertThat(audit.undelivered()).as("undelivered").isEmpty();
        }
    }

    /** One life of the hub: it is started, something happens to it, and it ends without warning. */
    private void trouble(Site site, Random dice) throws Exception {
        int choice = dice.nextInt(100);
        if (choice < 50) {
            live(site, Launch.PLAIN, dice);
        } else if (choice < 75) {
            Failpoint point = POINTS.get(dice.nextInt(POINTS.size()));
            live(site, Launch.armed(point.word() + "=halt@" + (1 + dice.nextInt(12))), dice);
            if (site.hub().exit().orElse(0) == Launch.HALTED) {
                troubles.count("halts");
            }
        } else if (choice < 85) {
            live(site, Launch.PLAIN, dice);
            site.hub().signal("STOP");
            time(1_000 + dice.nextInt(dice.nextInt(4) == 0 ? 10_000 : 2_000));
            site.hub().signal("CONT");
            troubles.count("pauses");
            time(dice.nextInt(2_000));
        } else if (choice < 97) {
            database(site, dice);
        } else {
            live(site, Launch.PLAIN, dice);
            site.restartCarrier();
            troubles.count("carrierKills");
            time(dice.nextInt(1_000));
        }
        site.killHub();
        troubles.count("kills");
    }

    private void database(Site site, Random dice) throws Exception {
        if (!site.store().hasWire()) {
            smallDisk(site, site.databaseSize() + 20_000 + dice.nextInt(400_000), dice);
            return;
        }
        if (dice.nextInt(3) == 0) {
            smallDisk(site, 4_000 + dice.nextInt(40_000), dice);
            return;
        }
        live(site, Launch.PLAIN, dice);
        if (dice.nextBoolean()) {
            site.store().wire().cut();
            troubles.count("cuts");
        } else {
            site.store().wire().hold();
            troubles.count("holds");
        }
        time(500 + dice.nextInt(3_000));
        if (dice.nextBoolean()) {
            site.killHub();
        }
        site.store().wire().mend();
        time(dice.nextInt(2_000));
    }

    /** Of the hub's own files, its database among them where it is embedded, none can grow beyond so many bytes. */
    private void smallDisk(Site site, long bytes, Random dice) throws IOException {
        live(site, Launch.onDiskOf(bytes), dice);
        time(dice.nextInt(4_000));
        troubles.count("smallDisks");
    }

    /** The hub works for a while, or until it halts. */
    private static void live(Site site, Launch launch, Random dice) throws IOException {
        site.startHub(launch);
        if (site.awaitReadyOrEnd()) {
            int millis = 200 + dice.nextInt(2_300);
            long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> System.nanoTime() > until || !site.hubIsAlive());
        }
    }

    /** Here it is time itself that makes the fault. */
    private static void time(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() > until);
    }
}
