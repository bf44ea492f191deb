package io.waybill.billing;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Until when the books are closed: {@code lookups/periods.csv} with the columns companyCode ({@code *} for all) and
 * closedUntil, the last day nothing is posted to any more. Without the file no period is closed.
 */
final class ClosedPeriods {
    private final Map<String, LocalDate> until = new TreeMap<>();

    private ClosedPeriods() {}

    /** @throws ProblemException {@code period-unreadable} with the row */
    static ClosedPeriods read(Path file) {
        ClosedPeriods periods = new ClosedPeriods();
        LookupRows.of(file)
                .forEach(row -> periods.until.put(row.text("companyCode"), day(row.text("closedUntil"), row.number())));
        return periods;
    }

    private static LocalDate day(String said, long row) {
        try {
            return LocalDate.parse(said);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.of(BillingCode.PERIOD_UNREADABLE, "row", row, "value", said), e);
        }
    }

    /** @throws ProblemException {@code period-closed} */
    void requireOpen(String company, LocalDate day) {
        until.forEach((which, closed) -> {
            if ((which.equals("*") || which.equals(company)) && !day.isAfter(closed)) {
                throw new ProblemException(
                        Problem.of(BillingCode.PERIOD_CLOSED, "company", which, "day", day, "until", closed));
            }
        });
    }
}
