package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.dispatch.Waits;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purchase whose outcome nobody knows is looked up before anything is tried again, by the rules of its carrier's class. */
class RecoveryTest {
    private static final Duration SHORT_LEASE = Duration.ofMillis(150);

    @TempDir
    Path folder;

    private FakeCarrier carrier;
    private Rig rig;

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        rig.close();
    }

    @Test
    void class_a_not_found_is_sent_again_with_the_same_bytes_and_sold_once() {
        start(IdempotencyClass.A);
        carrier.script.add(Turn.LOSE_THE_REQUEST);

        ShipmentRow shipment = rig.settled(take("R-1"), ShipmentState.LABELLED);

        assertThat(carrier.asked).hasSize(2);
        assertThat(carrier.asked.stream().distinct()).hasSize(1);
        assertThat(carrier.bodies.stream().distinct()).hasSize(1);
        assertThat(carrier.book).hasSize(1);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
    }

    @Test
    void class_b_not_found_asks_a_person_and_is_never_bought_again_by_itself() {
        start(IdempotencyClass.B);
        carrier.lagging = true;
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take("R-2");
        rig.settled(taken, ShipmentState.REVIEW);
        assertThat(reasons()).containsExactly("purchase-unresolved");

        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.REVIEW);
        assertThat(carrier.asked).hasSize(1);
        carrier.lagging = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.events(taken))
                .containsExactly(
                        "order.accepted", "exception.opened", "exception.closed", "billing.charged", "order.labelled");
    }

    @Test
    void class_c_asks_a_person_at_once() {
        start(IdempotencyClass.C);
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);

        rig.settled(take("R-3"), ShipmentState.REVIEW);

        assertThat(reasons()).containsExactly("purchase-unresolved");
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_proven_look_up_is_believed_only_after_the_time_a_sale_may_take() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        Account account = FakeCarrier.account("fake", carrier, Duration.ofSeconds(60), true);
        rig = Rig.start(Stores.h2(folder), account);
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        carrier.lagging = true;
        Taken taken = take("R-4");
        rig.settled(taken, ShipmentState.UNKNOWN);
        rig.close();

        rig = Rig.start(Stores.h2(folder), account);
        soon().until(() -> carrier.lookUps.get() > 0);
        carrier.lagging = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked)
                .as("the restart ended the lease early and looked up early")
                .hasSize(1);
    }

    @Test
    void a_carrier_that_cannot_be_reached_is_asked_again_then_a_person_then_the_sale_closes_it() {
        start(IdempotencyClass.A);
        carrier.unreachable = true;
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take("R-5");

        soon().until(() -> reasons().equals(List.of("purchase-unresolved")));
        assertThat(carrier.lookUps).hasValueGreaterThanOrEqualTo(3);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.UNKNOWN);
        carrier.unreachable = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_refusal_closes_what_was_unresolved() {
        start(IdempotencyClass.A);
        carrier.unreachable = true;
        carrier.script.addAll(FakeCarrier.turns(Turn.LOSE_THE_REQUEST, Turn.REFUSE));
        Taken taken = take("R-6");
        soon().until(() -> reasons().equals(List.of("purchase-unresolved")));
        carrier.unreachable = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.REFUSED);

        assertThat(reasons()).containsExactly("carrier-refused");
    }

    @Test
    void of_two_attempts_that_both_sold_one_is_chosen_and_the_other_is_an_orphan_a_person_sees_until_it_is_voided() {
        start(IdempotencyClass.B);
        carrier.everyVoid = new Voids.Voided.Pending("in work");
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_LOSE_THE_ANSWER));
        carrier.unreachable = true;
        Taken taken = take("R-7");
        rig.settled(taken, ShipmentState.UNKNOWN);
        AttemptRow first = rig.attempts(rig.shipment(taken)).get(0);
        carrier.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        carrier.unreachable = false;

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);

        soon().until(() -> reasons().equals(List.of("orphan-label")));
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactlyInAnyOrder("BOUGHT", "ORPHAN");
        assertThat(rig.events(taken)).containsOnlyOnce("order.labelled");
        assertThat(rig.events(taken)).filteredOn("billing.charged"::equals).hasSize(2);

        carrier.everyVoid = null;

        soon().until(() -> rig.exceptions().isEmpty());
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void an_answer_later_than_the_decision_of_another_node_is_kept_as_an_orphan() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        carrier.everyVoid = new Voids.Voided.Unknown("timed out");
        var database = Stores.postgres();
        Account account = FakeCarrier.account("fake", carrier, Duration.ofMillis(1), true);
        rig = Rig.start(database, leased(SHORT_LEASE, 3), account);
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        carrier.lagging = true;
        Taken taken = take("R-8");
        soon().until(() -> carrier.asked.size() == 1);
        try (Rig other = Rig.start(database, leased(Duration.ofSeconds(30), 3), account)) {
            ShipmentRow shipment = other.settled(taken, ShipmentState.LABELLED);

            carrier.lateAnswers.countDown();

            soon().until(() -> reasons().equals(List.of("orphan-label")));
            assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("ORPHAN", "BOUGHT");
            assertThat(rig.shipment(taken).carrierShipment()).isEqualTo("F100001");
        }
    }

    @Test
    void a_late_answer_stops_the_second_purchase_that_a_lagging_look_up_made_ready() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        rig = Rig.start(
                Stores.h2(folder),
                leased(SHORT_LEASE, 3),
                FakeCarrier.account("fake", carrier, Duration.ofMillis(1), true));
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        carrier.lagging = true;
        Taken taken = take("R-15");
        soon().until(() -> carrier.lookUps.get() > 0);
        rig.settled(taken, ShipmentState.READY);

        carrier.lateAnswers.countDown();

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_late_answer_decides_while_nobody_else_has() {
        carrier = new FakeCarrier(IdempotencyClass.C, "8.10");
        rig = Rig.start(Stores.h2(folder), leased(SHORT_LEASE, 3), FakeCarrier.account("fake", carrier));
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        Taken taken = take("R-9");
        rig.settled(taken, ShipmentState.REVIEW);

        carrier.lateAnswers.countDown();

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        soon().until(() -> rig.exceptions().isEmpty());
    }

    @Test
    void an_adapter_that_breaks_may_have_sold_and_is_looked_up() {
        start(IdempotencyClass.A);
        carrier.script.add(Turn.BREAK);

        rig.settled(take("R-10"), ShipmentState.LABELLED);

        assertThat(carrier.asked.stream().distinct()).hasSize(1);
    }

    @Test
    void a_purchase_too_late_to_send_goes_back_and_no_byte_leaves() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        DispatchSettings tooLate = Waits.of(
                Duration.ofSeconds(30),
                Duration.ofNanos(1),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                3,
                Duration.ofSeconds(8));
        rig = Rig.start(Stores.h2(folder), tooLate, FakeCarrier.account("fake", carrier));

        Taken taken = take("R-11");

        soon().until(() -> rig.attempts(rig.shipment(taken)).stream()
                        .filter(attempt -> attempt.state().equals("NOT_SENT"))
                        .count()
                >= 2);
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void nothing_of_an_order_changes_while_it_is_being_bought() {
        start(IdempotencyClass.A);
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        Taken taken = take("R-12");
        rig.settled(taken, ShipmentState.BUYING);

        assertThatThrownBy(() -> rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("9")), Namespaces.ALL, "ops"))
                .hasMessageContaining("cannot change");
        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .hasMessageContaining("being bought");
        Taken changed = rig.take(Rig.order("R-12", "7"));
        carrier.lateAnswers.countDown();

        assertThat(changed.problems()).extracting(Problem::code).containsExactly("order-bought-meanwhile");
        assertThat(changed.problems().get(0).hint(java.util.Locale.ENGLISH)).contains("Send it again");
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("changed-late");
        rig.settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void a_lease_of_an_earlier_run_is_over_at_the_start_of_the_next() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        Account account = FakeCarrier.account("fake", carrier, Duration.ofHours(1), false);
        rig = Rig.start(Stores.h2(folder), account);
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take("R-13");
        rig.settled(taken, ShipmentState.UNKNOWN);
        rig.close();

        rig = Rig.start(Stores.h2(folder), account);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void look_ups_that_a_kill_cut_short_make_no_later_one_wait_longer() {
        startPatiently();
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take("R-16");
        rig.settled(taken, ShipmentState.UNKNOWN);
        rig.close();
        takenOverByNodesThatDie(taken, 7);
        int before = carrier.lookUps.get();
        carrier.unreachable = true;

        startPatiently();
        soon().until(() -> carrier.lookUps.get() > before);
        carrier.unreachable = false;

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void restarts_that_each_find_the_carrier_away_wait_no_longer_than_the_purchase_is_open() {
        startPatiently();
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take("R-17");
        rig.settled(taken, ShipmentState.UNKNOWN);
        carrier.unreachable = true;
        for (int restart = 0; restart < 7; restart++) {
            int lookUps = rig.shipment(taken).lookups();
            rig.close();
            startPatiently();
            soon().until(() -> rig.shipment(taken).lookups() > lookUps);
        }
        carrier.unreachable = false;

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_carrier_that_hangs_holds_up_nobody_elses_purchases_or_look_ups() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        FakeCarrier quick = new FakeCarrier(IdempotencyClass.A, "9.99");
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier), FakeCarrier.account("quick", quick));
        carrier.script.addAll(FakeCarrier.turns(
                Turn.LOSE_THE_REQUEST,
                Turn.SELL_AND_ANSWER_LATE,
                Turn.SELL_AND_ANSWER_LATE,
                Turn.SELL_AND_ANSWER_LATE,
                Turn.SELL_AND_ANSWER_LATE,
                Turn.SELL_AND_ANSWER_LATE));
        List<Taken> stuck = List.of("H-1", "H-2", "H-3", "H-4", "H-5").stream()
                .map(this::take)
                .toList();
        soon().until(() -> carrier.asked.size() == 6);
        quick.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        ObjectNode order = Rig.order("Q-1", "1");
        order.put("account", "quick");

        rig.settled(rig.take(order), ShipmentState.LABELLED);

        assertThat(stuck)
                .allSatisfy(taken -> assertThat(rig.shipment(taken).state()).isNotEqualTo(ShipmentState.LABELLED));
        carrier.lateAnswers.countDown();
        stuck.forEach(taken -> rig.settled(taken, ShipmentState.LABELLED));
        assertThat(carrier.book).hasSize(5);
    }

    @Test
    void a_database_that_goes_away_in_the_middle_of_a_purchase_costs_no_second_label() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        var database = Stores.postgres();
        rig = Rig.start(database, leased(Duration.ofSeconds(1), 100), FakeCarrier.account("fake", carrier));
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        Taken taken = take("R-14");
        rig.settled(taken, ShipmentState.BUYING);

        Stores.cutOff(database);
        carrier.lateAnswers.countDown();
        assertThatThrownBy(() -> rig.shipment(taken)).isInstanceOf(RuntimeException.class);
        Stores.reconnect(database);

        ShipmentRow shipment = await().ignoreExceptions()
                .until(() -> rig.shipment(taken), row -> row.state() == ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(1);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        assertThat(rig.events(taken)).containsOnlyOnce("order.accepted", "billing.charged", "order.labelled");
    }

    private void start(IdempotencyClass kind) {
        carrier = new FakeCarrier(kind, "8.10");
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier));
    }

    /** Each start looks up at once, and then waits a second and longer. */
    private void startPatiently() {
        carrier = carrier == null ? new FakeCarrier(IdempotencyClass.A, "8.10") : carrier;
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier, Duration.ofSeconds(1), false));
    }

    private void takenOverByNodesThatDie(Taken taken, int times) {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            for (int i = 0; i < times; i++) {
                String node = "dead-" + i;
                ledger.commitAll(tx -> {
                    ShipmentRow row = tx.shipments().of(taken.orderUid()).get(0);
                    assertThat(tx.purchases().takeOver(row, node, Duration.ofMinutes(2), null))
                            .isTrue();
                });
            }
        }
    }

    private Taken take(String number) {
        return rig.take(Rig.order(number, "1"));
    }

    private List<String> reasons() {
        return rig.exceptions().stream().map(ExceptionBook.Row::reason).toList();
    }

    static DispatchSettings leased(Duration lease, int lookUps) {
        return Waits.of(
                lease,
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                lookUps,
                Duration.ofSeconds(8));
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10));
    }
}
