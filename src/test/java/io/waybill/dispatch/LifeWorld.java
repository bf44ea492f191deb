package io.waybill.dispatch;

import io.waybill.intake.Taken;
import io.waybill.ledger.Ledger;
import java.util.List;
import java.util.stream.Stream;

/** All that one walk is about: the ledger and who reads it, the carriers, the hub, and what people know. */
record LifeWorld(
        Ledger ledger,
        LifeTables tables,
        LifeTime time,
        List<LifeCarrier> carriers,
        LifeHub hub,
        LifeDoors doors,
        LifeKnown known,
        LifeHistory history) {

    void tell(String line) {
        history.tell(line);
    }

    /** An order was handed in, and perhaps taken in. */
    void took(String number, Taken taken, String how) {
        tell("  " + how + ": " + said(taken));
        known.isIn(number, taken);
        if (taken.result() == Taken.Result.ACCEPTED || taken.result() == Taken.Result.REPLACED) {
            known.revised(number);
        }
    }

    static String said(Taken taken) {
        return taken.result()
                + (taken.problems().isEmpty()
                        ? ""
                        : " " + taken.problems().get(0).code());
    }

    Stream<LifeSale> sales() {
        return carriers.stream().flatMap(carrier -> carrier.sales().stream());
    }

    /** What was sold for an order or one of its further shipments. */
    List<LifeSale> salesOf(String orderNumber) {
        return sales().filter(sale -> sale.ref.orderNumber().equals(orderNumber))
                .toList();
    }

    void pass(long millis) {
        tell(millis + " ms pass");
        time.pass(millis);
        history.pass(millis);
        carriers.forEach(carrier -> carrier.pass(millis));
    }

    /** As its carriers know a shipment: the number of its order, and which of its shipments it is unless the first. */
    String orderNumber(String shipment) {
        return tables.value("""
                SELECT CASE WHEN s.seq = 1 THEN o.order_id ELSE o.order_id || '-' || s.seq END
                FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.id = ?""", shipment);
    }
}
