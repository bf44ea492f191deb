package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptBook;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void none_of_them_is_bought_by_who_read_what_was_in_it_before_it_was_packed() {
        Taken taken = rig.take(Rig.order("C-3", "1"));
        ShipmentRow further = further(taken);

        rig.desk.pack(taken.orderUid(), List.of(Rig.parcel("2")), Namespaces.ALL, "bench");

        assertThat(isClaimed(further)).isFalse();
        assertThat(isClaimed(rig.shipments(taken).get(1))).isTrue();
    }

    @Test
    void a_label_nobody_found_under_the_old_content_is_not_the_label_of_the_new() {
        Taken taken = rig.take(Rig.order("C-4", "1"));
        ShipmentRow further = further(taken);
        AttemptRow attempt = notFound(further);

        rig.correctAddress(taken);

        Sold late = new Sold(further.id(), attempt.fence(), ShipmentState.LABELLED, "fake", "fake", "F1");
        assertThat(rig.ledger.<Boolean>commit(tx -> tx.purchases().adopt(attempt, late, Looks.AT_ONCE)))
                .isFalse();
        assertThat(rig.shipments(taken).get(1).state()).isEqualTo(ShipmentState.READY);
    }

    /** Asked for, looked up and not found, and ready again. */
    private AttemptRow notFound(ShipmentRow row) {
        AttemptRow attempt = new AttemptRow(
                "REF-1",
                row.id(),
                1,
                "9b2f3c52-2b5e-4d2b-9a65-0d2a7c0c4a11",
                "C-4-2",
                "fake",
                "fake",
                row.fence() + 1,
                "SENDING",
                new byte[] {1},
                null,
                Instant.EPOCH);
        assertThat(isClaimed(row)).isTrue();
        rig.ledger.commitAll(tx -> {
            tx.attempts().open(attempt, new AttemptBook.Buyer("erp", "acme", 1), "node");
            ShipmentRow claimed = tx.shipments().find(row.id(), Namespaces.ALL).orElseThrow();
            tx.purchases().takeOver(claimed, "node", Duration.ofMinutes(1), null);
            tx.purchases().settle(row.id(), claimed.fence() + 1, ShipmentState.READY, Duration.ZERO, null);
            tx.attempts().settle(attempt.ref(), "NOT_SENT", new byte[0], "looked up and not found", null);
        });
        return attempt;
    }

    private boolean isClaimed(ShipmentRow row) {
        return rig.ledger
                .<List<Boolean>>commit(
                        tx -> tx.purchases().claim(List.of(row), row.carrier(), "node", Duration.ofMinutes(1)))
                .contains(true);
    }

    private ShipmentRow further(Taken taken) {
        return further(taken, ShipmentState.READY);
    }

    private ShipmentRow further(Taken taken, ShipmentState state) {
        Plan plan = new Plan(state, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        rig.ledger.commitAll(
                tx -> tx.plans().begin(String.valueOf(taken.orderUid()), 2, "reship", "asked/1", null, plan));
        return rig.shipments(taken).get(1);
    }
}
