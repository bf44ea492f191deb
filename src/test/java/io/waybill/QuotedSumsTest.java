package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Piece;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.SumBook;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an order was chosen for is quoted once, however it is cut, chosen anew or changed before it is bought. */
class QuotedSumsTest {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;

    @BeforeEach
    void start(@TempDir Path folder) {
        carrier.mostParcels = 1;
        rig = Rig.start(Stores.h2(folder.resolve("db")), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_piece_that_is_chosen_anew_is_quoted_once_and_so_are_the_others() {
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.REFUSE, Turn.REFUSE));
        Taken taken = rig.take(cheapest("SO-1", 3));
        settled(taken, List.of("LABELLED", "REFUSED", "REFUSED"));
        assertThat(quoted(taken)).containsExactly("8.10", "8.10", "8.10");

        carrier.script.addAll(FakeCarrier.turns(Turn.SELL, Turn.REFUSE));
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        settled(taken, List.of("LABELLED", "LABELLED", "REFUSED"));

        assertThat(quoted(taken)).containsExactly("8.10", "8.10", "8.10");
    }

    @Test
    void pieces_that_are_one_again_are_quoted_as_the_whole_that_is_chosen_then() {
        carrier.script.addAll(Collections.nCopies(3, Turn.REFUSE));
        Taken taken = rig.take(cheapest("SO-2", 3));
        settled(taken, Collections.nCopies(3, "REFUSED"));

        rig.correctAddress(taken);
        await().until(() -> states(taken).stream().filter("LABELLED"::equals).count() == 3);

        assertThat(sum(taken)).isEqualByComparingTo("24.30");
        rig.shipments(taken).stream()
                .filter(row -> row.state() == ShipmentState.CANCELLED)
                .forEach(row -> assertThat(quoted(row)).isEqualByComparingTo("0"));
    }

    @Test
    void an_order_that_is_chosen_by_price_no_more_is_quoted_nothing() {
        carrier.script.add(Turn.REFUSE);
        Taken taken = rig.take(cheapest("SO-3", 1));
        rig.settled(taken, ShipmentState.REFUSED);
        assertThat(sum(taken)).isEqualByComparingTo("8.10");

        assertThat(rig.take(cheapest("SO-3", 1).put("service", "ground")).result())
                .isEqualTo(Taken.Result.REPLACED);
        rig.settled(taken, ShipmentState.LABELLED);

        assertThat(sum(taken)).isEqualByComparingTo("0");
    }

    @Test
    void a_label_that_is_given_back_is_quoted_nothing_like_one_that_is_not_bought() {
        Taken given = rig.take(cheapest("SO-5", 1));
        ShipmentRow label = rig.settled(given, ShipmentState.LABELLED);
        carrier.script.add(Turn.REFUSE);
        Taken cancelled = rig.take(cheapest("SO-6", 1));
        rig.settled(cancelled, ShipmentState.REFUSED);
        assertThat(sum(given)).isEqualByComparingTo(sum(cancelled)).isEqualByComparingTo("8.10");

        carrier.voidScript.add(new Voided.Done(Money.of("8.10", "USD")));
        rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops");
        rig.desk.cancel(cancelled.orderUid(), Namespaces.ALL, "ops");

        rig.settled(given, ShipmentState.VOIDED);
        rig.settled(cancelled, ShipmentState.CANCELLED);
        assertThat(sums()).containsExactly("SO-5 USD 0.00 0.00", "SO-6 USD 0.00 0.00");
    }

    @Test
    void what_is_bought_in_the_place_of_a_voided_label_is_quoted_what_that_was() {
        Taken taken = rig.take(cheapest("SO-7", 1));
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);

        carrier.voidScript.add(new Voided.Done(Money.of("8.10", "USD")));
        rig.ledger.commitAll(tx -> tx.voids().request(label, true, Duration.ZERO));
        settled(taken, List.of("LABELLED", "VOIDED"));

