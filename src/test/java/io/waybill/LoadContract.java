package io.waybill;

import static io.waybill.carrier.FakeCarrier.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.BreakerSettings;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.RetryBudget;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A carrier that is away, a carrier that turns purchases away, and sources that send very different amounts. */
abstract class LoadContract {
    private static final RetryBudget.Limits ANY_RETRIES = new RetryBudget.Limits(100, 1_000, Duration.ofMinutes(1));
    private static final BreakerSettings QUICK = new BreakerSettings(50, 10, 4, Duration.ofMillis(300));
    private static final BreakerSettings NEVER = new BreakerSettings(100, 10_000, 10_000, Duration.ofMinutes(1));

    abstract Database database();

    @Test
    void while_a_carrier_is_away_orders_stay_ready_and_when_it_is_back_each_is_bought_once() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.42");
        carrier.script.addAll(Collections.nCopies(1_000, Turn.LOSE_THE_REQUEST));
        Accounts accounts = new Accounts(List.of(account("fake", carrier)), QUICK, ANY_RETRIES);
        try (Rig rig = Rig.start(database(), accounts)) {
            List<Taken> orders = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                orders.add(rig.take(Rig.order("SO-" + i, "1")));
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !accounts.breaker("fake").health().available());
            assertThat(orders)
                    .filteredOn(order -> rig.shipment(order).state() == ShipmentState.READY)
                    .hasSizeGreaterThan(20);
            carrier.script.clear();
            orders.forEach(order -> labelled(rig, order));

            assertThat(accounts.breaker("fake").health().available()).isTrue();
            assertThat(carrier.book).hasSize(40);
            assertThat(accounts.breaker("fake").outcomes().get("bought")).isGreaterThan(20);
        }
    }

    @Test
    void an_order_that_a_carrier_refuses_holds_up_no_other() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.42");
        carrier.script.addAll(Collections.nCopies(30, Turn.REFUSE));
        Accounts accounts = new Accounts(List.of(account("fake", carrier)), QUICK, ANY_RETRIES);
        try (Rig rig = Rig.start(database(), accounts)) {
            for (int i = 0; i < 30; i++) {
                rig.take(Rig.order("BAD-" + i, "1"));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> carrier.script.isEmpty());
            labelled(rig, rig.take(Rig.order("GOOD", "1")));
            assertThat(accounts.breaker("fake").health().available()).isTrue();
        }
    }

    @Test
    void when_the_retries_are_spent_they_wait_and_first_tries_go_on() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.42");
        carrier.script.addAll(Collections.nCopies(20, Turn.NOT_SENT));
        Accounts accounts = new Accounts(
                List.of(account("fake", carrier)), NEVER, new RetryBudget.Limits(0, 1, Duration.ofHours(1)));
        try (Rig rig = Rig.start(database(), accounts)) {
            List<Taken> turnedAway = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                turnedAway.add(rig.take(Rig.order("TURNED-AWAY-" + i, "1")));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> carrier.asked.size() >= 20);
            List<Taken> fresh = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                fresh.add(rig.take(Rig.order("FRESH-" + i, "1")));
            }
            fresh.forEach(order -> labelled(rig, order));
            assertThat(carrier.asked)
                    .as("20 turned away, 10 fresh, one retry at most")
                    .hasSizeLessThanOrEqualTo(31);
            assertThat(turnedAway)
                    .filteredOn(order -> rig.shipment(order).state() == ShipmentState.READY)
                    .hasSizeGreaterThanOrEqualTo(19);
        }
    }

    @Test
    void nothing_is_claimed_while_the_hub_may_not_buy() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.42");
        AtomicBoolean mayBuy = new AtomicBoolean();
        try (Rig rig = Rig.stopped(database(), Rig.PATIENCE, account("fake", carrier))) {
            rig.dispatch.buyWhile(mayBuy::get);
            rig.dispatch.start();
            Taken order = rig.take(Rig.order("SO-1", "1"));
            rig.dispatch.await(String.valueOf(order.orderUid()), Duration.ofMillis(200));
            assertThat(carrier.asked).isEmpty();
            mayBuy.set(true);
            labelled(rig, order);
        }
    }

    @Test
    void a_source_that_sends_a_great_many_does_not_keep_a_callers_order_waiting() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.42");
        try (Rig rig = Rig.stopped(database(), Rig.PATIENCE, account("fake", carrier))) {
            for (int i = 0; i < 120; i++) {
                rig.take(Rig.from("erp", Rig.order("BULK-" + i, "1")));
            }
            rig.take(Rig.from("strict", Rig.order("SMALL-1", "1")));
            rig.take(Rig.from("strict", Rig.order("SMALL-2", "1")));
            Taken call = rig.take(api(Rig.order("CALL-1", "1")));
            String called = rig.shipment(call).id();

            for (int claim = 0; claim < 20; claim++) {
                List<ShipmentRow> next = rig.ledger.read(tx -> tx.due().ready("fake", 6));
                assertThat(next).hasSize(6);
                assertThat(next.subList(0, 2)).extracting(ShipmentRow::id).contains(called);
                assertThat(next).extracting(row -> orderId(rig, row)).contains("SMALL-1", "SMALL-2", "BULK-0");
            }
            List<ShipmentRow> all = rig.ledger.read(tx -> tx.due().ready("fake", 500));
            assertThat(all).hasSize(123);
        }
    }

    private static String orderId(Rig rig, ShipmentRow row) {
        return rig.ledger
                .read(tx -> tx.orders().find(row.orderUid(), io.waybill.ledger.Namespaces.ALL))
                .orElseThrow()
                .orderId();
    }

    private static Submission api(ObjectNode order) {
        return new Submission("erp", "api", order, null, Content.hash(order), null, null, null, false, "erp");
    }

    private static void labelled(Rig rig, Taken taken) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> rig.shipment(taken).state() == ShipmentState.LABELLED);
    }
}
