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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A purchase whose outcome is not known, at an account that has another carrier in the settings by now. */
class CarrierChangedTest {
    private static final DispatchSettings SETTINGS = new DispatchSettings(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(8));

    private Ledger ledger;
    private OneOrder order;
    private AttemptRow sent;

    @BeforeEach
    void open() {
        ledger = OneOrder.ledger();
        order = new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.B, "8")));
        sent = order.claim();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"A", "B"})
    void the_new_carrier_is_asked_nothing_buys_nothing_and_a_person_is_told(IdempotencyClass kind) {
        FakeCarrier other = new FakeCarrier(kind, "8");
        lookUp(at("other", other));
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);

        lookUp(at("other", other));

        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(other.lookUps).hasValue(0);
        assertThat(other.book).isEmpty();
        assertThat(order.reasons()).containsExactly("purchase-unresolved");
        assertThat(order.problems()).contains("fake is an account of other now", "sent to fake,");
    }

    @Test
    void it_is_looked_up_once_the_account_has_its_carrier_again() {
        lookUp(at("other", new FakeCarrier(IdempotencyClass.B, "8")));

        lookUp(at("fake", new FakeCarrier(IdempotencyClass.B, "8")));

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
    }

    @Test
    void one_that_waited_while_the_carrier_was_changed_is_of_the_carrier_it_is_sent_to() {
        recover(at("fake", new FakeCarrier(IdempotencyClass.B, "8")));
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        ledger.commitAll(tx -> tx.purchases().claim(List.of(order.row()), "other", "node", Duration.ofMinutes(5)));
        order.attempt();

        lookUp(at("other", other));

        assertThat(order.row().carrier()).isEqualTo("other");
        assertThat(other.lookUps.get()).isPositive();
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(sent.account()).isEqualTo("fake");
    }

    private void recover(Account account) {
        lookUp(account);
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
    }

    private static Account at(String carrierId, FakeCarrier carrier) {
        return new Account("fake", carrierId, carrier, Set.of(), 4, Duration.ZERO, "on_creation", true);
    }

    private void lookUp(Account account) {
        if (order.row().state() != ShipmentState.BUYING) {
            ledger.commitAll(tx -> tx.purchases().reopen(order.row()));
        }
        ledger.commit(tx -> tx.purchases().endLeases("another-run"));
        Accounts accounts = new Accounts(List.of(account));
        new Recovery(
                        ledger,
                        accounts,
                        new Recording(ledger, SETTINGS, Outside.REAL, sold -> {}),
                        new LookUps(ledger, accounts),
                        SETTINGS,
                        "another-run",
                        done -> {})
                .settleOpenPurchases("fake");
    }
}
