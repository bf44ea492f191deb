package io.waybill.billing;

import io.waybill.billing.Sums.Rate;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a currency was worth in another: {@code lookups/fx.csv} with the columns date, from, to, rate, source. The rate of a day
 * is that of the latest row of just that pair, no older than {@value #DAYS} days; a rate is never turned round nor made of two.
 */
final class FxRates {
    /** As old as a table that is written once a month gets. */
    static final int DAYS = 31;

    private final Map<String, TreeMap<LocalDate, Rate>> pairs = new HashMap<>();

    private FxRates() {}

    /**
     * A file that is not there knows no rate.
     *
     * @throws ProblemException {@code rate-unreadable} with row and column
     */
    static FxRates read(Path file) {
        FxRates rates = new FxRates();
        for (LookupRows.Row row : LookupRows.of(file)) {
            Rate rate =
                    new Rate(date(row), currency(row, "from"), currency(row, "to"), positive(row), row.text("source"));
            rates.pairs
                    .computeIfAbsent(rate.from() + rate.to(), first -> new TreeMap<>())
                    .put(rate.date(), rate);
        }
        return rates;
    }

    /** Of a day, or the latest before it. */
    Optional<Rate> of(String from, String to, LocalDate day) {
        return Optional.ofNullable(pairs.get(from + to))
                .map(dated -> dated.floorEntry(day))
                .map(Map.Entry::getValue)
                .filter(rate -> !rate.date().isBefore(day.minusDays(DAYS)));
    }

    private static LocalDate date(LookupRows.Row row) {
        try {
            return LocalDate.parse(row.text("date"));
        } catch (DateTimeException e) {
            throw unreadable(row, "date", "2026-11-16");
        }
    }

    private static String currency(LookupRows.Row row, String column) {
        String said = row.text(column);
        if (!Cells.isCurrency(said)) {
            throw unreadable(row, column, "ISO 4217: USD");
        }
        return said;
    }

    private static BigDecimal positive(LookupRows.Row row) {
        return Figures.read(row.text("rate"), ',')
                .filter(rate -> rate.signum() > 0)
                .orElseThrow(() -> unreadable(row, "rate", "7.1843"));
    }

    private static ProblemException unreadable(LookupRows.Row row, String column, String expected) {
        return new ProblemException(List.of(Problem.of(
                BillingCode.RATE_UNREADABLE,
                "row",
                row.number(),
                "column",
                column,
                "value",
                row.text(column),
                "expected",
                expected)));
    }
}
