package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.order.Content;
import io.waybill.rollout.Rollout;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An order that finds a worker free is on disk with its intent, in one commit; any other waits its turn. */
@ExtendWith(Patience.class)
abstract class AtOnceContract {
    /** Of {@link FakeCarrier#account(String, FakeCarrier)}. */
    private static final int WORKERS = 4;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "9.99");
    private Rig rig;
    private int orders;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        carrier.lateAnswers.countDown();
        rig.close();
    }

    @Test
    void an_order_that_finds_a_worker_free_is_being_bought_from_its_first_moment() {
        Taken taken = servedAtOnce();

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::attempt).containsExactly(1);
        assertThat(shipment.fence()).isEqualTo(1);
        assertThat(shipment.attempts()).isEqualTo(1);
        assertThat(rig.story(taken)).startsWith("received", "bought", "labelled");
        assertThat(carrier.asked).doesNotHaveDuplicates();
    }

    @Test
    void one_that_finds_no_worker_free_waits_and_whoever_comes_later_waits_behind_it() {
        occupyAllWorkers();

        List<Taken> waiting = IntStream.range(0, 3).mapToObj(i -> take(next())).toList();
        assertThat(waiting).extracting(taken -> rig.shipment(taken).state()).containsOnly(ShipmentState.READY);
        assertThat(carrier.asked).hasSize(orders - waiting.size());

        carrier.lateAnswers.countDown();
        waiting.forEach(taken -> rig.settled(taken, ShipmentState.LABELLED));
        assertThat(carrier.asked).hasSize(orders).doesNotHaveDuplicates();
        servedAtOnce();
    }

    @Test
    void an_order_that_was_sent_before_gives_its_worker_back() {
        Taken first = servedAtOnce();
        rig.settled(first, ShipmentState.LABELLED);
        ObjectNode again = next();
        rig.settled(take(again), ShipmentState.LABELLED);

        for (int i = 0; i < 3 * WORKERS; i++) {
            assertThat(take(again).result()).isEqualTo(Taken.Result.DUPLICATE);
        }

        servedAtOnce();
    }

    @Test
    void nothing_is_bought_at_a_stopped_account_until_it_goes_on() {
        servedAtOnce();
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "strike", "ops"));

        Taken taken = take(next());
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.READY);
        rig.ledger.commitAll(tx -> tx.stops().start("fake"));

        rig.settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void nothing_is_bought_while_labels_are_off() {
        servedAtOnce();
        Rollout rollout = new Rollout(rig.ledger, Set.of("acme"), () -> {});
        rollout.setStage("acme", Stage.LABELS, false, "contract not signed", "Ada");

        Taken taken = take(next());
        assertThat(isBornBuying(taken)).isFalse();
        rig.settled(taken, ShipmentState.HELD);

        rollout.setStage("acme", Stage.LABELS, true, null, "Ada");
        rig.desk.releaseDue();
        rig.settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void what_the_carrier_did_not_take_is_tried_again_and_what_it_may_have_sold_is_looked_up() {
        servedAtOnce();
        allAreLabelled();
        carrier.script.add(Turn.NOT_SENT);
        Taken unsent = take(next());
        rig.settled(unsent, ShipmentState.LABELLED);
        assertThat(rig.attempts(rig.shipment(unsent)))
                .extracting(AttemptRow::state)
                .containsExactly("NOT_SENT", "BOUGHT");

        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
        Taken lost = take(next());
        rig.settled(lost, ShipmentState.LABELLED);
        assertThat(carrier.lookUps).hasPositiveValue();
        assertThat(carrier.book).hasSize(orders);
    }

    @Test
    void an_adapter_that_breaks_on_it_is_told_of_when_its_turn_comes() {
        servedAtOnce();
        carrier.breaksOn = "B-1";

        Taken taken = take(Rig.order("B-1", "1"));
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.READY);
        await().until(() ->
                rig.exceptions().stream().anyMatch(row -> row.reason().equals("purchase-failed")));
        carrier.breaksOn = null;
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void whoever_must_ask_its_carrier_before_it_buys_is_not_waited_for() {
        servedAtOnce();
        carrier.preparesAlone = false;

        Taken taken = take(next());
        rig.settled(taken, ShipmentState.LABELLED);

        assertThat(isBornBuying(taken)).isFalse();
    }

    /** One of the first, as soon as the buyers have seen that nobody waits. */
    private Taken servedAtOnce() {
        return await().until(() -> take(next()), this::isBornBuying);
    }

    /** By REST, where each order comes alone. */
    private Taken take(ObjectNode order) {
        return rig.take(new Submission("erp", "api", order, null, Content.hash(order), null, null, null, false, "erp"));
    }

    private void occupyAllWorkers() {
        servedAtOnce();
        allAreLabelled();
        carrier.script.addAll(Collections.nCopies(WORKERS, Turn.SELL_AND_ANSWER_LATE));
        for (int i = 0; i < WORKERS; i++) {
            take(next());
        }
        await().until(() -> carrier.script.isEmpty());
    }

    /** What the carrier answers next is for nobody who came before. */
    private void allAreLabelled() {
        await().until(() ->
                rig.ledger.read(tx -> tx.backlog().countByState()).keySet().equals(Set.of("LABELLED")));
    }

    private ObjectNode next() {
        return Rig.order("A-" + ++orders, "1");
    }

    /** Both rows bear the moment of their transaction. */
    private boolean isBornBuying(Taken taken) {
        ShipmentRow shipment = rig.shipment(taken);
        return rig.attempts(shipment).stream()
                .anyMatch(attempt -> attempt.createdAt().equals(shipment.createdAt()));
    }
}
