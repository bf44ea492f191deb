package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.api.Shedding;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Sources;
import io.waybill.ledger.BacklogBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StopBook;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTest {
    private static final Settings SETTINGS = Settings.of("source.erp.backlog=2\ndefaults.namespace=acme");

    @TempDir
    Path folder;

    private Ledger ledger;
    private Vitals vitals;
    private Waiting waiting;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        LoadSettings load = new LoadSettings(1_000, Duration.ofMinutes(1), Duration.ZERO);
        vitals = new Vitals(load, ledger, () -> 10_000);
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        waiting = new Waiting(
                ledger, new Accounts(List.of(FakeCarrier.account("fake", carrier))), load.maxAge(), vitals::tell);
    }

    @AfterEach
    void close() {
        waiting.close();
        vitals.close();
        ledger.close();
    }

    @Test
    void a_long_count_is_followed_by_a_pause_twenty_times_as_long_of_two_minutes_at_most() {
        assertThat(Duration.ofNanos(Waiting.pause(Duration.ofMillis(3).toNanos())))
                .hasSeconds(10);
        assertThat(Duration.ofNanos(Waiting.pause(Duration.ofSeconds(3).toNanos())))
                .hasSeconds(60);
        assertThat(Duration.ofNanos(Waiting.pause(Duration.ofSeconds(30).toNanos())))
                .hasMinutes(2);
    }

    @Test
    void once_closed_it_counts_no_more() {
        Set<Thread> others = counting().collect(Collectors.toSet());
        waiting.start();
        await().until(() -> its(others).anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        waiting.close();

        await().until(() -> its(others).findAny().isEmpty());
    }

    private static Stream<Thread> its(Set<Thread> others) {
        return counting().filter(thread -> !others.contains(thread));
    }

    private static Stream<Thread> counting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("waiting"));
    }

    @Test
    void a_source_with_too_many_labels_still_to_buy_is_turned_away_until_fewer_are_left() {
        Turnstile turnstile = turnstile();
        String first = shipment("ERP-1", "erp", ShipmentState.READY);
        shipment("ERP-2", "erp", ShipmentState.HELD);
        shipment("SHOP-1", "shop", ShipmentState.READY);
        shipment("SHOP-2", "shop", ShipmentState.READY);
        waiting.count();
        assertThat(turnstile.fromIntake("erp"))
                .as("what is held waits for others, and is not counted")
                .isEmpty();

        shipment("ERP-3", "erp", ShipmentState.CHOOSING);
        waiting.count();
        Shedding.Away away = turnstile.fromIntake("erp").orElseThrow();
        assertThat(away.status()).isEqualTo(429);
        assertThat(away.problem().code()).isEqualTo("source-backlog-full");
        assertThat(away.problem().values()).containsEntry("source", "erp").containsEntry("limit", "2");
        assertThat(away.pause()).isPositive();
        assertThat(turnstile.fromIntake("shop")).as("no limit of its own").isEmpty();

        move(first, ShipmentState.LABELLED);
        waiting.count();
        assertThat(turnstile.fromIntake("erp")).isEmpty();
    }

    @Test
    void when_callers_orders_wait_too_long_for_a_carrier_that_is_there_nobody_may_bring_more() {
        Turnstile turnstile = turnstile();
        String called = shipment("SHOP-1", "shop", "api", Duration.ofMinutes(3), ShipmentState.READY);
        waiting.count();

        assertThat(waiting.age()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(30));
        for (String source : List.of("shop", "erp", "local")) {
            Shedding.Away away = turnstile.fromIntake(source).orElseThrow();
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.problem().code()).isEqualTo("backlog-too-old");
            assertThat(away.problem().values()).containsKey("minutes");
        }

        move(called, ShipmentState.LABELLED);
        waiting.count();
        assertThat(turnstile.fromIntake("erp")).isEmpty();
    }

    @Test
    void files_and_orders_that_nothing_could_hurry_never_count_as_waiting_too_long() {
        shipment("FILE-1", "erp", "file", Duration.ofHours(9), ShipmentState.READY);
        shipment("HELD-1", "shop", "api", Duration.ofHours(9), ShipmentState.HELD);
        shipment("AWAY-1", "shop", "api", Duration.ofHours(9), ShipmentState.REVIEW);
        shipment("FRESH-1", "shop", "api", Duration.ZERO, ShipmentState.READY);
        waiting.count();
        assertThat(waiting.isOld()).isFalse();

        String forAnAccountThatIsGone =
                shipment("GONE-1", "shop", "api", Duration.ofHours(9), ShipmentState.READY, "old");
        waiting.count();
        assertThat(waiting.isOld()).isFalse();

        move(forAnAccountThatIsGone, ShipmentState.CANCELLED);
        shipment("UNCHOSEN-1", "shop", "api", Duration.ofHours(9), ShipmentState.CHOOSING, null);
        waiting.count();
        assertThat(waiting.isOld()).isTrue();
    }

    @Test
    void what_waits_for_an_account_somebody_switched_off_keeps_nobody_else_out() {
        shipment("OFF-1", "shop", "api", Duration.ofHours(9), ShipmentState.READY);
        for (String off : List.of("fake", StopBook.ALL)) {
            ledger.commitAll(tx -> tx.stops().stop(off, "wrong tariff", "jane"));
            waiting.count();
            assertThat(waiting.isOld()).as(off).isFalse();
            assertThat(waiting.age()).isZero();
            assertThat(waiting.backlog()).hasSize(1).allMatch(waiting::isStopped);
            ledger.commitAll(tx -> tx.stops().start(off));
        }
        waiting.count();
        assertThat(waiting.isOld()).isTrue();
        assertThat(waiting.backlog()).noneMatch(waiting::isStopped);
    }

    @Test
    void what_is_sold_or_given_back_is_no_backlog_of_its_source() {
        shipment("ERP-1", "erp", ShipmentState.BOUGHT);
        shipment("ERP-2", "erp", ShipmentState.VOIDING);
        shipment("ERP-3", "erp", ShipmentState.READY);
        waiting.count();

        assertThat(waiting.openOf("erp")).isEqualTo(1);
        assertThat(waiting.backlog())
                .as("a label that has not come yet, and not one that goes back")
                .extracting(BacklogBook.Line::state)
                .containsExactlyInAnyOrder(ShipmentState.BOUGHT, ShipmentState.READY);
    }

    private String shipment(String orderId, String source, ShipmentState state) {
        return shipment(orderId, source, "file", Duration.ZERO, state);
    }

    private String shipment(String orderId, String source, String channel, Duration waited, ShipmentState state) {
        return shipment(orderId, source, channel, waited, state, "fake");
    }

    /** @return the id of its shipment, which could have gone on {@code waited} ago */
    private String shipment(
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
            return tx.plans().begin(order, 1, "order", null, plan);
        });
    }

    private void move(String shipment, ShipmentState to) {
        ShipmentRow row =
                ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
        assertThat(ledger.<Boolean>commit(tx -> tx.shipments().move(row, to, null)))
                .isTrue();
    }

    private Turnstile turnstile() {
        Turnstile turnstile = new Turnstile(vitals, waiting, new Sources(SETTINGS));
        turnstile.open();
        return turnstile;
    }
}
