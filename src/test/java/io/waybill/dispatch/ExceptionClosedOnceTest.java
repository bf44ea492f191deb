package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two facts that settle one exception are told by two nodes at a time. */
class ExceptionClosedOnceTest {
    @Test
    void the_first_fact_closes_it_and_it_is_told_once() {
        try (Ledger ledger = OneOrder.ledger()) {
            OneOrder order =
                    new OneOrder(ledger, FakeCarrier.account("fake", new VoidDesk(), "on_creation", Aftercare.DEFAULT));
            ledger.commitAll(tx -> {
                OrderRow row = tx.orders().find(order.orderUid, Namespaces.ALL).orElseThrow();
                tx.exceptions()
                        .open(Reason.TRACKING_FAILED, order.shipment, "acme", row, order.shipment, "local", "[]");
            });
            List<ExceptionBook.Row> open = ledger.read(tx -> tx.exceptions()
                    .openFor(Fact.TRACKED, List.of(order.shipment))
                    .get());
            ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.DELIVERED, order.shipment));

            ledger.commitAll(tx -> tx.exceptions().close(Fact.TRACKED, open));

            assertThat(order.events()).filteredOn("exception.closed"::equals).hasSize(1);
            ExceptionBook.Row closed = ledger.read(
                    tx -> tx.exceptions().find(open.get(0).id(), Namespaces.ALL).orElseThrow());
            assertThat(closed.closingFact()).isEqualTo(Fact.DELIVERED.word());
        }
    }
}
