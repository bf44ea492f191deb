package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BreakerTest {
    private static final byte[] NOTHING = {};
    private static final Outcome REFUSED = new Outcome.Refused("street unknown", null, null, NOTHING);
    private static final Outcome SILENCE = new Outcome.Unknown("timed out", NOTHING);
    private static final Outcome TOO_MANY = new Outcome.NotSent("HTTP 429", Optional.empty(), NOTHING);
    private static final Outcome SOLD =
            new Outcome.Bought(new ShipmentId("1"), List.of(), List.of(), Optional.empty(), NOTHING);

    private final Breaker breaker = new Breaker("ups", new BreakerSettings(50, 10, 4, Duration.ofMillis(50)));

    @Test
    void refusals_never_open_it() {
        for (int i = 0; i < 50; i++) {
            buy(REFUSED);
        }
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.health().available()).isTrue();
        assertThat(breaker.outcomes()).containsEntry("refused", 50L).containsEntry("bought", 0L);
    }

    @Test
    void what_the_hub_holds_back_for_the_accounts_pace_never_opens_it() {
        Outcome held = new Outcome.NotSent("callsPerSecond of this account", Optional.empty(), NOTHING, true);
        for (int i = 0; i < 50; i++) {
            buy(held);
        }
        assertThat(breaker.health().available()).isTrue();
        assertThat(breaker.outcomes()).containsEntry("not_sent", 50L);
        open();
        afterAWhile().told(held);
        assertThat(breaker.pass())
                .as("the one purchase that tries it is still to come")
                .isPresent();
    }

    @Test
    void it_stays_open_no_longer_when_the_wall_clock_is_set_back() {
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
        AtomicLong nanos = new AtomicLong();
        Breaker watched = new Breaker(
                "ups",
                new BreakerSettings(50, 10, 4, Duration.ofSeconds(30)),
                new Clock() {
                    @Override
                    public Instant instant() {
                        return wall.get();
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                },
                nanos::get);
        for (int i = 0; i < 4; i++) {
            watched.pass().orElseThrow().told(SILENCE);
        }
        assertThat(watched.isOpen()).isTrue();
        assertThat(watched.health().nextTry()).isEqualTo("2026-11-29T12:00:30Z");

        wall.set(Instant.parse("2026-11-29T11:00:00Z"));
        nanos.set(Duration.ofSeconds(31).toNanos());

        assertThat(watched.isOpen()).isFalse();
        assertThat(watched.pass()).isPresent();
    }

    @Test
    void few_failures_say_nothing() {
        buy(SILENCE);
        buy(SILENCE);
        buy(SILENCE);
        assertThat(breaker.health().available()).isTrue();
    }

    @Test
    void silence_and_429_open_it_and_it_says_since_when_and_until_when() {
        buy(SOLD);
        buy(SILENCE);
        buy(TOO_MANY);
        buy(SILENCE);

        Breaker.Health health = breaker.health();
        assertThat(health.available()).isFalse();
        assertThat(health.why()).isEqualTo("timed out");
        assertThat(health.nextTry()).isAfter(health.since());
    }

    @Test
    void then_one_purchase_is_tried_and_its_outcome_decides() {
        open();
        Breaker.Pass tried = afterAWhile();
        assertThat(breaker.pass()).as("a second one beside it").isEmpty();
        tried.told(SILENCE);
        assertThat(breaker.health().available()).isFalse();
        afterAWhile().told(REFUSED);
        assertThat(breaker.health().available()).isTrue();
        assertThat(breaker.pass()).isPresent();
    }

    @Test
    void the_log_says_in_seconds_how_long_it_was_away() {
        Logger logger = (Logger) LoggerFactory.getLogger(Breaker.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            open();
            afterAWhile().told(REFUSED);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .anyMatch(line -> line.matches("ups is available again, after \\d+ s"));
    }

    @Test
    void a_pass_that_was_not_used_is_there_for_the_next() {
        open();
        afterAWhile().giveBack();
        assertThat(breaker.pass()).isPresent();
    }

    @Test
    void since_is_when_it_became_unavailable_however_often_it_was_tried() {
        open();
        Breaker.Health before = breaker.health();
        afterAWhile().told(SILENCE);
        assertThat(breaker.health().since()).isEqualTo(before.since());
        assertThat(breaker.health().nextTry()).isAfter(before.nextTry());
    }

    @Test
    void its_settings_are_the_accounts() {
        Accounts accounts = new Accounts(Settings.of("""
                        account.box.adapter=sandbox
                        account.box.breaker.failures=20
                        account.box.breaker.window=4
                        account.box.breaker.least=2
                        account.box.breaker.pause=1m
                        account.box.retries.share=5
                        account.box.retries.least=1
                        account.box.retries.window=10s
                        """).section("account"), new Carriers());
        Breaker own = accounts.breaker("box");
        own.pass().orElseThrow().told(SILENCE);
        own.pass().orElseThrow().told(SILENCE);
        assertThat(own.isOpen()).isTrue();
        assertThat(accounts.isOpen("box")).isTrue();
        assertThat(accounts.isOpen("gone")).isFalse();
        assertThat(accounts.retries("box").retry()).isTrue();
        assertThat(accounts.retries("box").retry()).isFalse();
    }

    private void open() {
        for (int i = 0; i < 4; i++) {
            buy(SILENCE);
        }
        assertThat(breaker.health().available()).isFalse();
    }

    private Breaker.Pass afterAWhile() {
        return await().pollInterval(Duration.ofMillis(5))
                .until(breaker::pass, Optional::isPresent)
                .orElseThrow();
    }

    private void buy(Outcome outcome) {
        breaker.pass().ifPresent(pass -> pass.told(outcome));
    }
}