        assertThat(quoted(taken)).containsExactly("0.00", "8.10");
        assertThat(sums()).containsExactly("SO-7 USD 8.10 8.10");
    }

    private List<String> sums() {
        SumBook.Asked asked = new SumBook.Asked(Namespaces.ALL, List.of(SumBook.By.ORDER), null, null, null);
        return rig.ledger.<List<SumBook.Sum>>read(tx -> tx.sums().sums(asked, List.of(), 10)).stream()
                .map(sum -> sum.keys().get(0) + " " + sum.currency() + " " + Amounts.plain(sum.quoted()) + " "
                        + Amounts.plain(sum.expected()))
                .toList();
    }

    @Test
    void what_cannot_be_shared_evenly_is_shared_to_the_cent(@TempDir Path other) {
        rig.close();
        rig = Rig.stopped(Stores.h2(other.resolve("db")), Rig.PATIENCE, FakeCarrier.account("fake", carrier));
        Taken taken = rig.take(cheapest("SO-4", 3).put("service", "ground"));
        ShipmentRow whole = rig.shipment(taken);
        rig.ledger.commitAll(tx -> {
            quote(tx.charges(), whole, "shipping", "9.99", "USD");
            quote(tx.charges(), whole, "shipping", "0.01", "USD");
            quote(tx.charges(), whole, "discount", "-0.05", "USD");
            quote(tx.charges(), whole, "shipping", "101", "JPY");
            List<Piece> pieces = IntStream.range(0, 3)
                    .mapToObj(
                            i -> new Piece(List.of(i), List.of(), Json.mapper().createObjectNode()))
                    .toList();
            assertThat(tx.pieces().cut(whole, pieces, "fake", "fake")).isTrue();
        });

        assertThat(rig.shipments(taken))
                .extracting(row -> nets(row))
                .containsExactly(
                        "{discount USD=-0.03, shipping JPY=35, shipping USD=3.34}",
                        "{discount USD=-0.01, shipping JPY=33, shipping USD=3.33}",
                        "{discount USD=-0.01, shipping JPY=33, shipping USD=3.33}");
    }

    private String nets(ShipmentRow shipment) {
        Map<String, BigDecimal> nets = new TreeMap<>();
        rig.ledger.read(tx -> tx.charges().ofShipment(shipment.id())).stream()
                .filter(row -> row.side().equals("quoted"))
                .forEach(row -> nets.merge(row.type() + " " + row.currency(), row.amount(), BigDecimal::add));
        nets.replaceAll(
                (key, amount) -> new BigDecimal(amount.stripTrailingZeros().toPlainString()));
        return nets.toString();
    }

    private static void quote(ChargeBook charges, ShipmentRow row, String type, String amount, String currency) {
        charges.record(new ChargeBook.Line(
                "acme",
                "fake",
                "fake",
                row.orderUid(),
                "SO-4",
                row.id(),
                "quoted",
                "quote",
                type,
                new BigDecimal(amount),
                currency,
                null,
                null,
                "quote",
                row.id(),
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private void settled(Taken taken, List<String> states) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> states(taken), states::equals);
    }

    private List<String> states(Taken taken) {
        return rig.shipments(taken).stream()
                .map(row -> row.state().name())
                .sorted()
                .toList();
    }

    private List<String> quoted(Taken taken) {
        return rig.shipments(taken).stream()
                .map(row -> quoted(row).setScale(2).toPlainString())
                .toList();
    }

    private BigDecimal quoted(ShipmentRow row) {
        return total(rig.ledger.read(tx -> tx.charges().ofShipment(row.id())));
    }

    private BigDecimal sum(Taken taken) {
        return total(rig.ledger.read(tx -> tx.charges().ofOrder(taken.orderUid())));
    }

    private static BigDecimal total(List<ChargeBook.Row> lines) {
        return lines.stream()
                .filter(row -> row.side().equals("quoted"))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ObjectNode cheapest(String orderId, int parcels) {
        ObjectNode order = Rig.order(orderId, "1.2").put("service", "cheapest");
        ArrayNode list = order.putArray("parcels");
        IntStream.rangeClosed(1, parcels)
                .forEach(i -> list.addObject()
                        .put("reference", "box-" + i)
                        .putObject("weight")
                        .put("value", new BigDecimal("1." + i))
                        .put("unit", "kg"));
        return order;
    }
}
