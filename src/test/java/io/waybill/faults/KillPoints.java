package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.faults.Scenario.End;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every kill point once: the hub fails there, is started again, and in the end the books agree. A point that is not reached fails. */
@Timeout(1200)
abstract class KillPoints {
    private static final Logger LOG = LoggerFactory.getLogger(KillPoints.class);
    private static final Duration REACHED = Duration.ofSeconds(120);
    private static final Duration SETTLED = Duration.ofSeconds(240);

    /** Longer than a lease of the site's hubs, and than a purchase may wait to be sent. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    abstract Store store() throws IOException;

    @Test
    void at_every_kill_point_nothing_is_bought_twice_or_lost_and_everybody_is_told() throws Exception {
        long start = System.nanoTime();
        try (Site site = new Site(folder, store());
                Orderer orderer = new Orderer(site)) {
            Iterator<Scenario> scenarios = Scenario.ALL.stream()
                    .filter(scenario ->
                            scenario.end() != End.IS_CUT_OFF || site.store().hasWire())
                    .iterator();
            int done = 0;
            while (scenarios.hasNext()) {
                Scenario scenario = scenarios.next();
                LOG.info("{}: {}", site.store().name(), scenario.name());
                play(scenario, site, orderer, ++done);
            }
            if (site.store().hasWire()) {
                databaseGoneAtStart(site);
            }
            site.startHub();
            orderer.awaitTaken();

            Audit audit = Audit.of(site, orderer.numbers(), SETTLED);
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            LOG.info("{}: {} kill points in {} s, {}", site.store().name(), done, seconds, audit.line());
            audit.write("killpoints-" + site.store().name(), Map.of("killPoints", done, "seconds", seconds));
            assertThat(audit.doubleBought()).as("bought twice").isEmpty();
            assertThat(audit.lost()).as("lost").isEmpty();
            assertThat(audit.undelivered()).as("undelivered").isEmpty();
        }
    }

    private static void play(Scenario scenario, Site site, Orderer orderer, int number) throws Exception {
        long reachedBefore = reached(scenario, site);
        site.startHub(Launch.armed(scenario.armed()));
        site.awaitReadyOrEnd();
        orderer.drive(scenario.traffic(), number);
        await(scenario.name())
                .atMost(REACHED)
                .failFast(() -> assertThat(site.hub().exit().orElse(Launch.HALTED))
                        .as(() -> scenario.name() + ": the hub ended by itself: " + site.hubLog())
                        .isEqualTo(Launch.HALTED))
                .until(() -> reached(scenario, site) > reachedBefore);
        switch (scenario.end()) {
            case HALTS -> assertThat(site.hub().waitFor(10)).as(scenario.name()).isEqualTo(Launch.HALTED);
            case PAUSES -> {
                awaitStopped(site);
                pause(PAUSE);
                site.hub().signal("CONT");
                orderer.awaitTaken();
                site.killHub();
            }
            case IS_CUT_OFF -> {
                awaitStopped(site);
                site.store().wire().cut();
                site.hub().signal("CONT");
                pause(Duration.ofSeconds(3));
                site.store().wire().mend();
                orderer.awaitTaken();
                site.killHub();
            }
            case LIVES -> {
                orderer.awaitTaken();
                assertThat(site.hubIsAlive()).as(scenario.name()).isTrue();
                site.killHub();
            }
        }
    }

    private static void databaseGoneAtStart(Site site) throws IOException, InterruptedException {
        site.store().wire().cut();
        site.startHub(Launch.PLAIN);
        assertThat(site.hub().waitFor(60)).as("starting without a database").isEqualTo(1);
        assertThat(site.hubLog()).contains("127.0.0.1:" + site.store().wire().port());
        site.store().wire().mend();
    }

    private static void awaitStopped(Site site) {
        await().until(() -> site.hub().isStopped());
    }

    /** The one wait for time in these tests: the fault is that time passes. */
    private static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }

    private static long reached(Scenario scenario, Site site) throws IOException {
        return site.logged("failpoint " + scenario.point().word() + ": ");
    }
}
