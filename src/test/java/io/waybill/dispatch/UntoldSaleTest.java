package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A carrier knows that it sold a label, and tells neither its number nor its picture any more. */
class UntoldSaleTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    private final Ledger ledger = OneOrder.ledger();
    private final Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_same_request_is_answered_with_it() {
        FakeCarrier carrier = carrier(IdempotencyClass.A);
        OneOrder order = inDoubt(carrier);

        lookUp(order);

        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void a_no_to_the_same_request_undoes_no_sale_and_a_person_decides() {
        FakeCarrier carrier = carrier(IdempotencyClass.A);
        carrier.script.add(FakeCarrier.Turn.REFUSE);
        OneOrder order = inDoubt(carrier);

        lookUp(order);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(order.reasons()).containsExactly("purchase-unresolved");
    }

    @Test
    void it_is_not_bought_again_though_the_look_up_is_proven() {
        OneOrder order = inDoubt(carrier(IdempotencyClass.B));

        lookUp(order);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
    }

    private static FakeCarrier carrier(IdempotencyClass kind) {
        FakeCarrier carrier = new FakeCarrier(kind, "8");
        carrier.tellsNoMore = true;
        return carrier;
    }

    private OneOrder inDoubt(FakeCarrier carrier) {
        Account account = FakeCarrier.account("fake", carrier, Duration.ZERO, true);
        OneOrder order = new OneOrder(ledger, account);
        AttemptRow attempt = order.claim();
        carrier.sellUnder(Refs.of(attempt));
        recording.unsettled().unknown(attempt, attempt.fence(), "timed out", Duration.ZERO, new byte[0]);
        return order;
    }

    private void lookUp(OneOrder order) {
        Accounts accounts = new Accounts(List.of(order.account));
        new Recovery(ledger, accounts, recording, new LookUps(ledger, accounts), SETTINGS, "node", done -> {})
                .settleOpenPurchases("fake");
    }
}
