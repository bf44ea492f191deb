package io.waybill.billing;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.SumBook.Alike;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.Sum;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money ledger summed up, each currency for itself, or in one currency by {@code lookups/fx.csv}. A line is converted at the
 * rate of the day it occurred on and rounded by itself, so that any two ways of grouping the same lines come to the same. What has
 * no rate stays in its own currency and is said.
 */
public final class Sums {
    private final Ledger ledger;
    private final Path rates;

    /** @param rates {@code lookups/fx.csv}, read anew each time */
    Sums(Ledger ledger, Path rates) {
        this.ledger = ledger;
        this.rates = rates;
    }

    /**
     * A group's sides in one currency.
     *
     * @param noRate the days and currencies there is no rate for, where it was to be converted
     */
    public record Row(Sum sum, @Nullable String noRate) {
        /** Billed less expected. */
        public BigDecimal variance() {
            return sum.billed().subtract(sum.expected());
        }
    }

    /**
     * A row of the table.
     *
     * @param rate so much of {@code to} is one of {@code from}
     */
    public record Rate(LocalDate date, String from, String to, BigDecimal rate, String source) {}

    /**
     * Some groups.
     *
     * @param rates those that were used; the day of one may be before the days of what it converted
     * @param after what the next page is asked for with; empty on the last
     */
    public record Page(List<Row> rows, List<Rate> rates, List<String> after) {}

    /** Each currency for itself. */
    public Page apart(Asked asked, List<String> after, int limit) {
        List<Sum> sums = ledger.read(tx -> tx.sums().sums(asked, after, limit));
        List<Row> rows = sums.stream().map(sum -> new Row(sum, null)).toList();
        return new Page(rows, List.of(), sums.size() < limit ? List.of() : last(sums.get(sums.size() - 1)));
    }

    private static List<String> last(Sum sum) {
        List<String> last = new ArrayList<>(sum.keys());
        last.add(sum.currency());
        return last;
    }

    /**
     * In one currency.
     *
     * @throws io.waybill.problem.ProblemException {@code rate-unreadable}
     */
    public Page in(String currency, Asked asked, List<String> after, int limit) {
        FxRates table = FxRates.read(rates);
        List<List<String>> groups = ledger.read(tx -> tx.sums().groups(asked, after, limit));
        if (groups.isEmpty()) {
            return new Page(List.of(), List.of(), List.of());
        }
        List<String> last = groups.get(groups.size() - 1);
        Conversion conversion = new Conversion(currency, table);
        ledger.<List<Alike>>read(tx -> tx.sums().alike(asked, groups.get(0), last))
                .forEach(conversion::add);
        return new Page(conversion.rows(), conversion.used(), groups.size() < limit ? List.of() : last);
    }
}
