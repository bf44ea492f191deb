package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Ledger ledger = OneOrder.ledger();
    private final OneOrder order =
            new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8")));
    private final Awaited awaited = new Awaited(ledger, new Accounts(List.of(order.account)), () -> {});

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_caller_is_answered_with_what_the_sale_of_its_order_left_to_know() {
        awaited.begun(order.orderUid);
        CompletableFuture<Standing> caller = CompletableFuture.supplyAsync(() -> awaited.await(order.orderUid, LONG));
        AttemptRow attempt = order.claim();
        untilItWaits(now());
        order.sold(attempt, "N1", List.of());
        Standing sold = now();
        awaited.sold(sold);

        awaited.over(order.orderUid);

        assertThat(caller.join()).isSameAs(sold);
    }

    @Test
    void a_caller_is_not_answered_with_what_was_read_before_it_came() {
        order.sold(order.claim(), "N1", List.of());
        Standing before = now();
        awaited.begun(order.orderUid);
        CompletableFuture<Standing> caller = CompletableFuture.supplyAsync(() -> awaited.await(order.orderUid, LONG));
        untilItWaits(before);

        awaited.over(order.orderUid);

        assertThat(caller.join()).isNotSameAs(before);
    }

    @Test
    void what_a_sale_left_to_know_is_not_the_last_word_while_another_purchase_of_its_order_goes_on() {
        awaited.begun(order.orderUid);
        CompletableFuture<Standing> caller = CompletableFuture.supplyAsync(() -> awaited.await(order.orderUid, LONG));
        AttemptRow attempt = order.claim();
        untilItWaits(now());
        order.sold(attempt, "N1", List.of());

        awaited.over(order.orderUid);

        assertThat(caller.join().shipments().get(0).state()).isEqualTo(ShipmentState.LABELLED);
    }

    @Test
    void whoever_does_not_wait_learns_how_far_it_got() {
        order.claim();

        assertThat(awaited.await(order.orderUid, Duration.ZERO)
                        .shipments()
                        .get(0)
                        .state())
                .isEqualTo(ShipmentState.BUYING);
    }

    private Standing now() {
        return ledger.read(tx -> tx.standing(List.of(order.orderUid))).get(order.orderUid);
    }

    /** Told until a caller has taken it. */
    private void untilItWaits(Standing standing) {
        Awaitility.await().until(() -> awaited.sold(standing));
    }
}
