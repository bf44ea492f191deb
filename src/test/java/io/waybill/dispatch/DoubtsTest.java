package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.access.Spending;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.settings.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database takes a claim, and its answer is lost. */
class DoubtsTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.C, "8");
    private final Insisting insisting = new Insisting();
    private Ledger ledger;
    private OneOrder order;
    private Accounts accounts;

    @BeforeEach
    void open() throws SQLException {
        VirtualTime.reset();
        SteppedDatabase.install();
        ledger = Ledger.open(new Database(SteppedDatabase.URL, "sa", ""), (namespace, type) -> List.of("oms"));
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier));
        accounts = new Accounts(List.of(order.account));
    }

    @AfterEach
    void close() {
        SteppedDatabase.commits = SteppedDatabase.Commits.NOBODY;
        ledger.close();
    }

    @Test
    void what_was_claimed_in_a_shared_commit_is_ready_again_and_bought_with_the_next() {
        Purchase purchase = purchase("run-1", Outside.REAL);
        answersLost(commit -> commit == 1);

        buy(purchase, order.row());

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts()).containsExactly("NOT_SENT");
        assertThat(carrier.asked).isEmpty();
        buy(purchase, order.row());
        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void what_was_claimed_alone_is_ready_again() {
        Purchase purchase = purchase("run-1", alone());
        answersLost(commit -> commit == 1);

        assertThatThrownBy(() -> buy(purchase, order.row())).hasStackTraceContaining("the answer is lost");

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts()).containsExactly("NOT_SENT");
        assertThat(carrier.asked).isEmpty();
    }

    @Test
    void what_another_process_claimed_meanwhile_is_left_to_it() {
        ShipmentRow before = order.row();
        buyUpToT2("run-2", before);

        answersNever(1);
        buy(purchase("run-1", Outside.REAL), before);

        assertThat(order.row().state()).isEqualTo(ShipmentState.BUYING);
        assertThat(attempts()).containsExactly("SENDING");
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void what_this_process_sent_and_could_not_write_down_is_left_to_recovery() {
        ShipmentRow before = order.row();
        Purchase purchase = buyUpToT2("run-1", before);

        answersNever(1);
        buy(purchase, before);

        assertThat(order.row().state()).isEqualTo(ShipmentState.BUYING);
        assertThat(attempts()).containsExactly("SENDING");
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void what_stood_still_before_it_was_sent_is_ready_again_though_another_node_asked_a_person() {
        buy(purchase("run-1", standingStill(this::anotherNodeAsksAPerson)), order.row());

        assertThat(carrier.asked).isEmpty();
        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts()).containsExactly("NOT_SENT");
    }

    @Test
    void what_stood_still_before_it_was_sent_says_nothing_over_what_another_node_was_answered() {
        order = new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8")));
        accounts = new Accounts(List.of(order.account));

        buy(purchase("run-1", standingStill(this::anotherNodeIsRefused)), order.row());

        assertThat(order.row().state()).isEqualTo(ShipmentState.REFUSED);
        assertThat(ledger.<List<AttemptRow>>read(tx -> tx.attempts().newestFirst(order.shipment)))
                .extracting(AttemptRow::words)
                .containsExactly("No such postal code");
    }

    private void anotherNodeIsRefused() {
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "run-2", Duration.ofMinutes(1), null));
        AttemptRow open =
                ledger.read(tx -> tx.attempts().inDoubt(order.shipment)).orElseThrow();
        new Recording(ledger, SETTINGS, alone(), sold -> {})
                .unsold()
                .refused(
                        open, order.row().fence(), new Outcome.Refused("No such postal code", null, null, new byte[0]));
    }

    private void anotherNodeAsksAPerson() {
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "run-2", Duration.ofMinutes(1), null));
        AttemptRow open =
                ledger.read(tx -> tx.attempts().inDoubt(order.shipment)).orElseThrow();
        new Recording(ledger, SETTINGS, alone(), sold -> {})
                .unsettled()
                .review(open, order.row().fence(), "this carrier has no look-up");
        assertThat(order.row().state()).isEqualTo(ShipmentState.REVIEW);
    }

    /** Between its claim and its first byte. */
    private static Outside standingStill(Runnable meanwhile) {
        AtomicInteger looks = new AtomicInteger();
        return new Outside() {
            @Override
            public long nanos() {
                if (looks.getAndIncrement() == 0) {
                    return 0;
                }
                meanwhile.run();
                return Duration.ofMinutes(3).toNanos();
            }

            @Override
            public long between(long least, long most) {
                return least;
            }

            @Override
            public boolean gathers() {
                return false;
            }
        };
    }

    /** Sent, and its answer not on record. */
    private Purchase buyUpToT2(String run, ShipmentRow row) {
        insisting.stop();
        Purchase purchase = purchase(run, alone());
        AtomicInteger commits = new AtomicInteger();
        SteppedDatabase.commits = new Answers(() -> commits.incrementAndGet() > 1, () -> false);
        assertThatThrownBy(() -> buy(purchase, row)).hasStackTraceContaining("the database is gone");
        SteppedDatabase.commits = SteppedDatabase.Commits.NOBODY;
        assertThat(order.row().state()).isEqualTo(ShipmentState.BUYING);
        return purchase;
    }

    private void buy(Purchase purchase, ShipmentRow row) {
        OrderRow read = ledger.read(tx -> tx.orders().find(order.orderUid, Namespaces.ALL))
                .orElseThrow();
        purchase.buy(order.account, read, row, accounts.breaker("fake").pass().orElseThrow());
    }

    private Purchase purchase(String run, Outside outside) {
        Recording recording = new Recording(ledger, SETTINGS, outside, sold -> {});
        Splitting splitting = new Splitting(ledger, recording.unsold());
        AfterRestore hold = new AfterRestore(ledger, accounts, recording, splitting, SETTINGS, run);
        Intents intents = new Intents(
                ledger,
                order.account,
                new Permit(Spending.read(Settings.of(""))),
                hold,
                run,
                SETTINGS.lease(),
                outside,
                new Doubts(ledger, run, insisting));
        Sending sending = new Sending(recording, insisting, SETTINGS.sendWithin(), outside);
        return new Purchase(intents, recording.unsold(), SETTINGS.poll(), hold, splitting, sending);
    }

    private static Outside alone() {
        return new Outside() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long between(long least, long most) {
                return least;
            }

            @Override
            public boolean gathers() {
                return false;
            }
        };
    }

    private List<String> attempts() {
        return ledger.read(tx -> tx.attempts().of(order.shipment)).stream()
                .map(AttemptRow::state)
                .toList();
    }

    private static void answersLost(IntPredicate which) {
        AtomicInteger commits = new AtomicInteger();
        SteppedDatabase.commits = new Answers(() -> false, () -> which.test(commits.incrementAndGet()));
    }

    private static void answersNever(int times) {
        AtomicInteger commits = new AtomicInteger();
        SteppedDatabase.commits = new Answers(() -> commits.incrementAndGet() <= times, () -> false);
    }

    private interface Breaks {
        boolean now();
    }

    private record Answers(Breaks isGone, Breaks isLost) implements SteppedDatabase.Commits {
        @Override
        public void before() {
            if (isGone.now()) {
                throw new IllegalStateException("the database is gone");
            }
        }

        @Override
        public void after() {
            if (isLost.now()) {
                throw new IllegalStateException("the answer is lost");
            }
        }
    }
}
