package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids.Voided;
import io.waybill.dispatch.Audited;
import io.waybill.dispatch.Resolution;
import io.waybill.dispatch.Resolution.Action;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes after a purchase that did not go straight: orphans, audits, labels that do not come, a person's word. */
abstract class AftercareContract {
    private static final Aftercare PATIENT = Aftercare.DEFAULT;

    private FakeCarrier carrier;
    private Rig rig;
    private Database database;

    abstract Database database();

    @BeforeEach
    void find() {
        database = database();
    }

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        rig.close();
    }

    // ---- what is written down

    @Test
    void a_label_is_written_down_however_many_references_its_order_is_billed_under() {
        start(IdempotencyClass.B);
        ObjectNode order = Rig.order("A-35", "1");
        ArrayNode references = order.putObject("billing").putArray("references");
        IntStream.rangeClosed(1, 150).forEach(number -> references.add("PO-2026-" + number));

        Taken taken = rig.take(order);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.charges(taken)).containsExactly("label_charge shipping 8.1");
        assertThat(rig.exceptions()).isEmpty();
    }

    // ---- by the carrier's class

    @Test
    void class_b_billed_on_scan_is_bought_again_because_a_label_nobody_scans_costs_nothing() {
        start(IdempotencyClass.B, "on_carrier_acceptance", PATIENT);
        carrier.script.add(Turn.LOSE_THE_REQUEST);

        ShipmentRow shipment = rig.settled(take("A-1"), ShipmentState.LABELLED);

        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("NOT_FOUND", "BOUGHT");
    }

    @Test
    void class_c_is_never_bought_again_by_itself_even_where_it_is_billed_on_scan() {
        start(IdempotencyClass.C, "on_carrier_acceptance", PATIENT);
        carrier.script.add(Turn.LOSE_THE_REQUEST);

        rig.settled(take("A-2"), ShipmentState.REVIEW);

        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_sale_found_without_a_label_is_voided_and_bought_once_more_under_names_of_its_own() {
        start(IdempotencyClass.B);
        carrier.reprints = false;
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);

        Taken taken = take("A-3");

        ShipmentRow second = rig.secondSettled(taken, ShipmentState.LABELLED);
        ShipmentRow first = rig.shipment(taken);
        assertThat(first.state()).isEqualTo(ShipmentState.VOIDED);
        assertThat(rig.attempts(second).get(0).orderNumber()).isEqualTo("A-3-2");
        assertThat(carrier.asked).doesNotHaveDuplicates().hasSize(2);
        assertThat(carrier.live()).isEqualTo(1);
        assertThat(rig.charges(taken))
                .containsExactly("label_charge shipping 8.1", "void_credit shipping -8.1", "label_charge shipping 8.1");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_cannot_be_printed_twice_in_a_row_goes_to_a_person_and_is_not_bought_a_third_time() {
        start(IdempotencyClass.B);
        carrier.reprints = false;
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL_AND_LOSE_THE_ANSWER, Turn.SELL_AND_LOSE_THE_ANSWER));

        Taken taken = take("A-27");

        soon().until(() -> reasons().equals(List.of("label-gone")));
        assertThat(rig.shipments(taken))
                .extracting(ShipmentRow::state)
                .containsExactly(ShipmentState.VOIDED, ShipmentState.BOUGHT);
        assertThat(carrier.asked).hasSize(2);
        carrier.reprints = true;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void nothing_is_bought_once_more_before_the_void_is_confirmed() {
        start(IdempotencyClass.B);
        carrier.reprints = false;
        carrier.everyVoid = new Voided.Refused("contact_carrier", "call us");
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);

        Taken taken = take("A-4");

        soon().until(() -> reasons().contains("void-refused"));
        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.BOUGHT);
        carrier.everyVoid = null;
        resolve(taken, Action.VOID_AND_REBUY, null);
        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void a_label_that_is_overdue_is_told_to_a_person_and_closed_by_the_label() {
        start(
                IdempotencyClass.A,
                "on_creation",
                new Aftercare(Duration.ofMillis(1), List.of(Duration.ofHours(1)), Duration.ofDays(1)));
        carrier.labelIsReady(false);
        carrier.script.add(Turn.SELL_WITHOUT_LABEL);
        Taken taken = take("A-5");

        soon().until(() -> reasons().equals(List.of("label-overdue")));
        carrier.labelIsReady(true);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    // ---- orphans

    @Test
    void an_orphan_is_voided_by_itself_and_its_cost_and_credit_say_what_it_was() {
        start(IdempotencyClass.B);
        carrier.parts = parts();
        Taken taken = twoSales("A-6");

        rig.settled(taken, ShipmentState.LABELLED);

        soon().until(() -> rig.story(taken).contains("orphan voided"));
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.live()).isEqualTo(1);
        assertThat(carrier.voided)
                .doesNotContain(String.valueOf(rig.shipment(taken).carrierShipment()));
        assertThat(rig.charges(taken))
                .containsExactlyInAnyOrder(
                        "label_charge shipping 7",
                        "label_charge fuel_charge 1.1",
                        "label_charge shipping 7 orphan",
                        "label_charge fuel_charge 1.1 orphan",
                        "void_credit shipping -7 orphan",
                        "void_credit fuel_charge -1.1 orphan");
        assertThat(rig.events(taken)).contains("exception.opened", "exception.closed");
    }

    @Test
    void an_orphan_is_still_voided_after_a_restart() {
        start(IdempotencyClass.B);
        carrier.everyVoid = new Voided.Unknown("timed out");
        Taken taken = twoSales("A-7");
        rig.settled(taken, ShipmentState.LABELLED);
        soon().until(() -> reasons().equals(List.of("orphan-label")));
        rig.close();
        carrier.everyVoid = null;

        rig = Rig.start(database, FakeCarrier.account("fake", carrier));

        soon().until(() -> rig.exceptions().isEmpty());
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void an_orphan_the_carrier_does_not_void_stays_with_a_person_in_the_carriers_words_until_it_does() {
        start(IdempotencyClass.B);
        carrier.everyVoid = new Voided.Refused("label_already_used", "it was scanned on Monday");
        Taken taken = twoSales("A-8");
        rig.settled(taken, ShipmentState.LABELLED);

        soon().until(() ->
                rig.exceptions().stream().anyMatch(row -> row.problems().contains("scanned on Monday")));
        assertThat(reasons()).containsExactly("orphan-label");
        carrier.everyVoid = null;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        soon().until(() -> rig.exceptions().isEmpty());
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void an_orphan_of_a_carrier_that_does_not_void_stays_with_a_person() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        rig = Rig.start(database, FakeCarrier.account("fake", new WithoutVoids(carrier), "on_creation", PATIENT));
        Taken taken = twoSales("A-22");
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);

        soon().until(() ->
                rig.exceptions().stream().anyMatch(row -> row.problems().contains("does not void labels")));

        assertThat(reasons()).containsExactly("orphan-label");
        assertThat(rig.charges(taken)).contains("label_charge shipping 8.1 orphan");
        assertThatThrownBy(() -> resolve(taken, Action.VOID_AND_REBUY, shipment.carrierShipment()))
                .hasMessageContaining("cannot void labels");
        assertThat(carrier.voidsAsked).isEmpty();
    }

    @Test
    void an_orphan_waits_while_a_purchase_of_its_shipment_is_open() {
        start(IdempotencyClass.B);
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_ANSWER_LATE));
        Taken taken = take("A-23");
        soon().until(() -> carrier.asked.size() == 2);
        AttemptRow first = rig.attempts(rig.shipment(taken)).get(0);
        carrier.sellUnder(ref(first));
        String number = carrier.book.get(first.ref()).id().value();
        rig.ledger.commitAll(tx -> tx.orphans().add(first, "fake", number));
        soon().until(() -> rig.ledger.read(tx -> tx.orphans().due("fake", 10)).isEmpty());
        assertThat(carrier.voidsAsked).isEmpty();

        carrier.lateAnswers.countDown();

        rig.settled(taken, ShipmentState.LABELLED);
        soon().until(() -> carrier.voidsAsked.equals(List.of(number)));
        soon().until(() -> carrier.live() == 1);
    }

    // ---- the audit

    @Test
    void the_audit_finds_a_label_that_took_effect_late_and_it_is_voided() {
        start(
                IdempotencyClass.B,
                "on_creation",
                new Aftercare(Duration.ofHours(1), List.of(Duration.ofMillis(700)), Duration.ofDays(1)));
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_ANSWER_LATE));
        Taken taken = take("A-9");
        soon().until(() -> carrier.asked.size() == 2);
        int before = carrier.lookUps.get();
        carrier.sellUnder(ref(rig.attempts(rig.shipment(taken)).get(0)));
        carrier.lateAnswers.countDown();
        rig.settled(taken, ShipmentState.LABELLED);

        soon().until(() -> rig.story(taken).contains("orphan voided"));

        assertThat(carrier.lookUps.get()).isGreaterThanOrEqualTo(before + 2);
        assertThat(carrier.live()).isEqualTo(1);
        soon().until(() -> rig.shipment(taken).auditedAt() != null);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void the_audit_on_demand_says_what_it_saw_and_finds_nothing_twice() {
        start(IdempotencyClass.B);
        carrier.script.add(Turn.NOT_SENT);
        Taken taken = take("A-10");
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(audit()).isEqualTo(new Audited(1, 0, 0, true));
        carrier.sellUnder(ref(rig.attempts(shipment).get(0)));

        assertThat(audit()).isEqualTo(new Audited(1, 1, 0, true));
        assertThat(audit()).isEqualTo(new Audited(1, 0, 0, true));

        soon().until(() -> carrier.live() == 1);
        carrier.unreachable = true;
        assertThat(audit()).isEqualTo(new Audited(1, 0, 1, true));
    }

    @Test
    void a_label_that_a_look_up_calls_by_another_number_is_still_the_shipments_own() {
        start(IdempotencyClass.B);
        carrier.findsUnderAnotherNumber = true;
        carrier.script.add(Turn.NOT_SENT);
        Taken taken = take("A-26");
        rig.settled(taken, ShipmentState.LABELLED);

        assertThat(audit()).isEqualTo(new Audited(1, 0, 0, true));

        assertThat(rig.exceptions()).isEmpty();
        assertThat(rig.story(taken)).doesNotContain("orphan");
    }

    @Test
    void what_was_tried_once_is_not_audited() {
        start(IdempotencyClass.B);
        rig.settled(take("A-11"), ShipmentState.LABELLED);

        assertThat(audit().shipments()).isZero();
    }

    // ---- a person's word

    @Test
    void a_person_adopts_a_label_under_the_number_the_carrier_gave_it() {
        Taken taken = underReview("A-12");
        String number = carrier.book.values().iterator().next().id().value();

        resolve(taken, Action.ADOPT, number);
        resolve(taken, Action.ADOPT, number);

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(shipment.carrierShipment()).isEqualTo(number);
        assertThat(rig.exceptions()).isEmpty();
        assertThat(rig.story(taken)).containsOnlyOnce("resolved");
        assertThat(rig.ledger.<List<AuditBook.Entry>>read(
                        tx -> tx.audit().list(Namespaces.ALL, shipment.id(), null, 10)))
                .as("who decided what; why may name a recipient, and stands in the story")
                .singleElement()
                .satisfies(entry -> assertThat(entry.actor() + " " + entry.detail())
                        .contains("ops", "adopt", number)
                        .doesNotContain("the driver has it"));
        assertThat(carrier.asked).hasSize(1);
        assertThatThrownBy(() -> resolve(taken, Action.BUY_ANYWAY, null)).hasMessageContaining("is labelled");
    }

    @Test
    void a_number_the_carrier_does_not_print_or_another_shipment_has_is_not_adopted() {
        Taken taken = underReview("A-13");
        carrier.script.add(Turn.SELL);
        ShipmentRow other = rig.settled(take("A-14"), ShipmentState.LABELLED);

        assertThatThrownBy(() -> resolve(taken, Action.ADOPT, "F999")).hasMessageContaining("prints no label for F999");
        assertThatThrownBy(() -> resolve(taken, Action.ADOPT, other.carrierShipment()))
                .hasMessageContaining("number of another shipment");
        assertThatThrownBy(() -> resolve(taken, Action.ADOPT, null)).hasMessageContaining("must be given");
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(reasons()).containsExactly("purchase-unresolved");
    }

    @Test
    void a_label_of_another_shipment_is_not_taken_whichever_of_its_numbers_a_person_gives() {
        Taken taken = underReview("A-36");
        carrier.tracks = "1Z";
        ShipmentRow other = rig.settled(take("A-37"), ShipmentState.LABELLED);
        String number = String.valueOf(other.carrierShipment());

        assertThatThrownBy(() -> resolve(taken, Action.ADOPT, number))
                .hasMessageContaining("number of another shipment");
        assertThatThrownBy(() -> resolve(taken, Action.VOID_AND_REBUY, number))
                .hasMessageContaining("number of another shipment");
        Resolution tracked = new Resolution(Action.ADOPT, "it is on it", null, "1Z" + number, "F100000");
        assertThatThrownBy(() -> rig.dispatch.resolve(taken.orderUid(), tracked, Namespaces.ALL, "ops"))
                .hasMessageContaining("number of another shipment");

        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(carrier.voidsAsked).isEmpty();
    }

    @Test
    void of_two_who_adopt_one_number_for_two_orders_at_one_moment_one_is_told_that_it_is_taken() {
        Taken first = underReview("A-38");
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken second = take("A-39");
        rig.settled(second, ShipmentState.REVIEW);
        String number = carrier.book.values().iterator().next().id().value();
        Phaser both = new Phaser(2);
        carrier.whileFetching = both::arriveAndAwaitAdvance;

        CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> resolve(first, Action.ADOPT, number));
        Throwable here = catchThrowable(() -> resolve(second, Action.ADOPT, number));
        Throwable there = catchThrowable(beside::join);

        assertThat(Stream.of(here, there).filter(Objects::nonNull))
                .singleElement()
                .satisfies(told -> assertThat(told).hasMessageContaining("number of another shipment"));
        assertThat(List.of(rig.shipment(first).state(), rig.shipment(second).state()))
                .containsExactlyInAnyOrder(ShipmentState.LABELLED, ShipmentState.REVIEW);
        assertThat(carrier.voidsAsked).isEmpty();
    }

    @Test
    void buying_anyway_leaves_an_exception_until_the_first_label_is_voided() {
        Taken taken = underReview("A-15");

        resolve(taken, Action.BUY_ANYWAY, null);
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        resolve(taken, Action.BUY_ANYWAY, null);

        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("GIVEN_UP", "BOUGHT");
        assertThat(carrier.asked).hasSize(2);
        assertThat(reasons()).containsExactly("bought-anyway");
        assertThat(carrier.live()).isEqualTo(2);
        carrier.lagging = false;
        assertThat(audit().found()).isEqualTo(1);
        soon().until(() -> rig.exceptions().isEmpty());
        assertThat(carrier.live()).isEqualTo(1);
        assertThat(rig.story(taken)).containsOnlyOnce("resolved");
    }

    @Test
    void a_late_answer_makes_the_second_purchase_a_person_asked_for_unnecessary() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        rig = Rig.start(database, RecoveryTest.leased(Duration.ofMillis(150), 3), FakeCarrier.account("fake", carrier));
        carrier.script.add(Turn.SELL_AND_ANSWER_LATE);
        carrier.lagging = true;
        Taken taken = take("A-16");
        rig.settled(taken, ShipmentState.REVIEW);
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
        resolve(taken, Action.BUY_ANYWAY, null);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.READY);

        carrier.lateAnswers.countDown();

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void nothing_is_decided_before_the_first_look_up_or_while_it_is_being_bought() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        rig = Rig.start(database, FakeCarrier.account("fake", carrier, Duration.ofHours(1), false));
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL_AND_LOSE_THE_ANSWER, Turn.SELL_AND_ANSWER_LATE));
        Taken unknown = take("A-24");
        rig.settled(unknown, ShipmentState.UNKNOWN);
        Taken buying = take("A-25");
        soon().until(() -> carrier.asked.size() == 2);

        assertThatThrownBy(() -> resolve(unknown, Action.BUY_ANYWAY, null))
                .hasMessageContaining("has not been looked up yet");
        assertThatThrownBy(() -> resolve(buying, Action.BUY_ANYWAY, null)).hasMessageContaining("being bought");
    }

    @Test
    void void_and_rebuy_voids_the_label_a_person_names_and_buys_the_same_once() {
        Taken taken = underReview("A-17");
        String number = carrier.book.values().iterator().next().id().value();

        resolve(taken, Action.VOID_AND_REBUY, number);
        resolve(taken, Action.VOID_AND_REBUY, number);

        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThat(rig.shipments(taken)).hasSize(2);
        assertThat(carrier.voided).containsExactly(number);
        assertThat(carrier.live()).isEqualTo(1);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void void_and_rebuy_of_a_number_the_carrier_does_not_know_leaves_the_purchase_under_review() {
        Taken taken = underReview("A-18");

        assertThatThrownBy(() -> resolve(taken, Action.VOID_AND_REBUY, "F999")).hasMessageContaining("no label F999");

        ShipmentRow shipment = rig.shipment(taken);
        assertThat(shipment.state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(shipment.carrierShipment()).isNull();
        assertThat(reasons()).containsExactly("purchase-unresolved");
        carrier.lagging = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void the_numbers_of_a_label_that_was_found_beside_a_mistyped_one_stay() {
        start(IdempotencyClass.B);
        carrier.lagging = true;
        carrier.tracks = "1Z";
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_LOSE_THE_ANSWER));
        Taken taken = take("A-38");
        String id = rig.settled(taken, ShipmentState.REVIEW).id();
        carrier.everyVoid = new Voided.Unknown("timed out");
        resolve(taken, Action.VOID_AND_REBUY, "F999");
        carrier.lagging = false;
        assertThat(audit().found()).isEqualTo(1);

        carrier.everyVoid = null;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        soon().until(() -> rig.story(taken).contains("void refused"));
        List<String> known = rig.ledger.read(tx -> tx.numbers().shipments("1ZF100000"));
        assertThat(known).containsExactly(id);
    }

    // ---- voids, and orders with several shipments

    @Test
    void a_refused_void_leaves_the_label_and_the_carriers_words_with_a_person() {
        start(IdempotencyClass.A);
        Taken taken = take("A-19");
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        carrier.voidScript.add(new Voided.Refused("void_period_over", "30 days are over"));

        assertThatThrownBy(() -> rig.dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops"))
                .hasMessageContaining("30 days are over");

        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(rig.exceptions()).singleElement().satisfies(row -> {
            assertThat(row.reason()).isEqualTo("void-refused");
            assertThat(row.problems()).contains("30 days are over");
        });
        rig.dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_void_credits_each_part_of_the_price() {
        start(IdempotencyClass.A);
        carrier.parts = parts();
        Taken taken = take("A-20");
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);

        rig.dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops");

        assertThat(rig.charges(taken))
                .containsExactlyInAnyOrder(
                        "label_charge shipping 7",
                        "label_charge fuel_charge 1.1",
                        "void_credit shipping -7",
                        "void_credit fuel_charge -1.1");
    }

    @Test
    void an_order_whose_first_label_was_replaced_is_retried_and_cancelled_by_the_shipments_it_has_now() {
        start(IdempotencyClass.A);
        Taken taken = take("A-21");
        ShipmentRow first = rig.settled(taken, ShipmentState.LABELLED);
        carrier.script.add(Turn.REFUSE);
        resolve(taken, Action.VOID_AND_REBUY, null);
        ShipmentRow second = rig.secondSettled(taken, ShipmentState.REFUSED);

        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .hasMessageContaining("has a label");
        rig.dispatch.voidLabel(second.id(), Namespaces.ALL, "ops");
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.shipments(taken)).extracting(ShipmentRow::state).containsOnly(ShipmentState.VOIDED);
        Optional<OrderRow> order = rig.ledger.read(tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL));
        assertThat(order.orElseThrow().cancelledAt()).isNotNull();
        assertThat(rig.story(taken)).contains("cancelled");
        assertThat(carrier.live()).isZero();
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void a_void_of_a_label_that_was_to_be_bought_once_more_buys_nothing_in_its_place() {
        start(IdempotencyClass.A);
        Taken taken = onItsWayBack("A-28");

        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");

        confirmedAndNothingBought(taken);
    }

    @Test
    void a_void_of_the_order_buys_nothing_in_place_of_a_label_that_is_on_its_way_back() {
        start(IdempotencyClass.A);
        Taken taken = onItsWayBack("A-29");

        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        confirmedAndNothingBought(taken);
    }

    @Test
    void an_order_is_cancelled_while_its_only_label_is_on_its_way_back_and_nothing_is_bought_in_its_place() {
        start(IdempotencyClass.A);
        Taken taken = onItsWayBack("A-30");

        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.story(taken)).containsOnlyOnce("cancelled");
        confirmedAndNothingBought(taken);
    }

    @Test
    void a_label_that_is_given_back_only_is_for_a_person_when_its_carrier_refuses_that() {
        start(IdempotencyClass.A);
        Taken taken = onItsWayBack("A-31");
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
        carrier.everyVoid = new Voided.Refused("label_already_used", "it was scanned on Monday");

        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.shipment(taken).rebuy()).isFalse();
        assertThat(reasons()).containsExactly("void-refused");
    }

    @Test
    void a_further_label_is_packed_as_it_was_asked_for() {
        start(IdempotencyClass.A);
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("service", "express");
        Taken taken = refusedOnceMore("A-32", wish);

        rig.desk.pack(taken.orderUid(), List.of(box("packed", "2")), Namespaces.ALL, "bench");

        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThat(carrier.bodies).last().isEqualTo(body("A-32-2", "express", "packed"));
        assertThat(carrier.live()).isOne();
    }

    @Test
    void what_the_bench_packs_for_a_further_label_counts_more_than_the_parcels_that_were_asked_for() {
        start(IdempotencyClass.A);
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.putArray("parcels").add(Json.mapper().<ObjectNode>valueToTree(box("asked", "3")));
        Taken taken = refusedOnceMore("A-33", wish);
        carrier.script.add(Turn.REFUSE);

        rig.desk.pack(taken.orderUid(), List.of(box("box-1", "1")), Namespaces.ALL, "bench");
        soon().until(() ->
                carrier.asked.size() == 3 && rig.shipments(taken).get(1).state() == ShipmentState.REFUSED);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.secondSettled(taken, ShipmentState.LABELLED);
        assertThat(carrier.bodies.subList(2, 4)).containsOnly(body("A-33-2", "ground", "box-1"));
        rig.relabel(taken, "again", wish);
        assertThat(rig.shipments(taken)).hasSize(2);
    }

    @Test
    void an_order_that_is_opened_again_is_bought_as_it_says_and_not_as_a_label_was_that_was_cancelled_with_it() {
        start(IdempotencyClass.A);
        Taken taken =
                refusedOnceMore("A-34", JsonNodeFactory.instance.objectNode().put("service", "express"));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        ObjectNode order = Rig.order("A-34", "1");
        rig.take(new Submission("erp", "api", order, null, Content.hash(order), null, null, null, true, "ops"));

        soon().until(() ->
                rig.shipments(taken).stream().map(ShipmentRow::state).toList().contains(ShipmentState.LABELLED));
        assertThat(rig.shipments(taken))
                .extracting(ShipmentRow::state)
                .containsExactly(ShipmentState.VOIDED, ShipmentState.CANCELLED, ShipmentState.LABELLED);
        assertThat(carrier.bodies).last().isEqualTo(body("A-34-3", "ground", "box-1"));
    }

    /** Its first label is given back, and the one that was asked for in its place is refused. */
    private Taken refusedOnceMore(String number, ObjectNode wish) {
        Taken taken = take(number);
        rig.dispatch.voidLabel(rig.settled(taken, ShipmentState.LABELLED).id(), Namespaces.ALL, "ops");
        carrier.script.add(Turn.REFUSE);
        rig.relabel(taken, "again", wish);
        rig.secondSettled(taken, ShipmentState.REFUSED);
        return taken;
    }

    private static Order.Parcel box(String reference, String kilograms) {
        return new Order.Parcel(reference, Weight.of(kilograms, MassUnit.KG), null, null, List.of());
    }

    private static String body(String number, String service, String box) {
        return "{\"order\":\"" + number + "\",\"service\":\"" + service + "\",\"boxes\":\"" + box + "\"}";
    }

    /** A person asked for it once more, and its carrier takes days to take the first one back. */
    private Taken onItsWayBack(String number) {
        Taken taken = take(number);
        rig.settled(taken, ShipmentState.LABELLED);
        carrier.everyVoid = new Voided.Pending("in work");
        resolve(taken, Action.VOID_AND_REBUY, null);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.VOIDING);
        return taken;
    }

    private void confirmedAndNothingBought(Taken taken) {
        carrier.everyVoid = null;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.VOIDED);
        assertThat(rig.shipments(taken)).hasSize(1);
        assertThat(rig.story(taken)).doesNotContain("bought once more");
        assertThat(carrier.live()).isZero();
    }

    private Taken twoSales(String number) {
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.SELL_AND_LOSE_THE_ANSWER));
        carrier.unreachable = true;
        Taken taken = take(number);
        rig.settled(taken, ShipmentState.UNKNOWN);
        carrier.sellUnder(ref(rig.attempts(rig.shipment(taken)).get(0)));
        carrier.unreachable = false;
        return taken;
    }

    /** The carrier sold, said nothing, and its look-up does not find it. */
    private Taken underReview(String number) {
        start(IdempotencyClass.B);
        carrier.lagging = true;
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken taken = take(number);
        rig.settled(taken, ShipmentState.REVIEW);
        return taken;
    }

    private void resolve(Taken taken, Action action, String number) {
        rig.dispatch.resolve(
                taken.orderUid(),
                new Resolution(action, "the driver has it", null, number, null),
                Namespaces.ALL,
                "ops");
    }

    private Audited audit() {
        return rig.dispatch.audit(Patience.LONG);
    }

    private void start(IdempotencyClass kind) {
        start(kind, "on_creation", PATIENT);
    }

    private void start(IdempotencyClass kind, String chargeEvent, Aftercare aftercare) {
        carrier = new FakeCarrier(kind, "8.10");
        rig = Rig.start(database, FakeCarrier.account("fake", carrier, chargeEvent, aftercare));
    }

    private Taken take(String number) {
        return rig.take(Rig.order(number, "1"));
    }

    private List<String> reasons() {
        return rig.exceptions().stream().map(ExceptionBook.Row::reason).toList();
    }

    private static List<Charge> parts() {
        return List.of(
                new Charge("shipping", Money.of("7.00", "USD"), "BASE", "Base price"),
                new Charge("fuel_charge", Money.of("1.10", "USD"), "FUEL", "Fuel"));
    }

    private static Ref ref(AttemptRow attempt) {
        return new Ref(attempt.ref(), UUID.fromString(attempt.purchaseKey()), attempt.orderNumber());
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10));
    }

    private record WithoutVoids(FakeCarrier fake) implements LikeFake {}
}
