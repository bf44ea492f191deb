package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Shedding;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Sources;
import io.waybill.ledger.BacklogBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StopBook;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsTest {
    private static final Settings SETTINGS =
            Settings.of("source.shop.rate=2\nsource.erp.backlog=2\ndefaults.namespace=acme");

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

    @Test
    void a_source_with_too_many_labels_still_to_buy_is_turned_away_until_fewer_are_left() {
        Turnstile turnstile = turnstile();
        String first = waiting("ERP-1", "erp", ShipmentState.READY);
        waiting("ERP-2", "erp", ShipmentState.HELD);
        waiting("SHOP-1", "shop", ShipmentState.READY);
        waiting("SHOP-2", "shop", ShipmentState.READY);
        look();
        assertThat(turnstile.fromIntake("erp"))
                .as("what is held waits for others, and is not counted")
                .isEmpty();

        waiting("ERP-3", "erp", ShipmentState.CHOOSING);
        look();
        Shedding.Away away = turnstile.fromIntake("erp").orElseThrow();
        assertThat(away.status()).isEqualTo(429);
        assertThat(away.problem().code()).isEqualTo("source-backlog-full");
        assertThat(away.problem().values()).containsEntry("source", "erp").containsEntry("limit", "2");
        assertThat(away.pause()).isPositive();
        assertThat(turnstile.fromIntake("shop")).as("no limit of its own").isEmpty();

        move(first, ShipmentState.LABELLED);
        look();
        assertThat(turnstile.fromIntake("erp")).isEmpty();
    }

    @Test
    void when_callers_orders_wait_too_long_for_a_carrier_that_is_there_nobody_may_bring_more() {
        Turnstile turnstile = turnstile();
        String called = waiting("SHOP-1", "shop", "api", Duration.ofMinutes(3), ShipmentState.READY);
        look();

        assertThat(vitals.age()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(30));
        for (String source : List.of("shop", "erp", "local")) {
            Shedding.Away away = turnstile.fromIntake(source).orElseThrow();
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.problem().code()).isEqualTo("backlog-too-old");
            assertThat(away.problem().values()).containsKey("minutes");
        }

        move(called, ShipmentState.LABELLED);
        look();
        assertThat(turnstile.fromIntake("erp")).isEmpty();
    }

    @Test
    void files_and_orders_that_nothing_could_hurry_never_count_as_waiting_too_long() {
        waiting("FILE-1", "erp", "file", Duration.ofHours(9), ShipmentState.READY);
        waiting("HELD-1", "shop", "api", Duration.ofHours(9), ShipmentState.HELD);
        waiting("AWAY-1", "shop", "api", Duration.ofHours(9), ShipmentState.REVIEW);
        waiting("FRESH-1", "shop", "api", Duration.ZERO, ShipmentState.READY);
        look();
        assertThat(vitals.isBacklogOld()).isFalse();

        String forAnAccountThatIsGone =
                waiting("GONE-1", "shop", "api", Duration.ofHours(9), ShipmentState.READY, "old");
        look();
        assertThat(vitals.isBacklogOld()).isFalse();

        move(forAnAccountThatIsGone, ShipmentState.CANCELLED);
        waiting("UNCHOSEN-1", "shop", "api", Duration.ofHours(9), ShipmentState.CHOOSING, null);
        look();
        assertThat(vitals.isBacklogOld()).isTrue();
    }

    @Test
    void what_waits_for_an_account_somebody_switched_off_keeps_nobody_else_out() {
        waiting("OFF-1", "shop", "api", Duration.ofHours(9), ShipmentState.READY);
        for (String off : List.of("fake", StopBook.ALL)) {
            ledger.commitAll(tx -> tx.stops().stop(off, "wrong tariff", "jane"));
            look();
            assertThat(vitals.isBacklogOld()).as(off).isFalse();
            assertThat(vitals.age()).isZero();
            assertThat(vitals.backlog()).hasSize(1).allMatch(vitals::isStopped);
            ledger.commitAll(tx -> tx.stops().start(off));
        }
        look();
        assertThat(vitals.isBacklogOld()).isTrue();
        assertThat(vitals.backlog()).noneMatch(vitals::isStopped);
    }

    @Test
    void what_is_sold_or_given_back_is_no_backlog_of_its_source() {
        waiting("ERP-1", "erp", ShipmentState.BOUGHT);
        waiting("ERP-2", "erp", ShipmentState.VOIDING);
        waiting("ERP-3", "erp", ShipmentState.READY);
        look();

        assertThat(vitals.openOf("erp")).isEqualTo(1);
        assertThat(vitals.backlog())
                .as("a label that has not come yet, and not one that goes back")
                .extracting(BacklogBook.Line::state)
                .containsExactlyInAnyOrder(ShipmentState.BOUGHT, ShipmentState.READY);
    }

    /** The backlog is counted at one look of ten. */
    private void look() {
        for (int i = 0; i < 10; i++) {
            vitals.lookAtDatabase();
        }
    }

    private String waiting(String orderId, String source, ShipmentState state) {
        return waiting(orderId, source, "file", Duration.ZERO, state);
    }

    private String waiting(String orderId, String source, String channel, Duration waited, ShipmentState state) {
        return waiting(orderId, source, channel, waited, state, "fake");
    }

    /** @return the id of its shipment, which could have gone on {@code waited} ago */
    private String waiting(
            String orderId,
            String source,
            String channel,
            Duration waited,
            ShipmentState state,
            @Nullable String account) {
        return ledger.commit(tx -> {
            String order = tx.orders()
                    .insert(new Revision(
                            "acme", orderId, "Ann", null, List.of(), "{}", "sha", "{}", "now", channel, source, null,
                            null, null));
            Plan plan = new Plan(
                    state,
                    account,
                    "fake",
                    "ground",
                    "PDF",
                    "4x6",
                    203,
                    null,
                    null,
                    null,
                    tx.now().minus(waited));
            return tx.shipments().insert(order, 1, "order", null, plan);
        });
    }

    private void move(String shipment, ShipmentState to) {
        ShipmentRow row =
                ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
        assertThat(ledger.<Boolean>commit(tx -> tx.shipments().move(row, to, Duration.ZERO, null)))
                .isTrue();
    }

    private Vitals vitals() {
        LoadSettings settings = new LoadSettings(1_000, Duration.ofMinutes(1), Duration.ZERO);
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        return new Vitals(settings, ledger, new Accounts(List.of(FakeCarrier.account("fake", carrier))), () -> free);
    }

    private Turnstile turnstile() {
        return new Turnstile(vitals, new Sources(SETTINGS.section("source"), SETTINGS.section("defaults")));
    }
}
