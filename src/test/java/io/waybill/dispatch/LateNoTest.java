package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The carrier said no, and its worker stood still until another node had taken its purchase over. */
class LateNoTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));
    private static final Outcome.Refused NO =
            new Outcome.Refused("street unknown", "E17", "/shipTo/line1", "no".getBytes(UTF_8));
    private static final Outcome.NotSent BUSY = new Outcome.NotSent("429", Optional.empty(), "busy".getBytes(UTF_8));

    private final Ledger ledger = OneOrder.ledger();
    private final Recording recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
    private final OneOrder order =
            new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.C, "8")));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void it_is_what_nobody_knew() {
        AttemptRow attempt = takenOver();

        recording.unsold().refused(attempt, attempt.fence(), NO, true);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REFUSED);
        assertThat(read(attempt).state()).isEqualTo("REFUSED");
        assertThat(read(attempt).words()).isEqualTo("street unknown");
        assertThat(order.reasons()).containsExactly("carrier-refused");
    }

    @Test
    void a_person_who_was_asked_is_not_any_more() {
        AttemptRow attempt = takenOver();
        recording.unsettled().review(attempt, order.row().fence(), "this carrier has no look-up");

        recording.unsold().refused(attempt, attempt.fence(), NO, true);

        assertThat(order.row().state()).isEqualTo(ShipmentState.REFUSED);
        assertThat(order.reasons()).containsExactly("carrier-refused");
    }

    @Test
    void what_was_not_taken_is_ready_again() {
        AttemptRow attempt = takenOver();

        recording.unsold().notTaken(attempt, BUSY, Duration.ZERO, true);

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(read(attempt).state()).isEqualTo("NOT_SENT");
        order.claim();
        assertThat(order.row().state()).isEqualTo(ShipmentState.BUYING);
    }

    @Test
    void whoever_took_it_over_and_goes_on_loses() {
        AttemptRow attempt = takenOver();
        long theirs = order.row().fence();
        recording.unsold().notTaken(attempt, BUSY, Duration.ZERO, true);

        recording.unsettled().review(attempt, theirs, "this carrier has no look-up");

        assertThat(order.row().state()).isEqualTo(ShipmentState.READY);
        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void where_the_same_may_have_been_sent_again_it_decides_nothing_and_is_kept() {
        AttemptRow attempt = takenOver();

        recording.unsold().refused(attempt, attempt.fence(), NO, false);

        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(read(attempt).state()).isEqualTo("SENDING");
        assertThat(read(attempt).words()).isEqualTo("street unknown");
    }

    @Test
    void where_another_request_is_open_it_decides_nothing_and_is_kept() {
        AttemptRow attempt = takenOver();
        recording.unsold().notFound(attempt, order.row().fence());
        AttemptRow next = order.claim();
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "another node", Duration.ofMinutes(1), null));

        recording.unsold().refused(attempt, attempt.fence(), NO, true);
        recording.unsold().notTaken(attempt, BUSY, Duration.ZERO, true);

        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        assertThat(read(attempt).state()).isEqualTo("NOT_FOUND");
        assertThat(read(attempt).words()).isEqualTo("429");
        assertThat(read(next).state()).isEqualTo("SENDING");
    }

    private AttemptRow takenOver() {
        AttemptRow attempt = order.claim();
        ledger.commitAll(tx -> tx.purchases().takeOver(order.row(), "another node", Duration.ofMinutes(1), null));
        return attempt;
    }

    private AttemptRow read(AttemptRow attempt) {
        return ledger.read(tx -> tx.attempts().find(attempt.ref())).orElseThrow();
    }
}
