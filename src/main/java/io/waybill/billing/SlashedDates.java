package io.waybill.billing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a file that slashes part. They are read the day first; where none is later than the 12th, a program may have
 * written the month first. It has where they lie within a month of each other so, and over two months the day first.
 */
final class SlashedDates {
    private static final int MONTH = 31;
    private static final int TWO_MONTHS = 59;

    private @Nullable Noted first;
    private final Span read = new Span();
    private final Span turned = new Span();
    private boolean isDayFirst;

    /** A date that is read the day first. */
    record Noted(LocalDate date, long row, String column, String text) {}

    /** From the earliest to the latest. */
    private static final class Span {
        private LocalDate earliest = LocalDate.MAX;
        private LocalDate latest = LocalDate.MIN;

        void add(LocalDate date) {
            earliest = date.isBefore(earliest) ? date : earliest;
            latest = date.isAfter(latest) ? date : latest;
        }

        long days() {
            return ChronoUnit.DAYS.between(earliest, latest);
        }
    }

    void note(Noted noted) {
        LocalDate date = noted.date();
        first = first == null ? noted : first;
        if (date.getDayOfMonth() > 12) {
            isDayFirst = true;
        } else {
            read.add(date);
            turned.add(LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue()));
        }
    }

    /** Tells the first of them where their month stands first. */
    void tell(Faults faults) {
        if (first != null && !isDayFirst && turned.days() <= MONTH && read.days() >= TWO_MONTHS) {
            faults.add(
                    BillingCode.INVOICE_MONTH_FIRST,
                    first.row(),
                    first.column(),
                    first.text(),
                    "read",
                    first.date(),
                    "apart",
                    read.days(),
                    "together",
                    turned.days());
        }
    }
}
