package io.waybill.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days and moments as a caller writes them, of the years 1 to 9999: what lies beyond, no store keeps and no clock counts. */
final class Days {
    private Days() {}

    /** @throws DateTimeException when it is none */
    static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        requireYear(day.getYear());
        return day;
    }

    /** @throws DateTimeException when it is none */
    static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        requireYear(moment.atOffset(ZoneOffset.UTC).getYear());
        return moment;
    }

    private static void requireYear(int year) {
        if (year < 1 || year > 9999) {
            throw new DateTimeException("the year " + year + " is not one of 1 to 9999");
        }
    }
}
