package io.waybill.format;

import java.time.Instant;

/**
 * What makes one interchange another than the one before: its control number and its time, of which the envelope's dates
 * are written (in UTC). Whoever writes the same again must give the same, or its reader takes it for new.
 *
 * @param number from 1; it begins again after 999,999,999
 */
public record EdiStamp(long number, Instant at) {
    /** At most nine digits. */
    String digits() {
        return String.valueOf(1 + (number - 1) % 999_999_999);
    }

    /** Gives numbers that last: each name counts by itself, from 1. */
    @FunctionalInterface
    public interface Giver {
        /**
         * The next number of this name for this subject; for a subject that has one already, that one.
         *
         * @param name whose numbers they are, see {@link Formats#numbersOf}
         */
        EdiStamp give(String name, String subject);
    }
}
