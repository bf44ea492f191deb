package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.ledger.BundleBook.Bundle;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Events that are told together, on the store under test. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BundlesContract {
    private static final BundleRule THREE = rule("1d/3");

    private Ledger ledger;

    abstract Database database(java.nio.file.Path folder);

    @BeforeAll
    void open(@TempDir java.nio.file.Path folder) {
        ledger = Ledger.open(database(folder), Subscriptions.NONE);
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    @Test
    void what_waits_becomes_one_file_when_there_is_enough() throws IOException {
        Bundles bundles = bundles(Instant.now());
        Desk desk = new Desk();
        bundles.add("enough", "evt_2", "{}", "b");
        bundles.add("enough", "evt_1", "{}", "a");
        bundles.finish("enough", THREE, desk);
        assertThat(desk.published).isEmpty();

        bundles.add("enough", "evt_3", "{}", "c");
        bundles.add("enough", "evt_4", "{}", "d");
        bundles.finish("enough", THREE, desk);

        assertThat(desk.published).containsExactly("1 [a, b, c]");
    }

    @Test
    void what_waits_becomes_a_file_when_its_time_has_come() throws IOException {
        Desk desk = new Desk();
        bundles(Instant.now()).add("time", "evt_1", "{}", "a");
        bundles(Instant.now().plus(Duration.ofHours(23))).finish("time", rule("1d"), desk);
        assertThat(desk.published).isEmpty();

        bundles(Instant.now().plus(Duration.ofHours(25))).finish("time", rule("1d"), desk);

        assertThat(desk.published).containsExactly("1 [a]");
    }

    @Test
    void an_event_that_is_offered_again_is_in_no_other_file() throws IOException {
        Bundles bundles = bundles(Instant.now());
        Desk desk = new Desk();
        bundles.add("again", "evt_1", "{}", "a");
        bundles.finish("again", rule("1d/1"), desk);

        bundles.add("again", "evt_1", "{}", "a");
        bundles.finish("again", rule("1d/1"), desk);

        assertThat(desk.published).containsExactly("1 [a]");
    }

    @Test
    void no_number_of_the_time_that_a_restore_lost_is_given_again(@TempDir java.nio.file.Path folder)
            throws IOException {
        try (Ledger restored = Ledger.open(database(folder), Subscriptions.NONE)) {
            Bundles bundles = new Bundles(restored, "node", Clock.systemUTC());
            Desk desk = new Desk();
            bundles.add("known", "evt_1", "{}", "a");
            bundles.finish("known", rule("1d/1"), desk);
            restored.commitAll(tx -> tx.restores().mark("backup.zip", "tester"));

            for (String sink : List.of("known", "lost")) {
                for (String event : List.of("evt_2", "evt_3")) {
                    bundles.add(sink, event, "{}", sink);
                    bundles.finish(sink, rule("1d/1"), desk);
                }
            }

            assertThat(desk.published)
                    .containsExactly("1 [a]", "1002 [known]", "1003 [known]", "1001 [lost]", "1002 [lost]");
        }
    }

    @Test
    void whatever_stops_when_each_event_is_in_one_file() throws IOException {
        for (String stop : List.of("before writing", "after writing", "before publishing", "after publishing")) {
            String sink = stop.replace(' ', '-');
            Desk desk = new Desk();
            desk.stopAt = stop;
            bundles(Instant.now()).add(sink, "evt_1", "{}", "a");
            assertThatThrownBy(() -> bundles(Instant.now()).finish(sink, rule("1d/1"), desk))
                    .as(stop)
                    .hasMessage(stop);
            bundles(Instant.now()).add(sink, "evt_2", "{}", "b");

            desk.stopAt = null;
            bundles(Instant.now()).finish(sink, rule("1d"), desk);
            assertThat(desk.published).as(stop).containsExactly("1 [a]");

            bundles(Instant.now()).finish(sink, rule("1d/1"), desk);
            assertThat(desk.published).as(stop).containsExactly("1 [a]", "2 [b]");
        }
    }

    @Test
    void a_file_that_cannot_be_written_for_a_while_is_told_once_and_closes_when_it_is_there() throws IOException {
        Desk desk = new Desk();
        desk.stopAt = "before writing";
        Instant later = Instant.now().plus(Duration.ofMinutes(16));
        bundles(Instant.now()).add("full", "evt_1", "{}", "a");
        assertThatThrownBy(() -> bundles(Instant.now()).finish("full", rule("1d/1"), desk))
                .hasMessage("before writing");
        assertThat(unwritten()).isEmpty();

        for (int tries = 0; tries < 3; tries++) {
            assertThatThrownBy(() -> bundles(later).finish("full", rule("1d/1"), desk))
                    .hasMessage("before writing");
        }
        assertThat(unwritten()).singleElement().satisfies(told -> {
            assertThat(told.subjectId()).isEqualTo("full");
            assertThat(told.problems()).contains("bundle-unwritten", "before writing");
            assertThat(told.occurrences()).isEqualTo(1);
        });

        desk.stopAt = null;
        bundles(later).finish("full", rule("1d/1"), desk);
        assertThat(desk.published).containsExactly("1 [a]");
        assertThat(unwritten()).isEmpty();
    }

    @Test
    void a_node_that_stood_still_publishes_no_file_that_another_finished() throws IOException {
        Desk desk = new Desk();
        desk.meanwhile = () -> {
            ledger.commit(tx -> tx.bundles().endLeasesOf("node-1"));
            new Bundles(ledger, "node-2", Clock.systemUTC()).finish("still", rule("1d/1"), desk);
        };
        bundles(Instant.now()).add("still", "evt_1", "{}", "a");

        bundles(Instant.now()).finish("still", rule("1d/1"), desk);

        assertThat(desk.published).containsExactly("1 [a]");
    }

    @Test
    void what_was_in_a_bundle_is_told_nobody_any_more_when_another_finished_it() throws IOException {
        Desk desk = new Desk();
        bundles(Instant.now()).add("gone", "evt_1", "{}", "a");
        ledger.commitAll(tx -> tx.bundles().close("gone", 1));
        Bundle claimed = ledger.commit(tx -> tx.bundles().claim("gone", "node-1", Duration.ofMinutes(5)))
                .orElseThrow();
        assertThat(contents(claimed)).contains(List.of("a"));
        ledger.commit(tx -> tx.bundles().endLeasesOf("node-1"));

        new Bundles(ledger, "node-2", Clock.systemUTC()).finish("gone", rule("1d"), desk);

        assertThat(desk.published).containsExactly("1 [a]");
        assertThat(contents(claimed)).isEmpty();
    }

    @Test
    void a_node_that_stood_still_closes_nothing_of_what_is_not_due_any_more() throws IOException {
        Desk desk = new Desk();
        bundles(Instant.now()).add("stale", "evt_0", "{}", "first");
        bundles(Instant.now()).finish("stale", rule("1d/1"), desk);
        bundles(Instant.now()).add("stale", "evt_1", "{}", "a");
        Clock stoodStill = new Clock() {
            private boolean was;

            @Override
            public Instant instant() {
                if (!was) {
                    was = true;
                    finishElsewhere("stale", desk);
                }
                return Instant.now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };

        new Bundles(ledger, "node-1", stoodStill).finish("stale", rule("1d/1"), desk);

        assertThat(desk.published).containsExactly("1 [first]", "2 [a]");
    }

    @Test
    void a_bundle_of_nothing_is_none() {
        ledger.commitAll(tx -> tx.bundles().close("nothing", 1));

        assertThat(ledger.<Optional<Bundle>>commit(
                        tx -> tx.bundles().claim("nothing", "node-1", Duration.ofMinutes(5))))
                .isEmpty();
    }

    private void finishElsewhere(String sink, Desk desk) {
        try {
            new Bundles(ledger, "node-2", Clock.systemUTC()).finish(sink, rule("1d/1"), desk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<List<String>> contents(Bundle bundle) {
        return ledger.read(tx -> tx.bundles().contents(bundle.id(), "node-1"));
    }

    private List<ExceptionBook.Row> unwritten() {
        return ledger.read(OpenExceptions::of).stream()
                .filter(open -> open.reason().equals("bundle-unwritten"))
                .toList();
    }

    @Test
    void a_time_of_day_closes_what_came_before_it() {
        BundleRule nightly = rule("22:00\nsink.s.zone=Europe/Berlin");
        Instant evening = Instant.parse("2026-11-24T20:59:00Z");
        Instant night = Instant.parse("2026-11-24T21:00:00Z");

        assertThat(nightly.isDue(1, evening, evening.plusSeconds(30))).isFalse();
        assertThat(nightly.isDue(1, evening, night)).isTrue();
        assertThat(nightly.isDue(1, night.plusSeconds(1), night.plusSeconds(2))).isFalse();
        assertThat(nightly.isDue(0, null, night)).isFalse();
    }

    @Test
    void a_rule_nobody_understands_is_refused_with_what_is() {
        for (String said : List.of("nightly", "25:00", "1d/0", "1d/many", "0m")) {
            assertThatThrownBy(() -> rule(said))
                    .as(said)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("22:00/5000");
        }
    }

    private Bundles bundles(Instant now) {
        return new Bundles(ledger, "node-1", Clock.fixed(now, ZoneId.of("UTC")));
    }

    private static BundleRule rule(String said) {
        return BundleRule.read(Settings.of("sink.s.batch=" + said + "\n").section("sink.s"));
    }

    private interface Meanwhile {
        void run() throws IOException;
    }

    /** A folder that remembers what got a name. */
    private static final class Desk implements Bundles.Place {
        final List<String> published = new ArrayList<>();
        private final Map<Long, List<String>> aside = new HashMap<>();
        private @Nullable String stopAt;
        private Meanwhile meanwhile = () -> {};

        @Override
        public void write(Bundle bundle, List<String> contents) throws IOException {
            stop("before writing");
            Meanwhile once = meanwhile;
            meanwhile = () -> {};
            once.run();
            aside.put(bundle.numberValue(), contents);
            stop("after writing");
        }

        @Override
        public void publish(Bundle bundle) {
            stop("before publishing");
            List<String> written = aside.remove(bundle.numberValue());
            if (written != null) {
                published.add(bundle.numberValue() + " " + written);
            }
            stop("after publishing");
        }

        private void stop(String here) {
            if (here.equals(stopAt)) {
                throw new IllegalStateException(here);
            }
        }
    }
}
