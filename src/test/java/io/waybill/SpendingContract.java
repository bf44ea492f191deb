package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.SpendingBook.Scope;
import io.waybill.ledger.SpendingBook.Scope.Kind;
import io.waybill.order.Content;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A limit of N labels never buys N + 1, whatever happens at once; an account that is off buys none. */
abstract class SpendingContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.00");
    final FakeCarrier other = new FakeCarrier(IdempotencyClass.A, "9.50");
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), busy("fake", carrier), busy("other", other));
    }

    private static Account busy(String name, FakeCarrier carrier) {
        return new Account(name, "fake", carrier, Set.of(), 12, Duration.ofMillis(50), "on_creation", false);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void many_orders_at_once_never_buy_more_than_the_limit() {
        // sold, but the answer is lost: it counts although the hub does not know it yet
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        carrier.script.add(Turn.NOT_SENT);

        List<Taken> orders = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> rig.take(Rig.from("small", Rig.order("SO-" + i, "1.2"))))
                .toList();

        await().atMost(LONG)
                .until(
                        () -> states(orders),
                        states -> states.stream()
                                .allMatch(state -> state == ShipmentState.LABELLED || state == ShipmentState.HELD));
        assertThat(states(orders)).filteredOn(ShipmentState.LABELLED::equals).hasSize(5);
        assertThat(carrier.book).hasSize(5);
        ShipmentRow held = orders.stream()
                .map(rig::shipment)
                .filter(row -> row.state() == ShipmentState.HELD)
                .findFirst()
                .orElseThrow();
        assertThat(held.holdReason()).isEqualTo("spendingLimit");
        assertThat(held.problem()).contains("spending-limit");
        assertThat(held.due()).isAfter(Instant.now()).isBefore(Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void every_parcel_is_a_label() {
        ObjectNode three = Rig.order("SO-3", "1");
        three.withArray("parcels").add(three.path("parcels").get(0).deepCopy());
        three.withArray("parcels").add(three.path("parcels").get(0).deepCopy());
        ((ObjectNode) three.path("parcels").get(1)).put("reference", "box-2");
        ((ObjectNode) three.path("parcels").get(2)).put("reference", "box-3");
        rig.settled(rig.take(Rig.from("small", three)), ShipmentState.LABELLED);

        ObjectNode again = three.deepCopy().put("orderId", "SO-4");

        rig.settled(rig.take(Rig.from("small", again)), ShipmentState.HELD);
        assertThat(carrier.book).hasSize(1);
    }

    @Test
    void an_amount_counts_as_charged_and_as_assumed_while_unknown() {
        // 9 + 9 are spent; a third assumed at 10 fits into 30, a fourth does not
        for (int i = 0; i < 3; i++) {
            rig.settled(rig.take(Rig.from("thrifty", Rig.order("SO-" + i, "1"))), ShipmentState.LABELLED);
        }

        rig.settled(rig.take(Rig.from("thrifty", Rig.order("SO-9", "1"))), ShipmentState.HELD);
        assertThat(carrier.book).hasSize(3);
    }

    @Test
    void what_was_quoted_before_an_order_was_changed_counts_no_more() {
        Database database = rig.ledger.database();
        rig.close();
        rig = Rig.start(
                database,
                "source.thrifty.onChange=conflict",
                "source.thrifty.onChange=replace",
                busy("fake", new FakeCarrier(IdempotencyClass.A, "40.00")),
                busy("other", other));
        rig.ledger.commitAll(tx -> tx.stops().stop("other", "wrong tariff", "boss"));
        Taken chosen = rig.take(Rig.from("thrifty", Rig.order("SO-1", "1").put("service", "cheapest")));
        Taken mapped = rig.take(Rig.from("thrifty", Rig.order("SO-2", "1").put("service", "cheapest")));
        assertThat(rig.settled(chosen, ShipmentState.HELD).problem()).contains("over-spending-limit", "40");
        rig.settled(mapped, ShipmentState.HELD);
        rig.ledger.commitAll(tx -> tx.stops().start("other"));

        rig.take(Rig.from("thrifty", Rig.order("SO-1", "2").put("service", "cheapest")));
        assertThat(rig.settled(chosen, ShipmentState.LABELLED).account()).isEqualTo("other");

        // counted at 10, whatever it costs in the end
        rig.take(Rig.from("thrifty", Rig.order("SO-2", "2").put("service", "express")));
        assertThat(rig.settled(mapped, ShipmentState.LABELLED).account()).isEqualTo("fake");
    }

    @Test
    void each_piece_counts_for_its_part_of_what_was_quoted_for_all() {
        carrier.mostParcels = 1;
        carrier.unreachable = true;
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);

        // 27 are quoted of 30
        Taken taken = rig.take(Rig.from("thrifty", cheapestOfThree()));

        await().atMost(LONG)
                .until(
                        () -> rig.shipments(taken).stream()
                                .map(ShipmentRow::state)
                                .toList(),
                        states -> states.size() == 3
                                && states.stream()
                                        .noneMatch(state ->
                                                state == ShipmentState.READY || state == ShipmentState.BUYING));
        assertThat(rig.shipments(taken))
                .extracting(ShipmentRow::state)
                .containsOnlyOnce(ShipmentState.UNKNOWN)
                .filteredOn(ShipmentState.LABELLED::equals)
                .hasSize(2);
    }

    @Test
    void a_piece_that_is_chosen_anew_counts_for_what_it_was_chosen_for_itself() {
        carrier.mostParcels = 1;
        carrier.unreachable = true;
        carrier.script.addAll(Collections.nCopies(3, Turn.REFUSE));
        Taken taken = rig.take(Rig.from("thrifty", cheapestOfThree()));
        awaitAll(taken, ShipmentState.REFUSED);

        carrier.script.addAll(Collections.nCopies(3, Turn.SELL_AND_LOSE_THE_ANSWER));
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        awaitAll(taken, ShipmentState.UNKNOWN);

        for (ShipmentRow piece : rig.shipments(taken)) {
            Optional<BigDecimal> quoted = rig.ledger.read(tx -> tx.spending().quoted(piece.id(), "USD"));
            assertThat(quoted.orElseThrow()).isEqualByComparingTo("9");
        }
        BigDecimal spent =
                rig.ledger.read(tx -> tx.spending().amount(new Scope(Kind.SOURCE, "thrifty"), "USD", BigDecimal.TEN));
        assertThat(spent).isEqualByComparingTo("27");
    }

    private void awaitAll(Taken taken, ShipmentState state) {
        await().atMost(LONG)
                .until(
                        () -> rig.shipments(taken).stream()
                                .map(ShipmentRow::state)
                                .toList(),
                        states -> states.size() == 3 && states.stream().allMatch(state::equals));
    }

    private static ObjectNode cheapestOfThree() {
        ObjectNode three = Rig.order("SO-3", "1").put("service", "cheapest").put("account", "fake");
        for (int i = 2; i <= 3; i++) {
            ObjectNode parcel = three.path("parcels").get(0).deepCopy();
            three.withArray("parcels").add(parcel.put("reference", "box-" + i));
        }
        return three;
    }

    @Test
    void a_namespace_has_a_limit_of_its_own() {
        for (int i = 0; i < 2; i++) {
            rig.settled(rig.take(Rig.from("shared", Rig.order("SO-" + i, "1"))), ShipmentState.LABELLED);
        }
        ObjectNode elsewhere = Rig.order("SO-9", "1").put("namespace", "shared");

        rig.settled(rig.take(Rig.from("erp", elsewhere)), ShipmentState.HELD);
        rig.settled(rig.take(Rig.from("erp", Rig.order("SO-9", "1"))), ShipmentState.LABELLED);
    }

    @Test
    void a_caller_of_the_interface_is_told_at_once_and_nothing_is_kept() {
        buyFive();
        ObjectNode order = Rig.order("SO-REST", "1");

        Taken taken = rig.take(
                new Submission("small", "api", order, null, Content.hash(order), null, null, null, false, "erp"));

        assertThat(taken.isIn()).isFalse();
        assertThat(taken.orderUid()).isNull();
        assertThat(taken.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("spending-limit");
            assertThat(problem.toString()).contains("source small", "5 labels");
            assertThat(Integer.parseInt(problem.values().get("seconds"))).isBetween(1, 86_400);
        });
    }

    @Test
    void an_order_larger_than_a_whole_day_is_told_that_no_day_is_long_enough() {
        ObjectNode six = Rig.order("SO-SIX", "1");
        for (int i = 2; i <= 6; i++) {
            ObjectNode parcel = six.path("parcels").get(0).deepCopy();
            six.withArray("parcels").add(parcel.put("reference", "box-" + i));
        }

        Taken told =
                rig.take(new Submission("small", "api", six, null, Content.hash(six), null, null, null, false, "erp"));
        Taken held = rig.take(Rig.from("small", six));

        assertThat(told.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("over-spending-limit");
            assertThat(problem.toString()).contains("source small", "5 labels", "6 labels");
            assertThat(problem.values()).doesNotContainKey("seconds");
        });
        assertThat(rig.settled(held, ShipmentState.HELD).problem()).contains("over-spending-limit");
        assertThatThrownBy(() -> rig.desk.release(held.orderUid(), Namespaces.ALL, "clerk"))
                .hasMessageContaining("alone it is 6 labels");
        rig.desk.releasePastLimit(held.orderUid(), Namespaces.ALL, "boss");
        rig.settled(held, ShipmentState.LABELLED);
    }

    @Test
    void whoever_may_release_does_so_once_the_limit_was_raised() {
        buyFive();
        Taken held = rig.take(Rig.from("small", Rig.order("SO-HELD", "1")));
        rig.settled(held, ShipmentState.HELD);
        Database database = rig.ledger.database();
        rig.close();
        String raised = "source.small.limit.labelsPerDay=6";
        rig = Rig.start(database, "source.small.limit.labelsPerDay=5", raised, busy("fake", carrier));
        Taken next = rig.take(Rig.from("small", Rig.order("SO-NEXT", "1")));
        rig.settled(next, ShipmentState.LABELLED);

        assertThatThrownBy(() -> rig.desk.release(held.orderUid(), Namespaces.ALL, "clerk"))
                .as("by the limit of now")
                .hasMessageContaining("may buy 6 labels a day");
        rig.close();
        rig = Rig.start(
                database,
                "source.small.limit.labelsPerDay=5",
                "source.small.limit.labelsPerDay=7",
                busy("fake", carrier));
        rig.desk.release(held.orderUid(), Namespaces.ALL, "clerk");

        rig.settled(held, ShipmentState.LABELLED);
        assertThat(carrier.book).hasSize(7);
    }

    @Test
    void a_held_order_is_released_by_an_admin_and_by_nobody_else() {
        buyFive();
        Taken held = rig.take(Rig.from("small", Rig.order("SO-HELD", "1")));
        rig.settled(held, ShipmentState.HELD);

        assertThatThrownBy(() -> rig.desk.release(held.orderUid(), Namespaces.ALL, "clerk"))
                .hasMessageContaining("may buy 5 labels a day");
        rig.desk.releasePastLimit(held.orderUid(), Namespaces.ALL, "boss");

        rig.settled(held, ShipmentState.LABELLED);
        assertThat(rig.events(held)).contains("order.held", "order.labelled");
        List<AuditBook.Entry> entries =
                rig.ledger.read(tx -> tx.audit().list(Namespaces.ALL, held.orderUid(), null, 10));
        assertThat(entries)
                .as("that a limit was passed, and by whom")
                .extracting(AuditBook.Entry::actor, AuditBook.Entry::act)
                .containsExactly(tuple("boss", "order.released"), tuple("boss", "limit.lifted"));
    }

    @Test
    void the_limit_holds_over_a_restart() {
        buyFive();
        Database database = rig.ledger.database();
        rig.close();
        rig = Rig.start(database, busy("fake", carrier), busy("other", other));

        rig.settled(rig.take(Rig.from("small", Rig.order("SO-LATE", "1"))), ShipmentState.HELD);
    }

    @Test
    void an_account_that_is_off_buys_nothing_until_it_is_on_again() {
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "wrong tariff", "boss"));
        List<Taken> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.add(rig.take(Rig.order("SO-" + i, "1")));
        }
        ObjectNode elsewhere = Rig.order("SO-OTHER", "1").put("account", "other");
        rig.settled(rig.take(elsewhere), ShipmentState.LABELLED);
        Taken cheapest = rig.take(Rig.order("SO-CHEAP", "1").put("service", "cheapest"));
        assertThat(rig.settled(cheapest, ShipmentState.LABELLED).account()).isEqualTo("other");

        assertThat(states(waiting)).containsOnly(ShipmentState.READY);
        assertThat(carrier.asked).isEmpty();

        rig.ledger.commitAll(tx -> tx.stops().start("fake"));
        rig.dispatch.wake();
        waiting.forEach(taken -> rig.settled(taken, ShipmentState.LABELLED));
        assertThat(carrier.book).hasSize(6);
    }

    @Test
    void a_stop_for_everything_stops_every_account() {
        rig.ledger.commitAll(tx -> tx.stops().stop("*", null, "boss"));
        Taken one = rig.take(Rig.order("SO-1", "1"));
        Taken two = rig.take(Rig.order("SO-2", "1").put("account", "other"));

        await().during(Duration.ofMillis(300))
                .atMost(LONG)
                .until(
                        () -> states(List.of(one, two)),
                        states -> states.stream().allMatch(ShipmentState.READY::equals));
        assertThat(carrier.asked).isEmpty();
        assertThat(other.asked).isEmpty();
    }

    private void buyFive() {
        for (int i = 0; i < 5; i++) {
            rig.settled(rig.take(Rig.from("small", Rig.order("SO-" + i, "1"))), ShipmentState.LABELLED);
        }
    }

    private List<ShipmentState> states(List<Taken> orders) {
        return orders.stream().map(rig::shipment).map(ShipmentRow::state).toList();
    }
}
