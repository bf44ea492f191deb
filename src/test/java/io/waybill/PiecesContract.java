package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.dispatch.Compared;
import io.waybill.dispatch.Resolution;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Restore;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Subscriptions;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order of several parcels with a carrier that takes one in a purchase: each is bought once, by itself. */
abstract class PiecesContract {
    private FakeCarrier carrier;
    private Rig rig;

    /** A new one for each call. */
    abstract Database database();

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        rig.close();
    }

    @Test
    void each_parcel_is_bought_once_under_a_ref_a_number_and_a_label_of_its_own() {
        start(IdempotencyClass.A);

        Taken taken = rig.take(order("P-1", 3));
        List<ShipmentRow> pieces = settled(taken, ShipmentState.LABELLED, 3);

        assertThat(carrier.bodies)
                .containsExactlyInAnyOrder(body("P-1", "box-1"), body("P-1-2", "box-2"), body("P-1-3", "box-3"));
        assertThat(carrier.asked).doesNotHaveDuplicates();
        assertThat(pieces).extracting(ShipmentRow::seq).containsExactly(1, 2, 3);
        assertThat(pieces).extracting(ShipmentRow::reason).containsExactly("order", "piece", "piece");
        assertThat(pieces).extracting(ShipmentRow::attempts).containsOnly(1);
        assertThat(pieces).extracting(ShipmentRow::carrierShipment).doesNotHaveDuplicates();
        assertThat(rig.charges(taken)).containsOnly("label_charge shipping 8.1").hasSize(3);
        assertThat(rig.events(taken)).filteredOn("order.labelled"::equals).hasSize(3);
        assertThat(rig.story(taken)).filteredOn("split"::equals).hasSize(1);
    }

    @Test
    void the_same_order_again_is_a_duplicate_and_buys_nothing() {
        start(IdempotencyClass.A);
        Taken taken = rig.take(order("P-2", 2));
        settled(taken, ShipmentState.LABELLED, 2);

        assertThat(rig.take(order("P-2", 2)).result()).isEqualTo(Taken.Result.DUPLICATE);
        ObjectNode changed = order("P-2", 3);
        assertThat(rig.take(changed).result()).isEqualTo(Taken.Result.CONFLICT);

        assertThat(carrier.asked).hasSize(2);
        assertThat(rig.shipments(taken)).hasSize(2);
    }

    @Test
    void a_lost_answer_halfway_is_settled_for_its_parcel_alone() {
        start(IdempotencyClass.A);
        carrier.script.addAll(
                FakeCarrier.turns(Turn.SELL, Turn.SELL_AND_LOSE_THE_ANSWER, Turn.LOSE_THE_REQUEST, Turn.NOT_SENT));

        List<ShipmentRow> pieces = settled(rig.take(order("P-3", 4)), ShipmentState.LABELLED, 4);

        assertThat(carrier.book).hasSize(4);
        assertThat(pieces).extracting(ShipmentRow::carrierShipment).doesNotHaveDuplicates();
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_nobody_can_look_up_asks_a_person_and_the_bought_parcels_are_kept() {
        start(IdempotencyClass.B);
        carrier.lagging = true;
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.SELL_AND_LOSE_THE_ANSWER, Turn.SELL));
        Taken taken = rig.take(order("P-4", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "LABELLED", "REVIEW")));
        assertThat(reasons()).containsExactly("purchase-unresolved");

        carrier.lagging = false;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        settled(taken, ShipmentState.LABELLED, 3);
        assertThat(carrier.asked).hasSize(3);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void a_refused_parcel_is_an_exception_at_its_own_place_and_is_tried_again_alone() {
        start(IdempotencyClass.A);
        carrier.refusesAt = "/parcels/0/dimensions";
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.REFUSE));
        Taken taken = rig.take(order("P-5", 2));
        await().until(() -> states(taken).equals(List.of("LABELLED", "REFUSED")));

        ShipmentRow refused = rig.shipments(taken).stream()
                .filter(row -> row.state() == ShipmentState.REFUSED)
                .findFirst()
                .orElseThrow();
        assertThat(refused.problem()).contains("/parcels/" + (refused.seq() - 1) + "/dimensions");
        assertThat(reasons()).containsExactly("carrier-refused");
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        settled(taken, ShipmentState.LABELLED, 2);
        assertThat(carrier.asked).hasSize(3);
        assertThat(carrier.book).hasSize(2);
        assertThat(carrier.bodies.stream().distinct()).hasSize(2);
    }

    @Test
    void pieces_that_were_cut_once_more_are_one_again_when_the_order_is_corrected() {
        start(IdempotencyClass.A);
        carrier.mostParcels = 2;
        carrier.script.addAll(Collections.nCopies(6, Turn.REFUSE));
        Taken taken = rig.take(order("P-20", 4));
        await().until(() -> states(taken).equals(List.of("REFUSED", "REFUSED")));
        carrier.mostParcels = 1;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        await().until(() -> states(taken).equals(Collections.nCopies(4, "REFUSED")));
        assertThat(carrier.bodies.subList(2, 6).stream().map(PiecesContract::boxes))
                .containsExactlyInAnyOrder("box-1", "box-2", "box-3", "box-4");

        rig.correctAddress(taken);
        await().until(() -> states(taken).stream().filter("LABELLED"::equals).count() == 4);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(states(taken)).containsOnly("LABELLED", "CANCELLED");
        assertThat(carrier.book).hasSize(4);
    }

    private static String boxes(String body) {
        return body.replaceFirst(".*\"boxes\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void voiding_the_order_gives_back_each_label_and_buys_no_further_one() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.SELL, Turn.REFUSE));
        Taken taken = rig.take(order("P-6", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "LABELLED", "REFUSED")));

        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(states(taken)).containsExactly("CANCELLED", "VOIDED", "VOIDED");
        assertThat(carrier.live()).isZero();
        assertThat(reasons()).isEmpty();
    }

    @Test
    void voiding_an_order_that_was_given_back_asks_its_carrier_nothing_more() {
        start(IdempotencyClass.A);
        Taken taken = rig.take(order("P-6a", 2));
        settled(taken, ShipmentState.LABELLED, 2);
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");
        int asked = carrier.voidsAsked.size();

        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(carrier.voidsAsked).hasSize(asked);
        assertThat(states(taken)).containsExactly("VOIDED", "VOIDED");
    }

    @Test
    void an_order_that_was_never_bought_has_nothing_to_void() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE));
        Taken taken = rig.take(order("P-6b", 1));
        await().until(() -> states(taken).equals(List.of("REFUSED")));

        assertThatThrownBy(() -> rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        no -> assertThat(no.problems().get(0).code()).isEqualTo("nothing-to-void"));
    }

    @Test
    void correcting_an_order_that_was_given_back_buys_nothing_of_it() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.SELL, Turn.REFUSE));
        Taken taken = rig.take(order("P-17", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "LABELLED", "REFUSED")));
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        rig.correctAddress(taken);

        assertThat(rig.story(taken)).contains("revised");
        assertThat(states(taken)).containsExactly("CANCELLED", "VOIDED", "VOIDED");
        assertThat(carrier.asked).hasSize(3);
    }

    @Test
    void correcting_what_a_further_label_was_refused_for_buys_that_label_alone() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-18", 2));
        await().until(() -> states(taken).equals(List.of("REFUSED", "REFUSED")));
        rig.take(order("P-18", 1));
        await().until(() -> states(taken).equals(List.of("CANCELLED", "LABELLED")));
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");
        carrier.script.add(Turn.REFUSE);
        rig.relabel(taken, "again", JsonNodeFactory.instance.objectNode());
        await().until(() -> states(taken).equals(List.of("CANCELLED", "REFUSED", "VOIDED")));

        rig.correctAddress(taken);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        await().until(() -> states(taken).equals(List.of("CANCELLED", "LABELLED", "VOIDED")));
        assertThat(carrier.live()).isOne();
    }

    @Test
    void a_further_label_that_is_asked_for_again_is_known_however_its_fields_stand() {
        start(IdempotencyClass.A);
        Taken taken = rig.take(order("P-32", 1));
        settled(taken, ShipmentState.LABELLED, 1);
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        rig.relabel(
                taken,
                "k",
                wish("{\"service\":\"ground\",\"parcels\":[{\"weight\":{\"value\":1.50,\"unit\":\"kg\"}}]}"));
        rig.relabel(
                taken,
                "k",
                wish("{\"parcels\":[{\"weight\":{\"unit\":\"kg\",\"value\":1.5}}],\"service\":\"ground\"}"));

        assertThat(rig.shipments(taken)).hasSize(2);
        ObjectNode other = wish("{\"parcels\":[{\"weight\":{\"unit\":\"kg\",\"value\":1.6}}],\"service\":\"ground\"}");
        assertThatThrownBy(() -> rig.relabel(taken, "k", other)).isInstanceOf(ProblemException.class);
    }

    private static ObjectNode wish(String content) {
        return (ObjectNode) Json.kept(content);
    }

    @Test
    void a_cancelled_order_of_pieces_is_bought_when_its_source_opens_it_again() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-19", 2));
        await().until(() -> states(taken).equals(List.of("REFUSED", "REFUSED")));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        rig.take(reopened(order("P-19", 2)));

        await().until(() -> states(taken).equals(List.of("CANCELLED", "LABELLED", "LABELLED")));
    }

    @Test
    void what_its_system_calls_off_after_one_label_is_not_bought_any_further() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-31", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "REFUSED", "REFUSED")));

        Taken off = callOff("P-31");

        assertThat(off.result()).isEqualTo(Taken.Result.CONFLICT);
        assertThat(states(taken)).containsExactly("CANCELLED", "CANCELLED", "LABELLED");
        assertThat(reasons()).containsExactly("changed-late");
        assertThat(rig.story(taken)).filteredOn("cancelled"::equals).hasSize(2);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(callOff("P-31").result()).isEqualTo(Taken.Result.CONFLICT);
        assertThat(states(taken)).containsExactly("CANCELLED", "CANCELLED", "LABELLED");
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void what_a_person_cancels_after_one_label_is_not_bought_any_further_and_the_person_is_told_what_was() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-32", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "REFUSED", "REFUSED")));

        cancelToldOfTheRest(taken);
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(states(taken)).containsExactly("CANCELLED", "CANCELLED", "LABELLED");
        assertThat(carrier.book).hasSize(1);
        cancelToldOfTheRest(taken);
        assertThat(rig.story(taken)).filteredOn("cancelled"::equals).hasSize(2);
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(rig.ledger
                        .read(tx -> tx.orders().find(String.valueOf(taken.orderUid()), Namespaces.ALL))
                        .orElseThrow()
                        .cancelledAt())
                .isNotNull();
    }

    private void cancelToldOfTheRest(Taken taken) {
        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOfSatisfying(ProblemException.class, told -> {
                    assertThat(told.problems()).extracting(Problem::code).containsExactly("rest-called-off");
                    assertThat(told.problems().get(0).sentence(Locale.ENGLISH))
                            .contains("shipments: 2", "(" + number(taken) + ")", "/void, then cancel again");
                });
    }

    @Test
    void a_label_on_its_way_back_is_not_bought_anew_once_the_rest_is_called_off_once_more() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.SELL, Turn.REFUSE));
        Taken taken = rig.take(order("P-36", 3));
        await().until(() -> states(taken).equals(List.of("LABELLED", "LABELLED", "REFUSED")));
        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);
        carrier.everyVoid = new Voided.Pending("in work");
        String second = rig.shipments(taken).stream()
                .filter(row -> row.state() == ShipmentState.LABELLED)
                .skip(1)
                .findFirst()
                .orElseThrow()
                .id();
        Resolution again = new Resolution(Resolution.Action.VOID_AND_REBUY, "torn", second, null, null);
        rig.dispatch.resolve(taken.orderUid(), again, Namespaces.ALL, "ops");
        assertThat(rig.shipments(taken)).anyMatch(ShipmentRow::rebuy);

        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);

        assertThat(rig.shipments(taken)).noneMatch(ShipmentRow::rebuy);
    }

    @Test
    void what_a_person_cancels_while_one_is_being_bought_is_not_bought_any_further() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL_AND_ANSWER_LATE, Turn.REFUSE));
        Taken taken = rig.take(order("P-33", 2));
        await().until(() -> states(taken).equals(List.of("BUYING", "REFUSED")));

        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        told -> assertThat(told.problems())
                                .extracting(Problem::code)
                                .containsExactly("order-being-bought"));

        assertThat(states(taken)).containsExactly("BUYING", "CANCELLED");
    }

    private String number(Taken taken) {
        ShipmentRow labelled = rig.shipments(taken).stream()
                .filter(row -> row.state() == ShipmentState.LABELLED)
                .findFirst()
                .orElseThrow();
        return rig.ledger
                .read(tx -> tx.numbers().tracking(labelled.id()).stream().findFirst())
                .orElseThrow();
    }

    private Taken callOff(String orderId) {
        ObjectNode named = JsonNodeFactory.instance.objectNode().put("orderId", orderId);
        Submission document = new Submission(
                "shop", "file", named, null, "sha", null, "acme-orders", 1, false, false, "folder", null, "called off");
        return rig.ledger.<Taken>commit(
                tx -> new CancelDoor(rig.intake, true).work(document).apply(tx));
    }

    @Test
    void a_void_that_one_label_is_refused_takes_back_the_others_and_says_so() {
        start(IdempotencyClass.A);
        Taken taken = rig.take(order("P-7", 3));
        settled(taken, ShipmentState.LABELLED, 3);
        carrier.voidScript.add(new Voids.Voided.Refused("label_already_used", "it has been scanned"));

        assertThatThrownBy(() -> rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        no -> assertThat(no.problems())
                                .singleElement()
                                .asString()
                                .contains(rig.shipments(taken).get(0).id()));

        assertThat(states(taken)).containsExactly("LABELLED", "VOIDED", "VOIDED");
        assertThat(reasons()).containsExactly("void-refused");
    }

    @Test
    void one_label_is_voided_and_bought_once_more_for_its_parcel() {
        start(IdempotencyClass.A);
        Taken taken = rig.take(order("P-8", 2));
        ShipmentRow second = settled(taken, ShipmentState.LABELLED, 2).get(1);

        rig.dispatch.resolve(
                taken.orderUid(),
                new Resolution(Resolution.Action.VOID_AND_REBUY, "torn", second.id(), null, null),
                Namespaces.ALL,
                "ops");

        await().until(() -> states(taken).equals(List.of("LABELLED", "LABELLED", "VOIDED")));
        assertThat(carrier.bodies).last().isEqualTo(body("P-8-3", "box-2"));
    }

    @Test
    void an_order_that_changes_before_anything_is_bought_is_one_again() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-9", 2));
        await().until(() -> states(taken).equals(List.of("REFUSED", "REFUSED")));

        assertThat(rig.take(order("P-9", 3)).result()).isEqualTo(Taken.Result.REPLACED);

        await().until(() -> states(taken).equals(List.of("CANCELLED", "LABELLED", "LABELLED", "LABELLED")));
        assertThat(carrier.book).hasSize(3);
        assertThat(reasons()).isEmpty();
        assertThat(carrier.bodies.subList(2, 5)).allMatch(body -> body.contains("box-"));
    }

    @Test
    void what_the_bench_packs_before_anything_is_bought_is_bought() {
        start(IdempotencyClass.A);
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(order("P-10", 2));
        await().until(() -> states(taken).equals(List.of("REFUSED", "REFUSED")));

        rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("2.5")), Namespaces.ALL, "bench");

        await().until(() -> states(taken).equals(List.of("CANCELLED", "LABELLED")));
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void after_a_restore_each_parcel_is_found_and_none_bought_again() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        carrier.mostParcels = 1;
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
        settled(rig.take(order("P-11", 3)), ShipmentState.LABELLED, 3);
        rig.close();
        restored(FakeCarrier.account("fake", carrier));

        List<ShipmentRow> again = settled(rig.take(order("P-11", 3)), ShipmentState.LABELLED, 3);

        assertThat(carrier.asked).hasSize(3);
        assertThat(again).extracting(ShipmentRow::carrierShipment).doesNotHaveDuplicates();
    }

    @Test
    void after_a_restore_it_does_not_matter_who_is_asked_first() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        carrier.mostParcels = 1;
        FakeCarrier takesAll = new FakeCarrier(IdempotencyClass.A, "9.10");
        rig = Rig.start(database(), FakeCarrier.account("fake", takesAll));
        settled(rig.take(order("P-12", 2)), ShipmentState.LABELLED, 1);
        rig.close();
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
        settled(rig.take(order("P-13", 2)), ShipmentState.LABELLED, 2);
        rig.close();

        restored(FakeCarrier.account("fake", carrier), FakeCarrier.account("other", takesAll));
        settled(rig.take(order("P-12", 2)), ShipmentState.LABELLED, 1);
        rig.close();
        restored(FakeCarrier.account("fake", takesAll), FakeCarrier.account("other", carrier));
        settled(rig.take(order("P-13", 2)), ShipmentState.LABELLED, 2);

        assertThat(takesAll.asked).hasSize(1);
        assertThat(carrier.asked).hasSize(2);
    }

    @Test
    void goods_that_are_declared_go_with_the_parcel_that_names_them() {
        start(IdempotencyClass.A);
        ObjectNode order = order("P-14", 2);
        ((ObjectNode) order.path("shipTo"))
                .put("country", "CA")
                .put("state", "ON")
                .put("postalCode", "K1A 0B1");
        ArrayNode items = order.putArray("items");
        items.addObject().put("sku", "A").put("quantity", 2);
        items.addObject().put("sku", "B").put("quantity", 1);
        Taken refused = rig.take(order);
        rig.settled(refused, ShipmentState.REFUSED);
        assertThat(rig.shipment(refused).problem()).contains("carrier-needs-contents", "/items/0");
        assertThat(carrier.asked).isEmpty();

        ((ObjectNode) order.path("parcels").get(0)).putArray("items").add("B");
        ((ObjectNode) order.path("parcels").get(1)).putArray("items").add("A");
        List<ShipmentRow> pieces = settled(rig.take(order), ShipmentState.LABELLED, 2);

        assertThat(pieces.get(0)
                        .content(JsonNodeFactory.instance.objectNode())
                        .at("/items/0/sku")
                        .asText())
                .isEqualTo("B");
        assertThat(pieces.get(1)
                        .content(JsonNodeFactory.instance.objectNode())
                        .at("/items/0/quantity")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_price_is_the_sum_of_its_pieces() {
        start(IdempotencyClass.A);

        Order order = rig.intake.toRate("erp", order("P-15", 3));
        Compared compared = rig.dispatch.rating().compare(order, rig.intake.choose(order));

        assertThat(compared.quotes()).singleElement().satisfies(quote -> {
            assertThat(quote.rate().total()).hasToString("24.30 USD");
            assertThat(quote.rate().charges())
                    .singleElement()
                    .satisfies(part -> assertThat(part.amount()).hasToString("24.30 USD"));
        });
    }

    @Test
    void what_is_forgotten_of_an_order_is_forgotten_of_its_pieces() {
        start(IdempotencyClass.A);
        ObjectNode order = order("P-16", 2);
        order.putArray("items").addObject().put("sku", "RING-7").put("description", "engagement ring");
        Taken taken = rig.take(order);
        settled(taken, ShipmentState.LABELLED, 2);

        rig.ledger.commitAll(tx -> tx.erasure()
                .erase(List.of(
                        tx.orders().lock(taken.orderUid(), Namespaces.ALL).orElseThrow())));

        assertThat(rig.shipments(taken))
                .allSatisfy(row ->
                        assertThat(row.piece()).contains("parcels", "weight").doesNotContain("RING", "ring", "box-"));
    }

    private void start(IdempotencyClass kind) {
        carrier = new FakeCarrier(kind, "8.10");
        carrier.mostParcels = 1;
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
    }

    private void restored(Account... accounts) {
        Database database = database();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Restore.mark(ledger, "backup.zip", "ops");
        }
        rig = Rig.start(database, accounts);
    }

    private List<ShipmentRow> settled(Taken taken, ShipmentState state, int pieces) {
        return await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> rig.shipments(taken),
                        rows -> rows.size() == pieces && rows.stream().allMatch(row -> row.state() == state));
    }

    private List<String> states(Taken taken) {
        return rig.shipments(taken).stream()
                .map(row -> row.state().name())
                .sorted()
                .toList();
    }

    private List<String> reasons() {
        return rig.exceptions().stream().map(ExceptionBook.Row::reason).toList();
    }

    private static ObjectNode order(String orderId, int parcels) {
        ObjectNode order = Rig.order(orderId, "1.2");
        ArrayNode list = order.putArray("parcels");
        for (int i = 1; i <= parcels; i++) {
            list.addObject()
                    .put("reference", "box-" + i)
                    .putObject("weight")
                    .put("value", new BigDecimal("1." + i))
                    .put("unit", "kg");
        }
        return order;
    }

    private static Submission reopened(ObjectNode order) {
        return new Submission("erp", "api", order, null, Content.hash(order), null, null, null, true, "ops");
    }

    private static String body(String number, String box) {
        return "{\"order\":\"" + number + "\",\"service\":\"ground\",\"boxes\":\"" + box + "\"}";
    }
}
