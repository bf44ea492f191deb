package io.waybill.billing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a file that slashes part. They are read the day first; where none is later than the 12th, a program may have
 * written the month first. It most likely has where only so they lie within a month of each other, or none of them lies more
 * than a month ahead: a bill may be dated some weeks ahead.
 */
final class SlashedDates {
    private static final int MONTH = 31;
    private static final int TWO_MONTHS = 59;

    private @Nullable Noted first;
    private final Span read = new Span();
    private final Span turned = new Span();
    private boolean isDayFirst;

    /** A date that is read the day first. */
    record Noted(LocalDate date, long row, String column, String text) {
        /** The same, read the month first; only of one that is no later than the 12th. */
        LocalDate turned() {
            return LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue());
        }
    }

    /** From the earliest to the latest. */
    private static final class Span {
        private LocalDate earliest = LocalDate.MAX;
        private LocalDate latest = LocalDate.MIN;

        void add(LocalDate date) {
            earliest = date.isBefore(earliest) ? date : earliest;
            latest = date.isAfter(latest) ? date : latest;
        }

        /** Whether so read the dates are likelier than by the other reading. */
        boolean isLikelierThan(Span other, LocalDate today) {
            return (isTogether() && other.days() >= TWO_MONTHS) || (!isFarAhead(today) && other.isFarAhead(today));
        }

        private boolean isTogether() {
            return days() <= MONTH;
        }

        private boolean isFarAhead(LocalDate today) {
            return latest.isAfter(today.plusDays(MONTH));
        }

        private long days() {
            return ChronoUnit.DAYS.between(earliest, latest);
        }
    }

    void note(Noted noted) {
        LocalDate date = noted.date();
        if (date.getDayOfMonth() > 12) {
            isDayFirst = true;
        } else if (date.getDayOfMonth() != date.getMonthValue()) {
            first = first == null ? noted : first;
            read.add(date);
            turned.add(noted.turned());
        } else {
            read.add(date);
            turned.add(date);
        }
    }

    /** Tells the first of them where their month stands first. */
    void tell(Faults faults, LocalDate today) {
        if (first != null && !isDayFirst && turned.isLikelierThan(read, today) && !read.isLikelierThan(turned, today)) {
            faults.add(
                    BillingCode.INVOICE_MONTH_FIRST,
                    first.row(),
                    first.column(),
                    first.text(),
                    "read",
                    first.date(),
                    "from",
                    read.earliest,
                    "until",
                    read.latest,
                    "turnedFrom",
                    turned.earliest,
                    "turnedUntil",
                    turned.latest,
                    "today",
                    today);
        }
    }

    /** The first of them and how it was read, where nothing tells whether that is right. */
    Optional<String> undecided(LocalDate today) {
        return first == null || isDayFirst || read.isLikelierThan(turned, today) != turned.isLikelierThan(read, today)
                ? Optional.empty()
                : Optional.of(first.text() + " = " + first.date());
    }
}
