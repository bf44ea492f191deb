package io.waybill.carrier;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The days on which something holds, both ends included; null where an end is open. */
record Validity(@Nullable LocalDate from, @Nullable LocalDate to) {

    boolean on(LocalDate day) {
        return hasBegunBy(day) && (to == null || !to.isBefore(day));
    }

    boolean hasBegunBy(LocalDate day) {
        return from == null || !from.isAfter(day);
    }

    /** For choosing the newest of several. */
    LocalDate begin() {
        return from == null ? LocalDate.MIN : from;
    }

    LocalDate end() {
        return to == null ? LocalDate.MAX : to;
    }
}
