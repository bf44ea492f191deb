package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A label whose account has another carrier in the settings by now: that one is asked nothing of it. */
class CarrierOfSaleTest {
    private static final List<Charge> PRICE = List.of(new Charge("shipping", Money.of("8.00", "USD"), null, null));

    private static final Aftercare AT_ONCE =
            new Aftercare(Duration.ofMinutes(30), List.of(Duration.ofMinutes(15)), Duration.ofDays(28), Duration.ZERO);

    private final FakeCarrier seller = new FakeCarrier(IdempotencyClass.A, "8");
    private final FakeCarrier other = new FakeCarrier(IdempotencyClass.A, "8");
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void open() {
        ledger = OneOrder.ledger();
        order = new OneOrder(ledger, at("fake", seller));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_orphan_is_voided_by_who_sold_it_also_where_its_order_was_bought_at_another_account() {
        AttemptRow late = order.claim();
        ledger.commitAll(tx -> {
            Sold elsewhere =
                    new Sold(order.shipment, order.row().fence(), ShipmentState.LABELLED, "second", "third", "N2");
            tx.purchases().sold(elsewhere, Looks.AT_ONCE);
            tx.orphans().add(late, "fake", "N1");
        });

        new Orphans(ledger).voidThoseDue(at("other", other));

        assertThat(other.voidsAsked).isEmpty();
        assertThat(ledger.<String>read(tx -> String.valueOf(tx.orphans().stateOf("fake", "N1"))))
                .isEqualTo("LIVE");
    }

    @Test
    void what_came_back_for_a_label_is_asked_of_who_sold_it() {
        AttemptRow sale = order.claim();
        order.sold(sale, "N1", PRICE);
        ledger.commitAll(tx -> tx.orphans().add(sale, "fake", "N2"));
        seller.everyVoid = new Voided.Pending("asked for");
        order.voidOrphans();
        List<Charge> credit = List.of(new Charge("adjustment", Money.of("-8.00", "USD"), null, null));
        seller.booked.put("N2", credit);
        other.booked.put("N2", credit);

        new RefundWatch(ledger).lookAtThoseDue(at("other", other));
        assertThat(order.events()).doesNotContain("billing.refunded");

        ledger.commitAll(tx -> tx.refunds()
                .ofShipments(List.of(order.shipment))
                .forEach(refund -> tx.refunds().lookAgain(refund, Duration.ZERO)));
        new RefundWatch(ledger).lookAtThoseDue(at("fake", seller));
        assertThat(order.events()).contains("billing.refunded");
    }

    @Test
    void a_label_in_another_format_and_the_papers_beside_it_are_asked_of_who_sold_it() {
        order.sold(order.claim(), "N1", PRICE);
        Labels labels = new Labels(ledger, new Accounts(List.of(at("other", other))));

        assertThat(labels.label(order.row(), 1, "ZPL")).isEmpty();
        assertThat(labels.papers(order.row())).hasSize(1);

        assertThat(other.fetches).hasValue(0);
        assertThat(new Labels(ledger, new Accounts(List.of(at("fake", seller)))).label(order.row(), 1, "PDF"))
                .isPresent();
    }

    private static Account at(String carrierId, FakeCarrier carrier) {
        return new Account("fake", carrierId, carrier, Set.of(), 4, Duration.ZERO, "on_creation", true, AT_ONCE);
    }
}
