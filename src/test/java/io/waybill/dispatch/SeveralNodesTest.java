package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes of one PostgreSQL want the same. */
class SeveralNodesTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static Ledger ledger;

    @BeforeAll
    static void open() {
        ledger = Ledger.open(Stores.postgres(), (namespace, type) -> List.of());
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void a_purchase_that_one_is_claiming_the_other_leaves_without_a_wait() {
        ShipmentRow contested = order().row();
        ShipmentRow free = order().row();

        List<Boolean> other = ledger.commit(tx -> {
            assertThat(tx.purchases().claim(List.of(contested), "fake", "one", LEASE))
                    .containsExactly(true);
            return CompletableFuture.supplyAsync(() -> ledger.<List<Boolean>>commit(
                            mine -> mine.purchases().claim(List.of(contested, free), "fake", "two", LEASE)))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });

        assertThat(other).containsExactly(false, true);
    }

    @Test
    void a_purchase_of_an_order_that_is_being_changed_is_left_too() {
        OneOrder order = order();

        List<Boolean> claimed = ledger.commit(tx -> {
            ShipmentRow read = tx.shipments().lock(order.orderUid).get(0);
            return CompletableFuture.supplyAsync(() -> ledger.<List<Boolean>>commit(
                            buyer -> buyer.purchases().claim(List.of(read), "fake", "one", LEASE)))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        });

        assertThat(claimed).containsExactly(false);
    }

    @Test
    void a_claim_of_a_dead_node_is_unsettled_at_once_and_of_a_living_one_not() {
        OneOrder dead = order();
        OneOrder living = order();
        ledger.commitAll(tx -> {
            tx.purchases().claim(List.of(dead.row()), "fake", "dead", LEASE);
            tx.purchases().claim(List.of(living.row()), "fake", "living", LEASE);
        });

        assertThat(ledger.<Integer>commit(tx -> tx.purchases().endLeasesOf("dead")))
                .isEqualTo(1);

        assertThat(ledger.<List<ShipmentRow>>read(tx -> tx.due().unsettled("fake", 100)))
                .extracting(ShipmentRow::id)
                .contains(dead.shipment)
                .doesNotContain(living.shipment);
    }

    @Test
    void an_account_is_chosen_by_one_and_by_the_other_when_that_one_is_gone() {
        Plan open = new Plan(ShipmentState.CHOOSING, null, null, "cheapest", "PDF", "4x6", 203, null, null, null, null);
        OneOrder order = order();
        String shipment = ledger.commit(tx -> tx.plans().begin(order.orderUid, 2, "order", null, open));

        assertThat(take(Duration.ZERO)).contains(shipment);
        assertThat(take(LEASE)).contains(shipment);
        assertThat(take(LEASE)).doesNotContain(shipment);
    }

    private static List<String> take(Duration lease) {
        return ledger.commit(tx ->
                tx.due().takeChoosing(10, lease).stream().map(ShipmentRow::id).toList());
    }

    private static OneOrder order() {
        return new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "7.50")));
    }
}
