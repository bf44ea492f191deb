package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    /** The same, bought and charged under an earlier attempt. */
    Sale chargedUnder(String ref) {
        return new Sale(account, order, attempt, ref, List.of(), bought, papers, evidence);
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

    /**
     * Writes what is known of sales whose shipments have just become theirs: each kind of row for all of them at once.
     *
     * @return what belongs to their orders now
     */
    static Related write(Tx tx, List<Sale> sales) {
        Known known = tx.together(() -> {
            tx.attempts().settle(sales.stream().map(Sale::settled).toList());
            tx.numbers().add(sales.stream().flatMap(Sale::numbers).toList());
            tx.charges().record(sales.stream().flatMap(Sale::lines).toList());
            tx.labels()
                    .keep(sales.stream().flatMap(sale -> sale.papers().stream()).toList());
            tx.story().tell(sales.stream().flatMap(Sale::told).toList());
            List<String> subjects = sales.stream().flatMap(Sale::subjects).toList();
            return new Known(
                    tx.exceptions().openFor(Fact.LABEL, subjects),
                    tx.related(sales.stream().map(Sale::order).toList()),
                    tx.events().count(sales.stream().map(Sale::news).toList()));
        });
        Related related = known.related().get();
        tx.events().tell(known.news(), related);
        tx.exceptions().close(Fact.LABEL, known.open().get());
        return related;
    }

    /** What is asked in the trip that writes them. @param open exceptions they settle */
    private record Known(Asked<List<ExceptionBook.Row>> open, Asked<Related> related, EventBook.Counted news) {}

    private Settled settled() {
        return new Settled(ref, "BOUGHT", evidence, null, number());
    }

    private Stream<NumberBook.New> numbers() {
        return bought.numbers().stream()
                .map(number -> new NumberBook.New(shipment(), number.kind(), number.parcel(), number.value()));
    }

    private Stream<ChargeBook.Line> lines() {
        return Charged.lines(account, order, attempt, price, null);
    }

    private Stream<String> subjects() {
        return Stream.of(shipment(), attempt.ref(), ref).distinct();
    }

    static Stream<LabelBook.Kept> papers(String shipment, Label label) {
        return label.documents().stream()
                .map(paper -> new LabelBook.Kept(
                        shipment,
                        new LabelBook.Paper(
                                paper.kind(), paper.parcel(), paper.format(), paper.size(), paper.bytes())));
    }

    private Stream<StoryBook.Line> told() {
        String detail = JsonNodeFactory.instance
                .objectNode()
                .put("carrierShipment", number())
                .put("ref", attempt.ref())
                .put("account", attempt.account())
                .toString();
        StoryBook.Line line = new StoryBook.Line(order.id(), shipment(), "bought", null, detail);
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
