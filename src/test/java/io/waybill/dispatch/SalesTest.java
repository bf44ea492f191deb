package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.JourneyBook;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrphanBook;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.ledger.StoryBook;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SalesTest {
    private static final List<Charge> PRICE = List.of(
            new Charge("shipping", Money.of("7.42", "USD"), "BASE", "Base price"),
            new Charge("fuel", Money.of("0.58", "USD"), "FUEL", "Fuel"));

    private final Ledger ledger = OneOrder.ledger();
    private final List<Standing> sold = new ArrayList<>();
    private final Sales sales = new Sales(ledger, Looks.AT_ONCE, Outside.REAL, sold::add);
    private final OneOrder first = order();
    private final OneOrder second = order();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void sales_of_one_commit_are_written_like_a_sale_of_its_own() {
        OneOrder alone = order();
        alone.sold(alone.claim(), "N0", PRICE);

        assertThat(together(sale(first, first.claim(), "N1"), sale(second, second.claim(), "N2")))
                .containsExactly(Optional.of("labelled"), Optional.of("labelled"));

        for (OneOrder order : List.of(first, second)) {
            assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
            assertThat(amounts(order)).isEqualTo(amounts(alone)).hasSize(2);
            assertThat(story(order)).isEqualTo(story(alone)).containsExactly("bought", "labelled");
            assertThat(sequences(order)).isEqualTo(sequences(alone)).hasSize(2);
            assertThat(attemptStates(order)).isEqualTo(attemptStates(alone)).containsExactly("BOUGHT");
            assertThat(ledger.<List<Integer>>read(tx -> tx.labels().parcels(order.shipment, "PDF")))
                    .containsExactly(1);
        }
        assertThat(first.row().carrierShipment()).isEqualTo("N1");
        assertThat(ledger.<List<String>>read(tx -> tx.numbers().tracking(second.shipment)))
                .containsExactly("TN2");
    }

    @Test
    void a_sale_is_written_down_however_much_its_carrier_says_of_the_price() {
        Charge charge = new Charge("fuel_charge", Money.of("0.58", "USD"), "F".repeat(150), "Fuel ".repeat(150));

        first.sold(first.claim(), "N1", List.of(charge));

        assertThat(first.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(amounts(first)).hasSize(1);
    }

    @Test
    void what_the_carrier_warns_of_though_it_sold_stands_in_the_orders_story() {
        Sale sale = sale(first, first.claim(), "N1");
        Outcome.Bought warned =
                sale.bought().warned(Stream.of("The address is not known.", "", "The address is not known."));

        sales.record(new Sale(first.account, sale.order(), sale.attempt(), warned));
        sales.record(sale(second, second.claim(), "N2"));

        assertThat(bought(first)).contains("\"said\":\"The address is not known.\"");
        assertThat(bought(second)).doesNotContain("said");
    }

    private String bought(OneOrder order) {
        return ledger.read(tx -> tx.story().of(order.orderUid)).stream()
                .filter(entry -> entry.what().equals("bought"))
                .map(entry -> String.valueOf(entry.detail()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void where_a_parcel_is_is_asked_no_sooner_than_somebody_can_have_scanned_it() {
        new Sales(ledger, new Looks(Duration.ZERO, Duration.ofHours(1)), Outside.REAL, sold::add)
                .record(sale(first, first.claim(), "N1"));
        sales.record(sale(second, second.claim(), "N2"));

        assertThat(ledger.<List<JourneyBook.Moving>>commit(
                        tx -> tx.journeys().claim(second.row().account(), 5, Duration.ofMinutes(1))))
                .extracting(JourneyBook.Moving::id)
                .containsExactly(second.shipment);
    }

    @Test
    void where_the_order_stands_is_told_as_anybody_would_read_it_now() {
        sales.record(sale(first, first.claim(), "N1"));

        Standing read = ledger.read(tx -> tx.standing(List.of(first.orderUid))).get(first.orderUid);
        assertThat(sold).hasSize(1);
        Standing told = sold.get(0);
        ShipmentRow row = told.shipments().get(0);
        assertThat(told.order()).isEqualTo(read.order());
        assertThat(told.shipments()).isEqualTo(read.shipments()).containsExactly(first.row());
        assertThat(told.related().numbers(row))
                .isEqualTo(read.related().numbers(row))
                .containsExactly("TN1");
        assertThat(told.related().charges(row))
                .isEqualTo(read.related().charges(row))
                .hasSize(2);
    }

    @Test
    void nothing_is_told_of_a_sale_that_is_left_alone() {
        AttemptRow late = first.claim();
        ledger.commitAll(tx -> tx.purchases().takeOver(first.row(), "another node", Duration.ofMinutes(1), null));

        assertThat(sales.record(sale(first, late, "N1"))).isFalse();

        assertThat(sold).isEmpty();
    }

    @Test
    void one_that_somebody_else_decided_is_left_alone_and_holds_up_no_other() {
        AttemptRow late = first.claim();
        ledger.commitAll(tx -> tx.purchases().takeOver(first.row(), "another node", Duration.ofMinutes(1), null));

        assertThat(together(sale(first, late, "N1"), sale(second, second.claim(), "N2")))
                .containsExactly(Optional.empty(), Optional.of("labelled"));

        assertThat(first.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(first.charges()).isEmpty();
        assertThat(first.events()).isEmpty();
        assertThat(second.row().state()).isEqualTo(ShipmentState.LABELLED);
    }

    @Test
    void a_label_that_was_ever_taken_for_an_orphan_is_left_alone() {
        AttemptRow attempt = first.claim();
        ledger.commitAll(tx -> tx.orphans().add(attempt, "fake", "N1"));

        assertThat(together(sale(first, attempt, "N1"), sale(second, second.claim(), "N2")))
                .containsExactly(Optional.empty(), Optional.of("labelled"));

        assertThat(first.row().state()).isEqualTo(ShipmentState.BUYING);
    }

    @Test
    void an_orphan_becomes_its_shipments_label_only_while_its_void_was_not_asked_for() {
        AttemptRow early = first.claim();
        AttemptRow late = second.claim();
        ledger.commitAll(tx -> {
            tx.orphans().add(early, "fake", "N1");
            tx.orphans().add(late, "fake", "N2");
        });
        OrphanBook.Row asked = ledger
                .<List<OrphanBook.Row>>read(tx -> tx.orphans().due("fake", 10))
                .stream()
                .filter(orphan -> orphan.carrierShipment().equals("N2"))
                .findFirst()
                .orElseThrow();
        ledger.commitAll(tx -> tx.orphans().claim(asked, Duration.ofMinutes(1)));

        first.sold(early, "N1", PRICE);
        second.sold(late, "N2", PRICE);

        assertThat(first.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(second.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(second.reasons()).containsExactly("purchase-unresolved");
        ledger.commit(tx -> tx.orphans().askAgain(second.shipment));
        assertThat(ledger.<Optional<String>>read(
                        tx -> Optional.ofNullable(tx.orphans().stateOf("fake", "N2"))))
                .as("and is, when a person tries again")
                .contains("ASKED");
    }

    @Test
    void no_void_of_an_orphan_is_asked_for_while_it_becomes_its_shipments_label() {
        AttemptRow attempt = first.claim();
        ledger.commitAll(tx -> tx.orphans().add(attempt, "fake", "N1"));
        OrphanBook.Row orphan = ledger.<List<OrphanBook.Row>>read(
                        tx -> tx.orphans().due("fake", 10))
                .get(0);

        CompletableFuture<Boolean> asking = ledger.commit(tx -> {
            assertThat(tx.orphans().lock("fake", "N1")).isEqualTo("LIVE");
            CompletableFuture<Boolean> claim = CompletableFuture.supplyAsync(
                    () -> ledger.commit(other -> other.orphans().claim(orphan, Duration.ofMinutes(1))));
            assertThat(claim).failsWithin(Duration.ofMillis(300));
            assertThat(tx.orphans().adopt("fake", "N1")).contains(attempt.ref());
            return claim;
        });

        assertThat(asking).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(false);
    }

    @Test
    void one_row_that_the_database_refuses_takes_no_other_sale_with_it() {
        String tooLong = "N".repeat(300);

        assertThat(sales.record(sale(first, first.claim(), tooLong))).isFalse();
        assertThat(sales.record(sale(second, second.claim(), "N2"))).isTrue();

        assertThat(first.row().state()).isEqualTo(ShipmentState.BUYING);
    }

    @Test
    void a_sale_recorded_again_because_its_commit_was_in_doubt_changes_nothing() {
        AttemptRow attempt = first.claim();
        assertThat(sales.record(sale(first, attempt, "N1"))).isTrue();

        assertThat(sales.record(sale(first, attempt, "N1"))).isFalse();
        first.sold(attempt, "N1", PRICE);

        assertThat(first.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(first.charges()).hasSize(2);
        assertThat(first.events()).containsExactly("billing.charged", "order.labelled");
        assertThat(first.reasons()).isEmpty();
        assertThat(attemptStates(first)).containsExactly("BOUGHT");
        assertThat(ledger.<List<?>>read(tx -> tx.orphans().due("fake", 10))).isEmpty();
    }

    /** The words for where their orders stand. */
    private List<Optional<String>> together(Sale... all) {
        return ledger.commit(tx -> sales.record(tx, List.of(all))).stream()
                .map(standing -> standing.map(Standing::shipments).map(ShipmentState::wordOf))
                .toList();
    }

    private OneOrder order() {
        return new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8")));
    }

    @Test
    void a_carriers_words_for_its_price_may_be_longer_than_there_is_room_for() {
        String code = "F".repeat(150);
        first.sold(
                first.claim(), "N1", List.of(new Charge("shipping", Money.of("7.42", "USD"), code, "价".repeat(900))));

        assertThat(first.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(first.charges()).singleElement().satisfies(line -> {
            assertThat(line.amount()).isEqualByComparingTo("7.42");
            assertThat(line.carrierCode()).hasSize(100).startsWith("FFF");
        });
    }

    @Test
    void a_number_that_no_parcel_can_have_keeps_no_sale_from_being_recorded() {
        String number = "N".repeat(150);

        assertThat(sales.record(sale(first, first.claim(), number))).isTrue();

        assertThat(first.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(first.row().carrierShipment()).isEqualTo(number);
        assertThat(ledger.<List<String>>read(tx -> tx.numbers().tracking(first.shipment)))
                .isEmpty();
    }

    @Test
    void of_two_papers_of_one_kind_none_is_dropped_and_the_same_one_twice_is_kept_once() {
        sales.record(sale(
                first,
                first.claim(),
                "N1",
                paper("customs_declaration", 0, 1),
                paper("shipping_label", 1, 2),
                paper("shipping_label", 1, 3),
                paper("shipping_label", 2, 4),
                paper("customs_declaration", 0, 5),
                paper("customs_declaration", 0, 1)));

        assertThat(ledger.<List<LabelBook.Paper>>read(tx -> tx.labels().of(first.shipment)))
                .extracting(paper -> paper.kind() + " " + paper.parcel() + " " + paper.bytes()[0])
                .containsExactly(
                        "shipping_label 1 2",
                        "shipping_label 2 4",
                        "shipping_label 3 3",
                        "customs_declaration 0 1",
                        "customs_declaration 1 5");
    }

    private static Label.Document paper(String kind, int parcel, int content) {
        return new Label.Document(kind, parcel, "PDF", "4x6", new byte[] {(byte) content});
    }

    private Sale sale(OneOrder order, AttemptRow attempt, String number) {
        return sale(order, attempt, number, paper("shipping_label", 1, 1));
    }

    private Sale sale(OneOrder order, AttemptRow attempt, String number, Label.Document... papers) {
        Label label = new Label(List.of(papers));
        return new Sale(
                order.account,
                ledger.read(tx -> tx.orders().find(order.orderUid, Namespaces.ALL))
                        .orElseThrow(),
                attempt,
                new Outcome.Bought(
                        new ShipmentId(number),
                        List.of(new ExternalNumber("tracking", 1, "T" + number)),
                        PRICE,
                        Optional.of(label),
                        new byte[] {1}));
    }

    private static List<String> amounts(OneOrder order) {
        return order.charges().stream()
                .map(row -> row.type() + " " + row.amount() + " " + row.currency() + " " + row.costCenter())
                .toList();
    }

    private List<String> story(OneOrder order) {
        return ledger.read(tx -> tx.story().of(order.orderUid)).stream()
                .map(StoryBook.Entry::what)
                .toList();
    }

    private List<String> sequences(OneOrder order) {
        return ledger.read(tx -> tx.deliveries().of(order.orderUid)).stream()
                .map(row -> row.sequence() + " " + row.type() + " " + row.state())
                .toList();
    }

    private List<String> attemptStates(OneOrder order) {
        return ledger.read(tx -> tx.attempts().of(order.shipment)).stream()
                .map(AttemptRow::state)
                .toList();
    }
}
