package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
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
        if (Files.isRegularFile(file)) {
            try (DocumentReader reader = Formats.open(
                    Files.newInputStream(file), String.valueOf(file.getFileName()), Reading.of(Format.CSV))) {
                for (Document next = reader.next(); next != null; next = reader.next()) {
                    String said = next.tree().path("closedUntil").asText("").strip();
                    String company = next.tree().path("companyCode").asText("").strip();
                    periods.until.put(company, day(said, next.firstRow()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return periods;
    }

    private static LocalDate day(String said, long row) {
        try {
            return LocalDate.parse(said);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.of(BillingCode.PERIOD_UNREADABLE, "row", row, "value", said), e);
        }
    }

    /**
     * @param company one, several with {@code +} between them, or {@code *} for all: then every one of them counts
     * @throws ProblemException {@code period-closed}
     */
    void requireOpen(String company, LocalDate day) {
        Set<String> meant = Set.of(company.split("\\+"));
        until.forEach((which, closed) -> {
            boolean counts = which.equals("*") || company.equals("*") || meant.contains(which);
            if (counts && !day.isAfter(closed)) {
                throw new ProblemException(
                        Problem.of(BillingCode.PERIOD_CLOSED, "company", which, "day", day, "until", closed));
            }
        });
    }
}
