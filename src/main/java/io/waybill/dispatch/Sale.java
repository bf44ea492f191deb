package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.Asked;
import io.waybill.ledger.AttemptBook.Settled;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.EventBook;
import io.waybill.ledger.EventBook.News;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.NumberBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PurchaseBook;
import io.waybill.ledger.Related;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A label that was sold for a shipment.
 *
 * @param ref the attempt it stands under: the one that was answered, or an earlier one that bought the same label
 * @param price what is charged for it now; none when it was charged before
 * @param papers of its label; made, as its evidence is, before the commit others wait for
 */
record Sale(
        Account account,
        OrderRow order,
        AttemptRow attempt,
        String ref,
        List<Charge> price,
        Outcome.Bought bought,
        List<LabelBook.Kept> papers,
        byte[] evidence) {

    Sale(Account account, OrderRow order, AttemptRow attempt, Outcome.Bought bought) {
        this(
                account,
                order,
                attempt,
                bought,
                bought.label().stream()
                        .flatMap(label -> papers(attempt.shipmentUid(), label))
                        .toList());
    }

    private Sale(
            Account account, OrderRow order, AttemptRow attempt, Outcome.Bought bought, List<LabelBook.Kept> papers) {
        this(
                account,
                order,
                attempt,
                attempt.ref(),
                bought.charges(),
                bought,
                papers,
                Evidence.of(bought.response(), papers));
    }

    /** The same of the order as it stands now. */
    Sale of(OrderRow order) {
        return new Sale(account, order, attempt, ref, price, bought, papers, evidence);
    }

    /**
     * The same, bought under an earlier attempt.
     *
     * @param isCharged its price stands there already
     */
    Sale under(String ref, boolean isCharged) {
        List<Charge> left = isCharged ? List.of() : price;
        return new Sale(account, order, attempt, ref, left, bought, papers, evidence);
    }

    /** The edge its shipment goes, when it was claimed under this fence. */
    PurchaseBook.Sold edge(long fence) {
        return new PurchaseBook.Sold(shipment(), fence, state(), account.name(), account.carrierId(), number());
    }

    ShipmentState state() {
        return bought.label().isPresent() ? ShipmentState.LABELLED : ShipmentState.BOUGHT;
    }

    String shipment() {
        return attempt.shipmentUid();
    }

    /** The carrier's own. */
    String number() {
        return bought.id().value();
    }

    /** What is open for these sales, and settled by their labels. */
    static Asked<List<ExceptionBook.Row>> settles(Tx tx, List<Sale> sales) {
        return tx.exceptions()
                .openFor(Fact.LABEL, sales.stream().flatMap(Sale::subjects).toList());
    }

    /** {@link #write(Tx, List, List)} of one. */
    void write(Tx tx) {
        List<Sale> one = List.of(this);
        write(tx, one, settles(tx, one).get());
    }

    /**
     * Writes what is known of sales whose shipments have just become theirs: each kind of row for all of them at once. Their
     * events are counted with it, or after those of what they settle.
     *
     * @param settled exceptions
     * @return what belongs to their orders now
     */
    static Related write(Tx tx, List<Sale> sales, List<ExceptionBook.Row> settled) {
        List<News> news = sales.stream().map(Sale::news).toList();
        Written written = tx.together(() -> {
            tx.attempts().settle(sales.stream().map(Sale::settled).toList());
            tx.numbers().add(sales.stream().flatMap(Sale::numbers).toList());
            tx.charges().record(sales.stream().flatMap(Sale::lines).toList());
            tx.labels()
                    .keep(sales.stream().flatMap(sale -> sale.papers().stream()).toList());
            tx.story().tell(sales.stream().flatMap(Sale::told).toList());
            return new Written(
                    tx.related(sales.stream().map(Sale::order).toList()),
                    settled.isEmpty() ? Optional.of(tx.events().count(news)) : Optional.empty());
        });
        tx.exceptions().close(Fact.LABEL, settled);
        Related related = written.related().get();
        tx.events().tell(written.counted().orElseGet(() -> tx.events().count(news)), related);
        return related;
    }

    private record Written(Asked<Related> related, Optional<EventBook.Counted> counted) {}

    private Settled settled() {
        return new Settled(ref, "BOUGHT", evidence, null, number());
    }

    private Stream<NumberBook.New> numbers() {
        return bought.numbers().stream()
                .map(number -> new NumberBook.New(shipment(), number.kind(), number.parcel(), number.value()));
    }

    private Stream<ChargeBook.Line> lines() {
        return Charged.lines(account, order, shipment(), ref, price, null);
    }

    /** What an exception that it settles may be about. */
    Stream<String> subjects() {
        return Stream.of(shipment(), attempt.ref(), ref).distinct();
    }

    static Stream<LabelBook.Kept> papers(String shipment, Label label) {
        return Apart.of(label.documents()).stream()
                .map(paper -> new LabelBook.Kept(
                        shipment,
                        new LabelBook.Paper(
                                paper.kind(), paper.parcel(), paper.format(), paper.size(), paper.bytes())));
    }

    private Stream<StoryBook.Line> told() {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("carrierShipment", number())
                .put("ref", attempt.ref())
                .put("account", attempt.account());
        if (!bought.said().isEmpty()) {
            detail.put("said", bought.said());
        }
        StoryBook.Line line = new StoryBook.Line(order.id(), shipment(), "bought", null, detail.toString());
        return bought.label().isEmpty()
                ? Stream.of(line)
                : Stream.of(line, new StoryBook.Line(order.id(), shipment(), "labelled", null, null));
    }

    private News news() {
        List<String> types = new ArrayList<>();
        if (!bought.charges().isEmpty()) {
            types.add("billing.charged");
        }
        if (bought.label().isPresent()) {
            types.add("order.labelled");
        }
        return new News(order, shipment(), types, JsonNodeFactory.instance.objectNode());
    }
}
