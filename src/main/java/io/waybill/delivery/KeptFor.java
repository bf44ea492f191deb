package io.waybill.delivery;

import io.waybill.ledger.Ids;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How long what sinks took is kept, and what can be said of what is not.
 *
 * @param age from when it was taken; empty is for ever
 */
record KeptFor(Optional<Duration> age) {
    static final KeptFor FOR_EVER = new KeptFor(Optional.empty());

    /** Of an id under which there is no delivery: whether one of its time may have been removed. That there was one, nobody knows any more. */
    Optional<Problem> absent(String id, Instant now) {
        Optional<Instant> made = id.startsWith("evt_") ? Ids.moment(id) : Optional.empty();
        return age.map(now::minus)
                .flatMap(since -> made.filter(moment -> moment.isBefore(since))
                        .map(moment -> Problem.of(
                                DeliveryCode.DELIVERY_NOT_KEPT,
                                "delivery",
                                id,
                                "day",
                                day(moment),
                                "since",
                                day(since))));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
