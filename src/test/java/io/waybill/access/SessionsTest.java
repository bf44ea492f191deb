package io.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private Ledger ledger;
    private Access access;
    private Access.Created key;

    @BeforeEach
    void start() {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        access = Access.open(ledger, now::get);
        key = access.create(NewKey.forPerson("Jane Roe", Role.OPS, Namespaces.ALL), "test");
    }

    @AfterEach
    void stop() {
        access.close();
        ledger.close();
    }

    @Test
    void a_session_ends_after_half_an_hour_without_a_request() {
        String token = access.sessions().open(key.id(), "Jane Roe").token();

        for (int i = 0; i < 3; i++) {
            pass(Sessions.IDLE.minusSeconds(1));
            assertThat(access.sessions().caller(token)).isPresent();
        }
        pass(Sessions.IDLE.plusSeconds(1));

        assertThat(access.sessions().caller(token)).isEmpty();
    }

    @Test
    void however_busy_it_ends_after_half_a_day() {
        String token = access.sessions().open(key.id(), "Jane Roe").token();
        Instant end = now.get().plus(Sessions.LIFE);
        while (now.get().isBefore(end)) {
            assertThat(access.sessions().caller(token)).isPresent();
            pass(Duration.ofMinutes(20));
        }
        pass(Duration.ofSeconds(1));

        assertThat(access.sessions().caller(token)).isEmpty();
    }

    @Test
    void it_survives_a_restart_and_the_ledger_does_not_know_its_token() {
        Sessions.Opened opened = access.sessions().open(key.id(), "Jane Roe");
        pass(Duration.ofMinutes(20));
        assertThat(access.sessions().caller(opened.token())).isPresent();
        access.sessions().refresh();
        access.close();
        access = Access.open(ledger, now::get);
        pass(Duration.ofMinutes(20));

        assertThat(access.sessions().caller(opened.token())).hasValueSatisfying(caller -> {
            assertThat(caller.name()).isEqualTo("Jane Roe");
            assertThat(Sessions.isCsrf(caller.session().orElseThrow(), opened.csrf()))
                    .isTrue();
            assertThat(Sessions.isCsrf(caller.session().orElseThrow(), "other")).isFalse();
        });
        assertThat(ledger.read(tx -> tx.sessions().since(Instant.EPOCH)).toString())
                .doesNotContain(opened.token());
    }

    @Test
    void one_that_was_ended_elsewhere_or_whose_key_is_over_opens_nothing() {
        String ended = access.sessions().open(key.id(), "Jane Roe").token();
        ledger.commitAll(tx -> tx.sessions().end(Secret.sha256(ended)));
        access.sessions().refresh();
        assertThat(access.sessions().caller(ended)).isEmpty();

        String token = access.sessions().open(key.id(), "Jane Roe").token();
        access.revoke(key.id(), "test");
        assertThat(access.sessions().caller(token)).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }
}
