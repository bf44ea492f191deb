package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was sold under an earlier request turns out not to be sold at all: that one is open again, not the last. */
class EarlierAttemptTest {
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
    void what_a_person_buys_anyway_can_be_bought() {
        OneOrder order = order(IdempotencyClass.C, false);
        AttemptRow earlier = openAgain(order);

        buyAnyway(order);

        assertThat(state(earlier)).isEqualTo("GIVEN_UP");
        assertIsBoughtAgain(order);
    }

    @Test
    void the_look_ups_of_an_earlier_attempt_are_none_of_the_next() {
        OneOrder order = order(IdempotencyClass.B, true);
        AttemptRow earlier = order.claim();
        takeOver(order);
        recording.unsold().notFound(earlier, order.row().fence());
        AttemptRow later = order.claim();
        recording.unsettled().unknown(later, order.row().fence(), "timed out", Duration.ofMinutes(1), new byte[0]);

        assertThat(order.row().lookups()).isZero();
        assertThatThrownBy(() -> buyAnyway(order)).hasMessageContaining("not been looked up");
    }

    @Test
    void what_a_proven_look_up_does_not_find_can_be_bought() {
        OneOrder order = order(IdempotencyClass.B, true);
        AttemptRow earlier = openAgain(order);
        lookUp(order);

        assertThat(state(earlier)).isEqualTo("NOT_FOUND");
        assertIsBoughtAgain(order);
    }

    @Test
    void a_request_that_was_settled_is_not_sent_again_for_an_earlier_one() {
        OneOrder order = order(IdempotencyClass.A, false);
        openAgain(order);

        lookUp(order);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
        assertThat(((FakeCarrier) order.account.carrier()).asked).isEmpty();
    }

    private void buyAnyway(OneOrder order) {
        new Resolving(ledger, new Accounts(List.of(order.account)), recording, order.voiding, order.voidCalls)
                .resolve(
                        order.orderUid,
                        new Resolution(Resolution.Action.BUY_ANYWAY, "the truck leaves", null, null, null),
                        Namespaces.ALL,
                        "Ada");
    }

    private OneOrder order(IdempotencyClass kind, boolean proven) {
        Account account = FakeCarrier.account("fake", new FakeCarrier(kind, "8"), Duration.ZERO, proven);
        return new OneOrder(ledger, account);
    }

    /** Two requests; the first was found, was to be voided, and its carrier knows nothing of it. */
    private AttemptRow openAgain(OneOrder order) {
        AttemptRow earlier = order.claim();
        takeOver(order);
        recording.unsold().notFound(earlier, order.row().fence());
        AttemptRow later = order.claim();
        takeOver(order);
        recording.bought(order.account, earlier, order.row().fence(), sale());
        assertThat(state(later)).isEqualTo("NOT_FOUND");
        ledger.commitAll(tx -> tx.voids().request(order.row(), false, Duration.ZERO));
        assertThat(ledger.<Boolean>commit(tx -> tx.voids().neverSold(order.row(), earlier.ref())))
                .isTrue();
        return earlier;
    }

    private void takeOver(OneOrder order) {
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "node", Duration.ofMinutes(1), null));
    }

    private void lookUp(OneOrder order) {
        Accounts accounts = new Accounts(List.of(order.account));
        ledger.commitAll(tx -> tx.purchases().reopen(order.row()));
        new Recovery(ledger, accounts, recording, new LookUps(ledger, accounts), SETTINGS, "node", done -> {})
                .settleOpenPurchases("fake");
    }

    private void assertIsBoughtAgain(OneOrder order) {
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        AttemptRow next = order.claim();
        assertThat(order.row().state()).isEqualTo(ShipmentState.BUYING);
        assertThat(state(next)).isEqualTo("SENDING");
    }

    private String state(AttemptRow attempt) {
        return ledger.<AttemptRow>read(tx -> tx.attempts().find(attempt.ref()).orElseThrow())
                .state();
    }

    private static Outcome.Bought sale() {
        return new Outcome.Bought(
                new ShipmentId("N1"),
                List.of(new ExternalNumber("tracking", 1, "TN1")),
                List.of(),
                Optional.empty(),
                new byte[] {1});
    }
}
