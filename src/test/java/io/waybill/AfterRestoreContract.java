package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Restore;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The carrier keeps its book and the hub has lost its newest pages. An empty database that is marked as restored is the
 * worst of such backups: all of it is lost.
 */
abstract class AfterRestoreContract {
    private FakeCarrier carrier;
    private DispatchSettings patience = Rig.PATIENCE;
    private Database restored;
    private Rig rig;

    /** A new one for each call. */
    abstract Database database();

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        rig.close();
    }

    @Test
    void what_was_bought_in_the_lost_time_is_adopted_and_not_bought_again() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        buyAndLoseEverything("H-1", FakeCarrier.account("fake", carrier));

        Taken again = rig.take(Rig.order("H-1", "1.2"));
        ShipmentRow shipment = rig.settled(again, ShipmentState.LABELLED);

        assertThat(carrier.asked).hasSize(1);
        assertThat(carrier.book).hasSize(1);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::ref).containsExactlyElementsOf(carrier.asked);
        assertThat(rig.events(again)).containsExactly("order.accepted", "billing.charged", "order.labelled");
        assertThat(reasons()).containsExactly("restore-not-done");
    }

    @Test
    void the_sequence_of_an_order_that_only_the_lost_time_knew_goes_on_above_what_its_readers_saw() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        buyAndLoseEverything("H-19", FakeCarrier.account("fake", carrier));
        assertThat(lostSequences).containsExactly(1L, 2L, 3L);

        Taken again = rig.take(Rig.order("H-19", "1.2"));
        rig.settled(again, ShipmentState.LABELLED);

        assertThat(sequences(again.orderUid())).containsExactly(1_001L, 1_002L, 1_003L);
    }

    @Test
    void a_later_attempt_is_found_too_and_the_next_one_has_a_number_of_its_own() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        carrier.script.add(Turn.NOT_SENT);
        buyAndLoseEverything("H-2", FakeCarrier.account("fake", carrier));

        ShipmentRow shipment = rig.settled(rig.take(Rig.order("H-2", "1.2")), ShipmentState.LABELLED);

        assertThat(carrier.asked).hasSize(2);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::attempt).containsExactly(2);
        assertThat(shipment.attempts()).isEqualTo(2);
    }

    @Test
    void what_was_never_bought_is_looked_up_three_times_and_then_bought_once() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        restored(FakeCarrier.account("fake", carrier));

        rig.settled(rig.take(Rig.order("H-3", "1.2")), ShipmentState.LABELLED);
        assertThat(carrier.lookUps).hasValue(3);
        assertThat(carrier.asked).hasSize(1);

        assertThat(rig.dispatch.endHold("ops")).isZero();
        rig.settled(rig.take(Rig.order("H-4", "1.2")), ShipmentState.LABELLED);
        assertThat(carrier.lookUps).as("after the end of the restore").hasValue(3);
        assertThat(reasons()).isEmpty();
        List<AuditBook.Entry> audit = rig.ledger.read(tx -> tx.audit().list(Namespaces.ALL, null, null, 10));
        assertThat(audit).extracting(AuditBook.Entry::act).containsExactly("restore.done", "database.restored");
    }

    @Test
    void a_shipment_is_looked_up_once_and_not_before_each_of_its_attempts() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        carrier.script.addAll(FakeCarrier.turns(Turn.NOT_SENT, Turn.NOT_SENT));
        restored(FakeCarrier.account("fake", carrier));

        rig.settled(rig.take(Rig.order("H-5", "1.2")), ShipmentState.LABELLED);

        assertThat(carrier.lookUps).hasValue(3);
        assertThat(carrier.asked).hasSize(3);
    }

    @Test
    void a_carrier_without_look_up_waits_for_a_person_and_is_bought_when_the_restore_is_done() {
        carrier = new FakeCarrier(IdempotencyClass.C, "8.10");
        restored(FakeCarrier.account("fake", carrier));
        Taken taken = rig.take(Rig.order("H-6", "1.2"));
        ShipmentRow waiting = rig.settled(taken, ShipmentState.REVIEW);
        assertThat(carrier.asked).isEmpty();
        assertThat(waiting.problem()).contains("purchase-after-restore");
        assertThat(reasons()).containsExactlyInAnyOrder("restore-not-done", "purchase-unresolved");

        assertThat(rig.dispatch.endHold("ops")).isEqualTo(1);

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("NOT_SENT", "BOUGHT");
        assertThat(reasons()).isEmpty();
    }

    @Test
    void a_look_up_that_may_lag_is_no_proof_unless_the_account_says_so() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        Account unproven = FakeCarrier.account("fake", carrier);
        restored(unproven);
        rig.settled(rig.take(Rig.order("H-7", "1.2")), ShipmentState.REVIEW);
        assertThat(carrier.asked).isEmpty();
        rig.close();

        restored(FakeCarrier.account("fake", carrier, Duration.ofMillis(50), true));
        rig.settled(rig.take(Rig.order("H-7", "1.2")), ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void what_was_sold_and_is_told_no_more_of_waits_for_a_person() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        carrier.tellsNoMore = true;
        buyAndLoseEverything("H-17", FakeCarrier.account("fake", carrier));

        ShipmentRow waiting = rig.settled(rig.take(Rig.order("H-17", "1.2")), ShipmentState.REVIEW);

        assertThat(carrier.asked).hasSize(1);
        assertThat(waiting.problem()).contains("it was printed three times");
    }

    @Test
    void a_carrier_that_does_not_answer_sells_nothing_until_it_does() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        buyAndLoseEverything("H-8", FakeCarrier.account("fake", carrier));
        carrier.unreachable = true;
        Taken taken = rig.take(Rig.order("H-8", "1.2"));
        await().atMost(Duration.ofSeconds(60)).until(() -> reasons().contains("purchase-failed"));
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.READY);

        carrier.unreachable = false;

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
        assertThat(reasons()).containsExactly("restore-not-done");
    }

    /** What comes again in the order it came first was bought as the first of it said, which looks superseded by now. */
    @Test
    void what_was_bought_before_its_order_was_changed_is_adopted_and_told_to_a_person() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        buyAndLoseEverything("H-20", FakeCarrier.account("fake", carrier));
        carrier.unreachable = true;
        rig.take(Rig.order("H-20", "1.2"));
        Taken changed = rig.take(Rig.order("H-20", "2.4"));
        carrier.unreachable = false;

        rig.settled(changed, ShipmentState.LABELLED);

        assertThat(carrier.asked).hasSize(1);
        assertThat(rig.exceptions())
                .filteredOn(row -> row.reason().equals("changed-late"))
                .singleElement()
                .extracting(ExceptionBook.Row::problems)
                .asString()
                .contains("bought-before-change", "/parcels/0/weight");
    }

    @Test
    void of_two_that_were_sold_the_newest_counts_and_the_other_is_an_orphan() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        carrier.script.add(Turn.NOT_SENT);
        ShipmentRow lost = buyAndLoseEverything("H-9", FakeCarrier.account("fake", carrier));
        AttemptRow first = lostAttempts.get(0);
        carrier.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        assertThat(lost.attempts()).isEqualTo(2);

        Taken taken = rig.take(Rig.order("H-9", "1.2"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);

        assertThat(carrier.asked).hasSize(2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.attempts(shipment).stream()
                        .map(AttemptRow::state)
                        .toList()
                        .equals(List.of("ORPHAN", "BOUGHT")));
    }

    @Test
    void of_two_that_were_sold_the_other_is_an_orphan_also_when_the_hub_stops_between_them() {
        Taken taken = stopsWhileItAdopts("H-11", 0);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.LABELLED);

        assertThat(rig.dispatch.audit(Patience.LONG).found()).isEqualTo(1);

        isLabelledOnce(taken);
    }

    @Test
    void of_two_that_were_sold_the_other_is_an_orphan_also_when_the_hub_stops_before_both() {
        isLabelledOnce(stopsWhileItAdopts("H-12", 1));
    }

    /** Of two sales the one that cannot be written down yet ends the turn that adopts them; the next hub can write it. */
    private Taken stopsWhileItAdopts(String orderId, int which) {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        carrier.script.add(Turn.NOT_SENT);
        Account account = FakeCarrier.account("fake", carrier);
        patience = RecoveryTest.leased(Duration.ofSeconds(1), 3);
        buyAndLoseEverything(orderId, account);
        AttemptRow first = lostAttempts.get(0);
        carrier.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        String ref = lostAttempts.get(which).ref();
        Outcome.Bought sale = Objects.requireNonNull(carrier.book.get(ref));
        carrier.book.put(ref, unwritable(sale));
        Taken taken = rig.take(Rig.order(orderId, "1.2"));
        await().until(() -> !rig.attempts(rig.shipment(taken)).isEmpty());
        rig.close();
        carrier.book.put(ref, sale);
        rig = Rig.start(restored, patience, account);
        return taken;
    }

    private static Outcome.Bought unwritable(Outcome.Bought sale) {
        Charge endless = new Charge("x".repeat(9_000), Money.of("8.10", "USD"), null, null);
        return new Outcome.Bought(sale.id(), sale.numbers(), List.of(endless), sale.label(), sale.response());
    }

    private void isLabelledOnce(Taken taken) {
        ShipmentRow shipment = await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.shipment(taken), row -> row.state() == ShipmentState.LABELLED);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.attempts(shipment).stream()
                        .map(AttemptRow::state)
                        .toList()
                        .equals(List.of("ORPHAN", "BOUGHT")));
        await().until(() -> carrier.live() == 1);
        assertThat(carrier.asked).hasSize(2);
    }

    @Test
    void what_another_account_sold_is_found_at_that_account() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "9.10");
        buyAndLoseEverything("H-10", FakeCarrier.account("fake", other));
        rig.close();
        restored(
                FakeCarrier.account("fake", carrier, Duration.ofMillis(50), true),
                FakeCarrier.account("before", other, Duration.ofMillis(50), true));

        ShipmentRow shipment = rig.settled(rig.take(Rig.order("H-10", "1.2")), ShipmentState.LABELLED);

        assertThat(shipment.account()).isEqualTo("before");
        assertThat(carrier.asked).isEmpty();
        assertThat(other.asked).hasSize(1);
    }

    @Test
    void what_was_in_doubt_in_the_backup_and_was_bought_elsewhere_since_is_not_sent_again() {
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "9.10");
        inDoubtThenMoved("H-20", other);
        other.unreachable = true;
        Taken taken = rig.take(Rig.order("H-20", "1.2").put("account", "fake"));
        await().atMost(Duration.ofSeconds(60)).until(() -> other.lookUps.get() > 1);
        assertThat(carrier.live()).isZero();

        other.unreachable = false;

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(shipment.account()).isEqualTo("other");
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("NOT_FOUND", "BOUGHT");
        assertThat(carrier.live()).isZero();
        assertThat(other.live()).isEqualTo(1);
    }

    @Test
    void what_was_in_doubt_in_the_backup_and_was_bought_nowhere_since_is_sent_again() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        Account[] both = both(new FakeCarrier(IdempotencyClass.B, "9.10"));
        Taken taken = inDoubt("H-21", both);
        restored(Stores.copy(restored), both);

        carrier.unreachable = false;

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        assertThat(carrier.live()).isEqualTo(1);
    }

    @Test
    void what_was_in_doubt_in_the_backup_is_not_sent_again_while_a_sale_elsewhere_may_not_be_found_yet() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "9.10");
        Account own = FakeCarrier.account("fake", carrier);
        Account slow = FakeCarrier.account("other", other, Duration.ofHours(1), true);
        Taken taken = inDoubt("H-22", own, slow);
        int before = lookUps;
        carrier.unreachable = false;

        restored(Stores.copy(restored), own, slow);

        ShipmentRow waiting = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> rig.shipment(taken),
                        row -> row.lookups() > before || row.state().isSold());
        assertThat(waiting.state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(carrier.live()).isZero();
    }

    @Test
    void what_was_never_bought_is_not_bought_while_a_sale_elsewhere_may_not_be_found_yet() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "9.10");
        restored(FakeCarrier.account("fake", carrier), FakeCarrier.account("other", other, Duration.ofHours(1), true));
        Taken taken = rig.take(Rig.order("H-25", "1.2").put("account", "fake"));

        ShipmentRow waiting = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> rig.shipment(taken),
                        row -> row.state().isSold()
                                || row.due().isAfter(row.createdAt().plusSeconds(600)));

        assertThat(waiting.state()).isEqualTo(ShipmentState.READY);
        assertThat(carrier.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "C"})
    void what_was_in_doubt_in_the_backup_waits_for_a_person_where_another_account_cannot_tell_what_it_sold(
            IdempotencyClass kind) {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        Account own = FakeCarrier.account("fake", carrier);
        Account other = FakeCarrier.account("other", new FakeCarrier(kind, "9.10"));
        Taken taken = inDoubt("H-23", own, other);
        carrier.unreachable = false;

        restored(Stores.copy(restored), own, other);

        ShipmentRow waiting = rig.settled(taken, ShipmentState.REVIEW);
        assertThat(waiting.problem()).contains("other: ");
        assertThat(carrier.live()).isZero();
    }

    /** In doubt at the one account in the backup; since then refused there, moved by its source and bought at the other. */
    private void inDoubtThenMoved(String orderId, FakeCarrier other) {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        Account[] both = both(other);
        Taken taken = inDoubt(orderId, both);
        Database backup = Stores.copy(restored);
        carrier.unreachable = false;
        carrier.script.add(Turn.REFUSE);
        rig = Rig.start(restored, patience, both);
        rig.settled(taken, ShipmentState.REFUSED);
        rig.take(Rig.order(orderId, "1.2").put("account", "other"));
        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(other.live()).isEqualTo(1);
        rig.close();
        restored(backup, both);
    }

    /** A hub that ends with one purchase in doubt, of which its carrier knows nothing. */
    private Taken inDoubt(String orderId, Account... accounts) {
        restored = database();
        carrier.unreachable = true;
        carrier.script.add(Turn.LOSE_THE_REQUEST);
        rig = Rig.start(restored, patience, accounts);
        Taken taken = rig.take(Rig.order(orderId, "1.2").put("account", "fake"));
        lookUps = rig.settled(taken, ShipmentState.UNKNOWN).lookups();
        rig.close();
        return taken;
    }

    private Account[] both(FakeCarrier other) {
        Duration settle = Duration.ofMillis(50);
        return new Account[] {
            FakeCarrier.account("fake", carrier, settle, true), FakeCarrier.account("other", other, settle, true)
        };
    }

    @Test
    void what_is_sold_in_pieces_waits_for_a_person_where_another_account_sold_it_whole_and_tells_no_more() {
        carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
        carrier.mostParcels = 1;
        FakeCarrier other = new FakeCarrier(IdempotencyClass.B, "9.10");
        rig = Rig.start(database(), FakeCarrier.account("fake", other));
        rig.settled(rig.take(twoParcels("H-18")), ShipmentState.LABELLED);
        rig.close();
        other.tellsNoMore = true;
        restored(
                FakeCarrier.account("fake", carrier, Duration.ofMillis(50), true),
                FakeCarrier.account("before", other, Duration.ofMillis(50), true));

        ShipmentRow waiting = rig.settled(rig.take(twoParcels("H-18")), ShipmentState.REVIEW);

        assertThat(waiting.problem()).contains("it was printed three times");
        assertThat(carrier.asked).isEmpty();
    }

    private static ObjectNode twoParcels(String orderId) {
        ObjectNode order = Rig.order(orderId, "1.2");
        ((ArrayNode) order.path("parcels"))
                .add(((ObjectNode) order.path("parcels").get(0).deepCopy()).put("reference", "box-2"));
        return order;
    }

    private int lookUps;
    private List<AttemptRow> lostAttempts = List.of();
    private List<Long> lostSequences = List.of();

    /** Buys one label, then leaves the hub with a database that knows nothing of it. */
    private ShipmentRow buyAndLoseEverything(String orderId, Account account) {
        rig = Rig.start(database(), account);
        Taken taken = rig.take(Rig.order(orderId, "1.2"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        lostAttempts = rig.attempts(shipment);
        lostSequences = sequences(taken.orderUid());
        rig.close();
        restored(account);
        return shipment;
    }

    private void restored(Account... accounts) {
        restored(database(), accounts);
    }

    private void restored(Database backup, Account... accounts) {
        restored = backup;
        try (Ledger ledger = Ledger.open(restored, Subscriptions.NONE)) {
            Restore.mark(ledger, "waybill.zip", "ops");
        }
        rig = Rig.start(restored, patience, accounts);
    }

    private List<Long> sequences(String orderUid) {
        return rig.ledger.read(tx -> tx.deliveries().of(orderUid)).stream()
                .map(DeliveryBook.Row::sequence)
                .toList();
    }

    private List<String> reasons() {
        return rig.exceptions().stream().map(ExceptionBook.Row::reason).toList();
    }
}
