package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.dispatch.Audited;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever may have left for a carrier more than once is audited, whatever became of it. */
abstract class SentTwiceContract {
    private FakeCarrier carrier;
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_the_first_request_sold_is_found_and_voided_although_the_second_was_refused() {
        carrier.lagging = true;
        carrier.script.addAll(FakeCarrier.turns(Turn.SELL_AND_LOSE_THE_ANSWER, Turn.REFUSE));
        Taken taken = rig.take(Rig.order("T-1", "1.2"));
        rig.settled(taken, ShipmentState.REFUSED);
        assertThat(carrier.asked).hasSize(2);
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        carrier.lagging = false;

        assertThat(audit()).isEqualTo(new Audited(1, 1, 0, true));
        await().until(() -> carrier.live() == 0);
        await().until(() -> rig.story(taken).contains("orphan voided"));
    }

    @Test
    void what_was_sent_once_and_refused_is_not_audited() {
        carrier.script.add(Turn.REFUSE);
        rig.settled(rig.take(Rig.order("T-2", "1.2")), ShipmentState.REFUSED);

        assertThat(audit().shipments()).isZero();
    }

    @Test
    void an_audit_that_began_before_the_next_try_does_not_end_the_auditing_of_it() {
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
        Taken taken = rig.take(Rig.order("T-3", "1.2"));
        ShipmentRow before = rig.shipment(taken);
        assertThat(before.state()).isEqualTo(ShipmentState.READY);
        carrier.script.add(Turn.NOT_SENT);
        rig.ledger.commitAll(tx -> tx.stops().start("fake"));
        rig.dispatch.wake();
        rig.settled(taken, ShipmentState.LABELLED);

        rig.ledger.commitAll(tx -> tx.sweep().audited(before, null));

        assertThat(audit().shipments()).isOne();
    }

    private Audited audit() {
        return rig.dispatch.audit(Patience.LONG);
    }
}
