package io.waybill.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The prices among which a shipment's account was chosen, in the order they were kept. */
public final class QuotesOf {
    private QuotesOf() {}

    public static List<QuoteBook.Quote> shipment(Tx tx, ShipmentRow shipment) {
        OrderRow order = tx.orders().find(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        List<QuoteBook.Quote> quotes = new ArrayList<>();
        tx.quotes().ofOrder(order.namespace(), order.orderId(), 100).stream()
                .filter(kept -> shipment.id().equals(kept.shipment()))
                .forEach(kept -> quotes.add(kept.quote()));
        Collections.reverse(quotes);
        return quotes;
    }
}
