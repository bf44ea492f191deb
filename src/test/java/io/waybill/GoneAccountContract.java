package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.order.Content;
import io.waybill.rollout.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account was renamed or removed while shipments stood at it. */
abstract class GoneAccountContract {
    private final FakeCarrier kept = new FakeCarrier(IdempotencyClass.A, "9.99");
    private final FakeCarrier gone = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Database database;
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void startWithBoth() {
        database = database();
        rig = Rig.stopped(database, Rig.PATIENCE, kept(), gone());
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_waits_to_be_bought_there_is_told_to_a_person_whose_retry_chooses_another_account() {
        Taken taken = rig.take(Rig.order("G-1", "1").put("service", "cheapest"));
        rig.ledger.commitAll(tx -> tx.shipments().chosen(rig.shipment(taken), "gone", "fake", "ground"));

        restartWithoutIt(taken);

        soon("purchase-failed");
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(gone.asked).isEmpty();
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_waits_to_be_bought_there_is_bought_when_the_account_is_back() {
        Taken taken = rig.take(atGone("G-2"));

        restartWithoutIt(taken);
        soon("purchase-failed");
        restartWithIt();

        assertThat(rig.settled(taken, ShipmentState.LABELLED).account()).isEqualTo("gone");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_label_still_to_come_from_there_is_told_to_a_person_until_it_comes() {
        gone.labelIsReady(false);
        gone.script.add(Turn.SELL_WITHOUT_LABEL);
        rig.dispatch.start();
        Taken taken = rig.take(atGone("G-3"));
        rig.settled(taken, ShipmentState.BOUGHT);

        restartWithoutIt(taken);
        soon("label-overdue");
        gone.labelIsReady(true);
        restartWithIt();

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_label_that_is_to_be_voided_there_is_told_to_a_person_until_it_is_voided() {
        rig.dispatch.start();
        Taken taken = rig.take(atGone("G-4"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        gone.everyVoid = new Voided.Unknown("timed out");
        rig.dispatch.voidLabel(shipment.id(), Namespaces.ALL, "ops");

        restartWithoutIt(taken);
        soon("void-refused");
        gone.everyVoid = null;
        restartWithIt();

        rig.settled(taken, ShipmentState.VOIDED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_waited_there_for_its_labels_and_cannot_be_released_makes_room_for_others() {
        labels(false);
        rig.dispatch.start();
        Taken taken = rig.take(atGone("G-5"));
        rig.settled(taken, ShipmentState.HELD);
        rig.close();
        rig = Rig.start(database, kept());

        labels(true);

        assertThat(rig.desk.releaseDue()).isEqualTo(1);
        assertThat(rig.desk.releaseDue())
                .as("it is not looked at again at once")
                .isZero();
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("release-stuck");
        assertThat(gone.asked).isEmpty();
    }

    @Test
    void what_was_bought_there_is_known_when_it_comes_again_and_nothing_is_told_against_it() {
        rig.dispatch.start();
        Taken taken = rig.take(atGone("G-6"));
        rig.settled(taken, ShipmentState.LABELLED);
        List<String> told = rig.events(taken);
        rig.close();
        rig = Rig.start(database, kept());

        Taken again = rig.take(atGone("G-6"));
        Taken changed = rig.take(atGone("G-6").put("reference", "PO-2"));

        assertThat(again.result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(again.orderUid()).isEqualTo(taken.orderUid());
        assertThat(changed.problems().get(0).code()).isEqualTo("unknown-account");
        assertThat(rig.take(atGone("G-6")).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(rig.exceptions()).as("what came last is what is known").isEmpty();
        assertThat(rig.events(taken)).containsSubsequence(told).doesNotHaveDuplicates();
    }

    @Test
    void a_caller_who_sends_again_what_was_bought_there_gets_the_same_answer() {
        rig.dispatch.start();
        Taken taken = rig.take(called("k-1", atGone("G-7")));
        rig.settled(taken, ShipmentState.LABELLED);
        rig.close();
        rig = Rig.start(database, kept());

        assertThat(rig.take(called("k-1", atGone("G-7"))).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(rig.take(called(null, atGone("G-7"))).orderUid()).isEqualTo(taken.orderUid());
        assertThat(rig.take(called("k-2", atGone("G-8"))).result()).isEqualTo(Taken.Result.REJECTED);
    }

    private static Submission called(@Nullable String key, ObjectNode order) {
        return new Submission("erp", "api", order, key, Content.hash(order), null, null, null, false, "erp");
    }

    private void labels(boolean on) {
        new Rollout(rig.ledger, Set.of("acme"), () -> {}).setStage("acme", Stage.LABELS, on, "not signed yet", "Ada");
    }

    private void restartWithoutIt(Taken taken) {
        rig.close();
        rig = Rig.stopped(database, Rig.PATIENCE, kept());
        rig.ledger.commitAll(tx -> tx.shipments().postpone(rig.shipment(taken), Duration.ofMinutes(-6)));
        rig.dispatch.start();
    }

    private void restartWithIt() {
        rig.close();
        rig = Rig.start(database, kept(), gone());
    }

    private void soon(String reason) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> rig.exceptions().stream()
                        .map(ExceptionBook.Row::reason)
                        .toList()
                        .equals(List.of(reason)));
        assertThat(rig.exceptions().get(0).problems()).contains("account-gone", "gone");
    }

    private static ObjectNode atGone(String number) {
        return Rig.order(number, "1").put("account", "gone");
    }

    private Account kept() {
        return FakeCarrier.account("fake", kept);
    }

    private Account gone() {
        return FakeCarrier.account("gone", gone);
    }
}
