package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A purchase whose look-up ends the hub: here by an error, after which the next run begins where a dead one left off. */
class LookUpEndsHubTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(8));

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8");
    private final Account account = FakeCarrier.account("fake", carrier, Duration.ZERO, false);
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void open() {
        ledger = OneOrder.ledger();
        order = new OneOrder(ledger, account);
        order.claim();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void it_is_a_persons_business_after_some_ends_and_bought_no_more() {
        for (int run = 1; run <= 6; run++) {
            ends(run);
        }
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);

        next(7).settleOpenPurchases("fake");

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(order.reasons()).containsExactly("purchase-unresolved");
        assertThat(order.problems()).contains("look-up-ends-hub");
        assertThat(carrier.book).isEmpty();
    }

    @Test
    void asked_by_a_person_to_look_again_it_does() {
        it_is_a_persons_business_after_some_ends_and_bought_no_more();
        int before = carrier.lookUps.get();

        assertThat(ledger.<Boolean>commit(tx -> tx.purchases().reopen(order.row())))
                .isTrue();
        next(8).settleOpenPurchases("fake");

        assertThat(carrier.lookUps.get()).as("look-ups").isGreaterThan(before);
        assertThat(order.row().state()).isNotEqualTo(ShipmentState.REVIEW);
    }

    @Test
    void while_it_is_looked_up_nobody_is_told_that_it_is_not() {
        for (int run = 1; run <= 3; run++) {
            ends(run);
            assertThat(order.row().standing()).isNull();
        }
    }

    @Test
    void one_that_comes_to_an_answer_in_between_begins_anew() {
        for (int run = 1; run <= 3; run++) {
            ends(run);
        }
        carrier.unreachable = true;
        next(4).settleOpenPurchases("fake");
        carrier.unreachable = false;
        for (int run = 5; run <= 9; run++) {
            ends(run);
        }
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
    }

    private void ends(int run) {
        carrier.dies = true;
        Recovery recovery = next(run);
        assertThatThrownBy(() -> recovery.settleOpenPurchases("fake")).isInstanceOf(OutOfMemoryError.class);
        carrier.dies = false;
    }

    private Recovery next(int run) {
        ledger.commit(tx -> tx.purchases().endLeases("run-" + run));
        Accounts accounts = new Accounts(List.of(account));
        return new Recovery(
                ledger,
                accounts,
                new Recording(ledger, SETTINGS, Outside.REAL, sold -> {}),
                new LookUps(ledger, accounts),
                SETTINGS,
                "run-" + run,
                done -> {});
    }
}
