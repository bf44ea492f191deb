package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrphanBook;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A carrier makes a shipment of many parcels later, and names it by a job until then; a look-up by our ref tells its numbers sooner. */
class NumbersToComeTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    private final Ledger ledger = OneOrder.ledger();
    private final OneOrder order =
            new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.B, "8")));
    private final Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_is_found_under_the_request_that_sold_it_is_its_own_label_and_is_not_voided() {
        AttemptRow attempt = order.claim();
        recording.bought(order.account, attempt, attempt.fence(), sale("job:1", List.of()));
        assertThat(order.row().state()).isEqualTo(ShipmentState.BOUGHT);

        recording.bought(order.account, attempt, attempt.fence(), found());

        assertThat(orphans()).isEmpty();
        assertThat(order.row().state()).isEqualTo(ShipmentState.BOUGHT);
    }

    @Test
    void what_is_found_under_another_request_is_an_orphan() {
        AttemptRow earlier = order.claim();
        recording.unsold().notSent(earlier, "429");
        AttemptRow attempt = order.claim();
        recording.bought(order.account, attempt, attempt.fence(), sale("job:1", List.of()));

        recording.bought(order.account, earlier, earlier.fence(), found());

        assertThat(orphans()).extracting(OrphanBook.Row::carrierShipment).containsExactly("T1");
    }

    private List<OrphanBook.Row> orphans() {
        return ledger.read(tx -> tx.orphans().due("fake", 10));
    }

    private static Outcome.Bought found() {
        return sale("T1", List.of(new ExternalNumber("tracking", 1, "T1")));
    }

    private static Outcome.Bought sale(String id, List<ExternalNumber> numbers) {
        return new Outcome.Bought(new ShipmentId(id), numbers, List.of(), Optional.empty(), new byte[] {1});
    }
}
