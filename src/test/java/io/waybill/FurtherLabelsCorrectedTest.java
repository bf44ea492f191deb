package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.ShipmentBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order waits for several labels when somebody says otherwise where it goes. */
class FurtherLabelsCorrectedTest {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        rig = Rig.stopped(Stores.h2(folder), Rig.PATIENCE, FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void none_of_them_is_bought_by_who_read_the_old_content() {
        Taken taken = rig.take(Rig.order("C-1", "1"));
        ShipmentRow further = further(taken);

        rig.correctAddress(taken);

        assertThat(isClaimed(further)).isFalse();
        ShipmentRow now = rig.shipments(taken).get(1);
        assertThat(now.state()).isEqualTo(ShipmentState.READY);
        assertThat(isClaimed(now)).isTrue();
    }

    @Test
    void one_that_is_being_rated_is_rated_anew() {
        Taken taken = rig.take(Rig.order("C-2", "1"));
        ShipmentRow further = further(taken, ShipmentState.CHOOSING);

        rig.correctAddress(taken);

        assertThat(rig.ledger.<Boolean>commit(tx -> tx.shipments().chosen(further, "fake", "fake", "ground")))
                .isFalse();
        assertThat(rig.shipments(taken).get(1).state()).isEqualTo(ShipmentState.CHOOSING);
    }

    private boolean isClaimed(ShipmentRow row) {
        return rig.ledger.<Boolean>commit(tx -> tx.purchases().claim(row, "node", Duration.ofMinutes(1)));
    }

    private ShipmentRow further(Taken taken) {
        return further(taken, ShipmentState.READY);
    }

    private ShipmentRow further(Taken taken, ShipmentState state) {
        Plan plan = new Plan(state, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        rig.ledger.commitAll(
                tx -> tx.shipments().insert(String.valueOf(taken.orderUid()), 2, "reship", "asked/1", null, plan));
        return rig.shipments(taken).get(1);
    }
}
