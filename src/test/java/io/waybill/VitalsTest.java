package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waybill.carrier.Accounts;
import io.waybill.intake.Sources;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsTest {
    private static final Settings SETTINGS = Settings.of("source.shop.rate=2\ndefaults.namespace=acme");

    private static final LoadSettings LOAD = new LoadSettings(1_000, Duration.ofMinutes(1), Duration.ZERO);

    @TempDir
    Path folder;

    private long free = 10_000;
    private Ledger ledger;
    private Vitals vitals;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        vitals = vitals();
    }

    @AfterEach
    void close() {
        vitals.close();
        ledger.close();
    }

    @Test
    void a_low_disk_is_told_once_and_left_by_itself_when_there_is_clearly_room() {
        AtomicInteger told = new AtomicInteger();
        vitals.watch(told::incrementAndGet);
        vitals.lookAtDisk();
        assertThat(vitals.isWell()).isTrue();

        free = 999;
        vitals.lookAtDisk();
        vitals.lookAtDisk();
        assertThat(vitals.isDiskLow()).isTrue();
        assertThat(vitals.isWell()).isFalse();
        assertThat(told).hasValue(1);

        free = 1_050;
        vitals.lookAtDisk();
        assertThat(vitals.isDiskLow()).as("too little more to go on").isTrue();
        free = 1_100;
        vitals.lookAtDisk();
        assertThat(vitals.isWell()).isTrue();
        assertThat(told).hasValue(2);
    }

    @Test
    void a_database_that_is_gone_is_known_and_its_return_too() {
        vitals.lookAtDatabase();
        assertThat(vitals.isWell()).isTrue();
        ledger.close();
        vitals.lookAtDatabase();
        assertThat(vitals.isDatabaseGone()).isTrue();
        assertThat(vitals.isWell()).isFalse();
    }

    @Test
    void a_stopping_hub_and_a_low_disk_turn_callers_away_each_for_its_own_reason() {
        Turnstile turnstile = turnstile();
        assertThat(turnstile.fromEverything().orElseThrow().problem().code()).isEqualTo("hub-stopping");
        turnstile.open();
        assertThat(turnstile.fromEverything()).isEmpty();
        assertThat(turnstile.notReady()).isEmpty();

        free = 1;
        vitals.lookAtDisk();
        assertThat(turnstile.fromEverything())
                .as("what is known can still be asked")
                .isEmpty();
        assertThat(turnstile.notReady().orElseThrow().problem().code())
                .as("another node takes orders in meanwhile")
                .isEqualTo("disk-low");
        assertThat(turnstile.fromIntake("shop").orElseThrow().status()).isEqualTo(503);
        assertThat(turnstile.fromIntake("shop").orElseThrow().problem().code()).isEqualTo("disk-low");

        ledger.close();
        vitals.lookAtDatabase();
        assertThat(turnstile.fromEverything().orElseThrow().problem().code()).isEqualTo("database-gone");
        turnstile.shut();
        assertThat(turnstile.fromEverything().orElseThrow().problem().code()).isEqualTo("hub-stopping");
    }

    @Test
    void a_hub_whose_database_a_newer_one_has_changed_takes_nothing_more_in_and_buys_nothing() {
        Turnstile turnstile = turnstile();
        turnstile.open();

        vitals.outgrow();

        assertThat(vitals.isWell()).isFalse();
        assertThat(turnstile.fromEverything().orElseThrow().status()).isEqualTo(503);
        assertThat(turnstile.fromEverything().orElseThrow().problem().code()).isEqualTo("database-outgrown");
    }

    @Test
    void a_source_over_its_rate_is_turned_away_and_no_other() {
        Turnstile turnstile = turnstile();
        turnstile.open();
        int away = 0;
        for (int call = 0; call < 200; call++) {
            assertThat(turnstile.fromIntake("shop")).as("asking counts nothing").isEmpty();
            away += turnstile.count("shop").isPresent() ? 1 : 0;
            assertThat(turnstile.fromCall("local")).isEmpty();
        }
        assertThat(away).isPositive();
    }

    /** Somebody has the table of shipments to himself. */
    @Test
    void while_a_count_of_what_waits_takes_long_the_database_is_there() throws Exception {
        Database database = Stores.postgres();
        try (Ledger slow = Ledger.open(database, Subscriptions.NONE);
                Waiting counting = waiting(slow);
                Vitals looking = new Vitals(LOAD, slow, () -> free);
                Connection another =
                        DriverManager.getConnection(database.url(), database.user(), database.password())) {
            another.setAutoCommit(false);
            another.createStatement().execute("LOCK TABLE shipment IN ACCESS EXCLUSIVE MODE");
            counting.start();
            assertTimeoutPreemptively(Duration.ofSeconds(60), looking::lookAtDatabase);
            assertThat(looking.isDatabaseGone()).isFalse();
        }
    }

    private Waiting waiting(Ledger of) {
        return new Waiting(of, new Accounts(List.of()), LOAD.maxAge(), () -> {});
    }

    private Vitals vitals() {
        return new Vitals(LOAD, ledger, () -> free);
    }

    private Turnstile turnstile() {
        return new Turnstile(vitals, waiting(ledger), new Sources(SETTINGS));
    }
}
