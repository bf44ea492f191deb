package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a system takes back waits, and is bought when it comes again: as it was, whoever says so. */
abstract class TakenBackContract {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.C, "8.10");
    private Database database;
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        database = database();
        rig = Rig.start(database, FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_its_system_takes_back_waits_and_is_bought_when_it_comes_again_and_what_has_its_label_is_for_a_person() {
        Taken held = rig.take(Rig.order("SO-8", null));

        assertThat(letWait("erp", "SO-8").result()).isEqualTo(Result.REPLACED);
        assertThat(letWait("erp", "SO-8").result()).isEqualTo(Result.DUPLICATE);
        pack(held);
        assertThat(rig.shipment(held).state()).isEqualTo(ShipmentState.HELD);
        assertThat(rig.take(Rig.order("SO-8", null)).result()).isEqualTo(Result.REPLACED);
        rig.settled(held, ShipmentState.LABELLED);

        assertThat(letWait("erp", "SO-NEVER").result()).isEqualTo(Result.SKIPPED);
        assertThat(letWait("erp", "SO-8", false).result())
                .as("where its own label makes it so")
                .isEqualTo(Result.SKIPPED);
        assertThat(rig.exceptions()).isEmpty();
        Taken late = letWait("erp", "SO-8");
        assertThat(late.result()).isEqualTo(Result.CONFLICT);
        assertThat(late.problems()).extracting(Problem::code).containsExactly("taken-back-late");
        letWait("erp", "SO-8");
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("changed-late");
        assertThat(rig.shipment(held).state()).isEqualTo(ShipmentState.LABELLED);
    }

    @Test
    void what_a_person_was_told_of_is_over_once_the_system_that_took_it_back_lets_it_go() {
        Taken sold = rig.take(Rig.order("SO-12", "1.2"));
        rig.settled(sold, ShipmentState.LABELLED);
        letWait("erp", "SO-12");

        rig.take(Rig.from("shop", Rig.order("SO-12", "1.2")));
        assertThat(rig.exceptions()).as("by another").hasSize(1);
        assertThat(rig.take(Rig.order("SO-12", "1.2")).result()).isEqualTo(Result.DUPLICATE);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_a_person_was_told_of_a_sold_order_that_is_called_off_stays_when_it_comes_again() {
        Taken sold = rig.take(Rig.order("SO-13", "1.2"));
        rig.settled(sold, ShipmentState.LABELLED);
        letWait("erp", "SO-13");
        ObjectNode named = Json.mapper().createObjectNode().put("orderId", "SO-13");
        rig.ledger.commit(
                tx -> new CancelDoor(rig.intake, true).work(stop("erp", named)).apply(tx));

        assertThat(rig.take(Rig.order("SO-13", "1.2")).result()).isEqualTo(Result.DUPLICATE);
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("changed-late");
    }

    @Test
    void nobody_is_told_of_what_is_taken_back_once_it_is_delivered_or_its_label_was_given_back() {
        Taken delivered = rig.take(Rig.order("SO-10", "1.2"));
        rig.settled(delivered, ShipmentState.LABELLED);
        String shipment = rig.shipment(delivered).id();
        rig.ledger.commit(tx -> tx.tracking().itinerary(shipment, tx.now()).record(delivery(tx, shipment)));
        Taken returned = rig.take(Rig.order("SO-11", "1.2"));
        rig.settled(returned, ShipmentState.LABELLED);
        rig.dispatch.voidLabel(rig.shipment(returned).id(), Namespaces.ALL, "ops");
        rig.settled(returned, ShipmentState.VOIDED);

        assertThat(letWait("erp", "SO-10").result()).isEqualTo(Result.SKIPPED);
        assertThat(letWait("erp", "SO-11").result()).isEqualTo(Result.SKIPPED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void another_source_that_takes_it_back_makes_it_no_order_of_its_own_and_keeps_it_from_nobody() {
        Taken held = rig.take(Rig.order("SO-1", null));
        ObjectNode named = Json.mapper().createObjectNode().put("orderId", "SO-1");

        assertThat(letWait("shared", named.put("namespace", "acme")).result()).isEqualTo(Result.REPLACED);

        assertThat(order(held).namespace()).isEqualTo("acme");
        assertThat(rig.ledger.<Boolean>read(
                        tx -> tx.orders().lock("shared", "SO-1").isPresent()))
                .isFalse();
        assertThat(rig.take(Rig.order("SO-1", null)).result()).isEqualTo(Result.REPLACED);
        pack(held);
        rig.settled(held, ShipmentState.LABELLED);
    }

    @Test
    void the_source_that_took_it_back_lets_it_go_and_leaves_it_as_the_other_said_it() {
        Taken held = rig.take(Rig.order("SO-2", null).put("reference", "PO-7"));

        letWait("shop", "SO-2");
        assertThat(rig.take(Rig.from("shop", Rig.order("SO-2", null))).result()).isEqualTo(Result.REPLACED);

        assertThat(order(held).content()).contains("PO-7").doesNotContain("release");
        pack(held);
        rig.settled(held, ShipmentState.LABELLED);
        assertThat(rig.take(Rig.from("shop", Rig.order("SO-2", null))).result()).isEqualTo(Result.DUPLICATE);
    }

    @Test
    void what_a_person_corrected_before_or_meanwhile_stands_when_it_comes_again() {
        Taken before = rig.take(Rig.order("SO-3", null));
        rig.correctAddress(before);
        letWait("erp", "SO-3");
        Taken meanwhile = rig.take(Rig.order("SO-4", null));
        letWait("erp", "SO-4");
        rig.correctAddress(meanwhile);

        for (Taken corrected : List.of(before, meanwhile)) {
            pack(corrected);
            assertThat(rig.shipment(corrected).state()).isEqualTo(ShipmentState.HELD);
            assertThat(rig.take(Rig.order(corrected.orderId(), null)).result()).isEqualTo(Result.REPLACED);
            rig.settled(corrected, ShipmentState.LABELLED);
            assertThat(order(corrected).effective()).contains("2 Main St");
        }
    }

    @Test
    void a_source_whose_changes_are_not_taken_takes_back_all_the_same() {
        Taken held = rig.take(Rig.from("strict", Rig.order("SO-5", null)));

        assertThat(letWait("strict", "SO-5").result()).isEqualTo(Result.REPLACED);
        pack(held);
        assertThat(rig.shipment(held).state()).isEqualTo(ShipmentState.HELD);
        assertThat(rig.take(Rig.from("strict", Rig.order("SO-5", null))).result())
                .isEqualTo(Result.REPLACED);
        rig.settled(held, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_source_whose_changes_are_not_taken_changes_what_it_took_back() {
        Taken held = rig.take(Rig.from("strict", Rig.order("SO-9", null)));
        Submission changed = Rig.from("strict", Rig.order("SO-9", null).put("reference", "PO-9"));
        assertThat(rig.take(changed).result()).isEqualTo(Result.CONFLICT);

        letWait("strict", "SO-9");
        Submission another = Rig.from("thrifty", Rig.order("SO-9", null).put("service", "express"));
        assertThat(rig.take(another).result()).as("of another's order").isEqualTo(Result.CONFLICT);
        assertThat(rig.take(changed).result()).isEqualTo(Result.REPLACED);

        pack(held);
        rig.settled(held, ShipmentState.LABELLED);
        assertThat(order(held).content()).contains("PO-9").doesNotContain("release");
    }

    @Test
    void what_a_person_lets_go_is_taken_back_by_no_repetition_and_is_bought_once() {
        Taken held = rig.take(Rig.order("SO-6", null));
        letWait("erp", "SO-6");
        pack(held);
        rig.dispatch.buyWhile(() -> false);
        rig.desk.release(held.orderUid(), Namespaces.ALL, "ops");

        assertThat(letWait("erp", "SO-6").result()).isEqualTo(Result.DUPLICATE);
        rig.dispatch.buyWhile(() -> true);
        rig.dispatch.wake();
        rig.settled(held, ShipmentState.LABELLED);
        assertThat(rig.take(Rig.order("SO-6", null)).result()).isEqualTo(Result.DUPLICATE);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void of_one_that_may_be_sold_already_a_person_is_told_for_it_may_be_bought_yet() {
        carrier.script.add(FakeCarrier.Turn.LOSE_THE_REQUEST);
        Taken undecided = rig.take(Rig.order("SO-7", "1.2"));
        rig.settled(undecided, ShipmentState.REVIEW);

        Taken told = letWait("erp", "SO-7");

        assertThat(told.result()).isEqualTo(Result.CONFLICT);
        assertThat(told.problems()).extracting(Problem::code).containsExactly("order-undecided");
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).contains("changed-late");
        assertThat(rig.shipment(undecided).state()).isEqualTo(ShipmentState.REVIEW);
    }

    @Test
    void a_letter_that_an_order_lost_before_that_was_asked_hinders_neither_its_hold_nor_its_going_on_nor_another_label()
            throws SQLException {
        Taken held = rig.take(Rig.order("SO-14", null).put("reference", "PO-7"));
        loseLetters();

        assertThat(letWait("shop", "SO-14").result()).isEqualTo(Result.REPLACED);
        assertThat(rig.take(Rig.from("shop", Rig.order("SO-14", null))).result())
                .isEqualTo(Result.REPLACED);
        pack(held);
        rig.settled(held, ShipmentState.LABELLED);
        AnotherLabel.Wish wish =
                new AnotherLabel.Wish("k", AnotherLabel.Why.RESHIP, false, "", JsonNodeFactory.instance.objectNode());
        rig.anotherLabel.ask(held.orderUid(), wish, Namespaces.ALL, "ops");

        assertThat(order(held).content()).contains("PO-\uFFFD\u0085");
        assertThat(rig.shipments(held)).hasSize(2);
    }

    @Test
    void an_order_that_lost_a_letter_before_that_was_asked_is_corrected_elsewhere() throws SQLException {
        Taken held = rig.take(Rig.order("SO-15", null).put("reference", "PO-7"));
        loseLetters();

        rig.correctAddress(held);

        assertThat(order(held).content()).contains("PO-\uFFFD\u0085", "2 Main St");
    }

    /** As an earlier release took them. */
    private void loseLetters() throws SQLException {
        String lost = " = REPLACE(%s, 'PO-7', 'PO-\uFFFD\u0085')";
        write("UPDATE orders SET content" + lost.formatted("content") + ", effective" + lost.formatted("effective"));
        write("UPDATE order_revision SET content" + lost.formatted("content"));
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static TrackingBook.Event delivery(Tx tx, String shipment) {
        String number = tx.numbers().tracking(shipment).get(0);
        return new TrackingBook.Event(number, "delivered", "DL", null, "Austin", tx.now(), "push");
    }

    private void pack(Taken taken) {
        rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("1.2")), Namespaces.ALL, "bench");
    }

    private OrderRow order(Taken taken) {
        return rig.ledger.<OrderRow>read(
                tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL).orElseThrow());
    }

    private Taken letWait(String source, String orderId) {
        return letWait(source, orderId, true);
    }

    private Taken letWait(String source, String orderId, boolean tellsOfSold) {
        return letWait(source, Json.mapper().createObjectNode().put("orderId", orderId), tellsOfSold);
    }

    private Taken letWait(String source, ObjectNode named) {
        return letWait(source, named, true);
    }

    private Taken letWait(String source, ObjectNode named, boolean tellsOfSold) {
        return rig.ledger.commit(tx ->
                new HoldDoor(rig.intake, tellsOfSold).work(stop(source, named)).apply(tx));
    }

    private static Submission stop(String source, ObjectNode named) {
        return new Submission(
                source, "poll", named, null, Content.hash(named), null, "acme", 1, false, false, "poll", null, "back");
    }
}
