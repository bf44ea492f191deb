package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels that are made after the sale, of several orders of one account. */
class LabelsToComeTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            3,
            Duration.ofSeconds(8));

    private final Ledger ledger = OneOrder.ledger();
    private final Printer printer = new Printer();
    private final Account account = FakeCarrier.account(
            "fake",
            printer,
            "on_creation",
            new Aftercare(Duration.ZERO, List.of(Duration.ofHours(1)), Duration.ofDays(1)));
    private final Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
    private final Accounts accounts = new Accounts(List.of(account));
    private final LabelsToCome labels =
            new LabelsToCome(ledger, accounts, new Labels(ledger, accounts), recording, SETTINGS, order -> {});

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void one_that_cannot_be_written_down_holds_up_no_other_and_is_told_to_a_person() {
        OneOrder unwritable = sold("T".repeat(150));
        OneOrder other = sold("T2");

        labels.askForThoseDue(account);

        assertThat(other.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(unwritable.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(unwritable.reasons()).containsExactly("label-overdue");
        assertThat(labels.askForThoseDue(account)).isFalse();
    }

    @Test
    void one_that_there_is_too_little_memory_for_holds_up_no_other_and_is_told_to_a_person() {
        OneOrder huge = sold("HUGE");
        OneOrder other = sold("T2");

        labels.askForThoseDue(account);

        assertThat(other.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(huge.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(huge.reasons()).containsExactly("label-overdue");
        assertThat(labels.askForThoseDue(account)).isFalse();
    }

    @Test
    void one_that_was_told_by_its_address_only_is_kept_and_told_to_a_person_until_it_comes() {
        OneOrder away = sold("AWAY");

        labels.askForThoseDue(account);

        assertThat(away.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(away.problems()).contains("label-overdue", "nothing comes from its address");

        printer.isThere = true;
        ledger.commitAll(tx -> tx.shipments().postpone(away.row(), Duration.ZERO));
        labels.askForThoseDue(account);

        assertThat(away.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(away.reasons()).isEmpty();
    }

    @Test
    void one_whose_answer_told_no_address_and_that_is_gone_is_given_back() {
        OneOrder gone = sold("GONE");

        labels.askForThoseDue(account);

        assertThat(gone.row().state()).isEqualTo(ShipmentState.VOIDING);
    }

    @Test
    void the_carrier_its_account_has_since_the_sale_is_not_asked_for_it_and_a_person_is_told() {
        OneOrder gone = sold("GONE");
        Account changed = new Account(
                "fake", "other", printer, Set.of(), 4, Duration.ZERO, "on_creation", false, account.aftercare());
        Accounts others = new Accounts(List.of(changed));

        new LabelsToCome(ledger, others, new Labels(ledger, others), recording, SETTINGS, order -> {})
                .askForThoseDue(changed);

        assertThat(gone.row().state()).isEqualTo(ShipmentState.BOUGHT);
        assertThat(gone.problems()).contains("label-overdue", "fake is an account of other now", "sent to fake,");
    }

    /** @param number the carrier's own */
    private OneOrder sold(String number) {
        OneOrder order = new OneOrder(ledger, account);
        AttemptRow attempt = order.claim();
        recording.bought(
                account,
                attempt,
                attempt.fence(),
                new Outcome.Bought(
                        new ShipmentId(number), List.of(), List.of(), Optional.empty(), number.getBytes(UTF_8)));
        ledger.commitAll(tx -> tx.shipments().postpone(order.row(), Duration.ZERO));
        return order;
    }

    /** Has every label, in a format of the number's name. */
    private static final class Printer implements Carrier, Voids, LabelsByAddress {
        private boolean isThere;

        /** Of one that is away. */
        @Override
        public Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted) {
            if (!new String(answer, UTF_8).equals("AWAY")) {
                return Optional.empty();
            }
            return Optional.of(
                    isThere
                            ? new Fetched.Ready(new Label(
                                    List.of(new Label.Document("shipping_label", 1, "PDF", "4x6", new byte[] {1}))))
                            : new Fetched.NotYet("nothing comes from its address"));
        }

        @Override
        public Voided cancel(ShipmentId id, Ref ref) {
            throw new AssertionError("nothing is given back here");
        }

        @Override
        public Fetched fetch(ShipmentId id, LabelRequest request) {
            if (id.value().equals("AWAY") || id.value().equals("GONE")) {
                return new Fetched.Gone("no label twice");
            }
            if (id.value().equals("HUGE")) {
                throw new StackOverflowError();
            }
            Label label =
                    new Label(List.of(new Label.Document("shipping_label", 1, id.value(), "4x6", new byte[] {1})));
            return new Fetched.Ready(label, List.of(new ExternalNumber("tracking", 1, id.value())), List.of());
        }

        @Override
        public IdempotencyClass idempotency() {
            return IdempotencyClass.B;
        }

        @Override
        public Prepared prepare(Shipment shipment, Ref ref) {
            throw new AssertionError("nothing is bought here");
        }

        @Override
        public Outcome buy(Prepared prepared) {
            throw new AssertionError("nothing is bought here");
        }

        @Override
        public Found find(Ref ref) {
            return new Found.Impossible();
        }
    }
}
