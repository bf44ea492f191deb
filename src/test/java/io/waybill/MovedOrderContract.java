package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.carrier.Account;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An order that a look-up did not find is moved to another account, and then its first purchase shows up: where
 * look-ups are believed, and this one came too early.
 */
abstract class MovedOrderContract {
    /** The second label of the one carrier, and the first of the other. */
    private static final String FIRST = "F100001";

    private static final String LAST = "F100000";

    private final FakeCarrier before = new FakeCarrier(IdempotencyClass.B, "8.10");
    private final FakeCarrier after = new FakeCarrier(IdempotencyClass.B, "9.99");
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), proven("fake", before), proven("other", after));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void of_two_labels_that_were_sold_the_last_one_asked_for_is_kept_and_the_first_is_voided() {
        Taken taken = movedAndUnknown("M-1", Turn.SELL_AND_LOSE_THE_ANSWER);

        after.unreachable = false;

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(shipment.account()).isEqualTo("other");
        assertThat(rig.attempts(shipment).get(1).state()).isEqualTo("BOUGHT");
        assertThat(shipment.carrierShipment()).isEqualTo(LAST);
        await().until(() -> rig.story(taken).contains("orphan voided"));
        assertThat(before.voided).containsExactly(FIRST);
        assertThat(after.live()).isEqualTo(1);
    }

    @Test
    void a_label_found_where_the_order_was_before_stands_at_the_account_that_sold_it() {
        Taken taken = movedAndUnknown("M-2", Turn.LOSE_THE_REQUEST);

        after.unreachable = false;

        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(shipment.account()).isEqualTo("fake");
        assertThat(shipment.carrier()).isEqualTo("fake-carrier");
        assertThat(shipment.carrierShipment()).isEqualTo(FIRST);
        assertThat(before.voided).isEmpty();
    }

    /** Bought here, then there, both answers lost; that the first was sold is seen only now. */
    private Taken movedAndUnknown(String number, Turn second) {
        before.unreachable = true;
        before.script.add(Turn.LOSE_THE_REQUEST);
        Taken taken = rig.take(Rig.order(number, "1").put("account", "fake"));
        rig.settled(taken, ShipmentState.UNKNOWN);
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
        before.unreachable = false;
        AttemptRow first = rig.attempts(rig.settled(taken, ShipmentState.READY)).get(0);
        after.unreachable = true;
        after.script.add(second);
        rig.take(Rig.order(number, "1").put("account", "other"));
        rig.settled(taken, ShipmentState.UNKNOWN);
        before.sellUnder(new Ref("ANOTHER", UUID.randomUUID(), "SO-0"));
        before.sellUnder(new Ref(first.ref(), UUID.fromString(first.purchaseKey()), first.orderNumber()));
        return taken;
    }

    private static Account proven(String name, FakeCarrier carrier) {
        return new Account(name, name + "-carrier", carrier, Set.of(), 4, Duration.ofMillis(50), "on_creation", true);
    }
}
