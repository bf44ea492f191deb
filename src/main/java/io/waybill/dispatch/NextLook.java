package io.waybill.dispatch;

import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a purchase is looked up again after a look-up that told nothing: ever more rarely, and in the end a person is asked as well. */
final class NextLook {
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Ledger ledger;
    private final Unsettled unsettled;
    private final int enough;

    /** @param enough after so many look-ups a person is asked */
    NextLook(Ledger ledger, Unsettled unsettled, int enough) {
        this.ledger = ledger;
        this.unsettled = unsettled;
        this.enough = enough;
    }

    void later(AttemptRow attempt, ShipmentRow row, String why, Duration least) {
        later(attempt, row, why, least, Optional.empty());
    }

    /** @param asked how long the carrier wants to be left alone */
    void later(AttemptRow attempt, ShipmentRow row, String why, Duration least, Optional<Duration> asked) {
        Duration wait = longest(asked, longer(least, row, attempt));
        if (row.lookups() >= enough) {
            unsettled.askPerson(attempt, row.fence(), why);
        }
        unsettled.stillUnknown(attempt, row.fence(), why, wait);
    }

    /**
     * Twice as long after each look-up that told nothing; but no longer than the purchase has been open, for a hub that is started
     * again and again looks up each time at once, and at most a quarter of an hour.
     *
     * @param least the first wait
     */
    Duration longer(Duration least, ShipmentRow row, AttemptRow attempt) {
        int doublings = Math.min(Math.max(row.lookups() - 1, 0), MOST_DOUBLINGS);
        Duration open = Duration.between(attempt.createdAt(), ledger.<Instant>read(Tx::now));
        Duration most = open.compareTo(LONGEST_WAIT) < 0 ? open : LONGEST_WAIT;
        Duration doubled = least.multipliedBy(1L << doublings);
        return longest(Optional.of(least), doubled.compareTo(most) < 0 ? doubled : most);
    }

    private static Duration longest(Optional<Duration> asked, Duration own) {
        return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
    }
}
