package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Tx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A purchase whose outcome is not known, at an account that has another carrier in the settings by now. */
class CarrierChangedTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(8));

    private final Account second =
            FakeCarrier.account("second", new FakeCarrier(IdempotencyClass.B, "9"), Duration.ZERO, true);

    private static final Aftercare SOON = new Aftercare(
            Duration.ofMinutes(30), List.of(Duration.ofMillis(1)), Duration.ofDays(28), Duration.ofDays(30));

    private Database database;
    private Ledger ledger;
    private OneOrder order;
    private AttemptRow sent;

    @BeforeEach
    void open() {
        database = Stores.memory();
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms"));
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
        recording().unsold().notSent(sent, "429");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        order.claim(at("other", other));

        lookUp(at("other", other));

        assertThat(order.row().carrier()).isEqualTo("other");
        assertThat(other.lookUps.get()).isPositive();
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(sent.account()).isEqualTo("fake");
    }

    @Test
    void an_audit_takes_nothing_the_new_carrier_says_for_an_answer() {
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");

        assertThat(new LookUps(ledger, new Accounts(List.of(at("other", other)))).find(sent))
                .isInstanceOf(Found.Unreachable.class);
        assertThat(other.lookUps).hasValue(0);
    }

    @Test
    void a_person_adopts_what_the_carrier_of_before_sold_and_the_new_one_is_not_asked_for_its_label() {
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        lookUp(at("other", other));

        resolve(at("other", other), Resolution.Action.ADOPT);

        assertThat(order.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(order.row().carrier()).isEqualTo("fake");
        assertThat(other.fetches).hasValue(0);
    }

    @Test
    void a_person_cannot_have_the_new_carrier_void_what_the_one_of_before_sold() {
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        lookUp(at("other", other));

        assertThatThrownBy(() -> resolve(at("other", other), Resolution.Action.VOID_AND_REBUY))
                .hasMessageContaining("fake is an account of other now");
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
    }

    @Test
    void before_what_an_earlier_carrier_may_have_sold_is_known_nothing_is_bought_where_the_order_was_moved_to() {
        recover(at("fake", new FakeCarrier(IdempotencyClass.B, "8")));
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        moved();

        lookUp(at("other", other), second);
        lookUp(at("other", other), second);

        assertThat(other.lookUps).hasValue(0);
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(order.problems()).contains("fake is an account of other now", "sent to fake,");

        lookUp(at("fake", new FakeCarrier(IdempotencyClass.B, "8")), second);

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
    }

    @Test
    void what_was_never_sent_to_the_carrier_of_before_needs_no_answer_of_it() {
        recording().unsold().notSent(sent, "429");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        moved();

        lookUp(at("other", other), second);

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(other.lookUps).hasValue(0);
    }

    @Test
    void an_audit_of_what_was_sold_elsewhere_finds_the_label_of_before_once_its_account_has_that_carrier_again() {
        FakeCarrier seller = new FakeCarrier(IdempotencyClass.B, "8");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "8");
        recover(at("fake", seller));
        AttemptRow sale = moved();
        recording().bought(second, sale, sale.fence(), sold(sale));
        seller.sellUnder(Refs.of(sale)); // so that their numbers differ
        seller.sellUnder(Refs.of(sent));

        assertThat(audit(at("other", other), second).unanswered()).isOne();
        assertThat(other.lookUps).hasValue(0);

        assertThat(audit(at("fake", seller), second).found()).isOne();
        assertThat(order.reasons()).contains("orphan-label");
    }

    @Test
    void where_only_the_carrier_of_before_is_silent_the_audit_asks_the_others_again_in_a_day() throws SQLException {
        FakeCarrier seller = new FakeCarrier(IdempotencyClass.B, "8");
        recover(at("fake", seller));
        AttemptRow sale = moved();
        Account soon = FakeCarrier.account("second", seller, "on_creation", SOON);
        recording().bought(soon, sale, sale.fence(), sold(sale));

        auditWhenDue(soon, at("other", new FakeCarrier(IdempotencyClass.B, "8")));
        assertThat(auditDue()).isBetween(now().plus(Duration.ofHours(23)), now().plus(Duration.ofHours(24)));

        seller.unreachable = true;
        ledger.commitAll(tx -> tx.sweep().schedule(order.row(), tx.now()));
        auditWhenDue(soon, at("other", new FakeCarrier(IdempotencyClass.B, "8")));
        assertThat(auditDue()).isBefore(now().plus(Duration.ofMinutes(11)));
    }

    private Instant now() {
        return ledger.read(Tx::now);
    }

    private Instant auditDue() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                ResultSet rows = connection.createStatement().executeQuery("SELECT audit_due FROM shipment")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private void auditWhenDue(Account of, Account other) {
        Accounts accounts = new Accounts(List.of(of, other));
        new Sweep(ledger, accounts, new LookUps(ledger, accounts), recording()).auditThoseDue(of);
    }

    private Audited audit(Account... all) {
        Accounts accounts = new Accounts(List.of(all));
        return new Sweep(ledger, accounts, new LookUps(ledger, accounts), recording()).auditAll(Duration.ofMinutes(1));
    }

    private Outcome.Bought sold(AttemptRow attempt) {
        return (Outcome.Bought) second.carrier().buy(new Prepared(Refs.of(attempt), attempt.requestBytes()));
    }

    private Recording recording() {
        return new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
    }

    /** It is sent once more, from another account. */
    private AttemptRow moved() {
        ShipmentRow row = order.row();
        Plan there = new Plan(
                ShipmentState.READY, second.name(), "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        ledger.commitAll(tx -> tx.plans().beginAgain(row, there));
        AttemptRow attempt = order.claim(second);
        return attempt;
    }

    private void resolve(Account account, Resolution.Action action) {
        Accounts accounts = new Accounts(List.of(account));
        VoidCalls voids = new VoidCalls(ledger, accounts, VoidCalls.UNANSWERED);
        new Resolving(ledger, accounts, recording(), new Voiding(ledger, accounts, voids), voids)
                .resolve(
                        order.orderUid,
                        new Resolution(action, "seen in the portal", null, null, "A-77"),
                        Namespaces.ALL,
                        "Ada");
    }

    private void recover(Account account) {
        lookUp(account);
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
    }

    private static Account at(String carrierId, FakeCarrier carrier) {
        return new Account("fake", carrierId, carrier, Set.of(), 4, Duration.ZERO, "on_creation", true);
    }

    private void lookUp(Account... all) {
        if (order.row().state() != ShipmentState.BUYING) {
            ledger.commitAll(tx -> tx.purchases().reopen(order.row()));
        }
        ledger.commit(tx -> tx.purchases().endLeases("another-run"));
        Accounts accounts = new Accounts(List.of(all));
        new Recovery(ledger, accounts, recording(), new LookUps(ledger, accounts), SETTINGS, "another-run", done -> {})
                .settleOpenPurchases(String.valueOf(order.row().account()));
    }
}
