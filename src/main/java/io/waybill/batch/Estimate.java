package io.waybill.batch;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.BatchBook;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.LookBook;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a look at a batch found, added up.
 *
 * @param held documents that would wait for a weight, a date or a person: they cost nothing yet
 * @param priced documents that would be bought, and have a price
 * @param unpriced documents that would be bought, and no price came
 * @param totals by currency
 */
public record Estimate(
        Map<Fate.Result, Integer> counts, int held, int priced, int unpriced, Map<String, BigDecimal> totals) {

    /** Of all that was looked at so far. */
    public static Estimate of(Tx tx, BatchRow batch) {
        return of(tx.looks().sums(batch.id()));
    }

    static Estimate of(List<LookBook.Sum> sums) {
        Map<Fate.Result, Integer> counts = new EnumMap<>(Fate.Result.class);
        Map<String, BigDecimal> totals = new TreeMap<>();
        int held = 0;
        int priced = 0;
        int unpriced = 0;
        for (LookBook.Sum sum : sums) {
            Fate.Result result = Fate.Result.valueOf(sum.result());
            counts.merge(result, sum.documents(), Integer::sum);
            boolean bought = result == Fate.Result.ACCEPTED || result == Fate.Result.REPLACED;
            if (bought && sum.held()) {
                held += sum.documents();
            } else if (bought && sum.amount() != null && sum.currency() != null) {
                priced += sum.documents();
                totals.merge(sum.currency(), sum.amount(), BigDecimal::add);
            } else if (bought) {
                unpriced += sum.documents();
            }
        }
        return new Estimate(counts, held, priced, unpriced, totals);
    }

    /** Documents that somebody has to correct. */
    public int bad() {
        return counts.getOrDefault(Fate.Result.REJECTED, 0) + counts.getOrDefault(Fate.Result.CONFLICT, 0);
    }

    /** Why a wish is not granted; nothing when it is. A maximum is kept only where every price is known. */
    Optional<Problem> refuses(BatchBook.Wish wish) {
        int documents = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (documents == bad()) {
            return Optional.of(Problem.of(BatchCode.BATCH_NOTHING_GOOD, "documents", documents));
        }
        if (wish.rows().equals("all") && bad() > 0) {
            return Optional.of(Problem.of(BatchCode.BATCH_HAS_BAD_ROWS, "bad", bad(), "documents", documents));
        }
        return wish.maxAmount() == null ? Optional.empty() : above(wish.maxAmount(), wish);
    }

    private Optional<Problem> above(BigDecimal most, BatchBook.Wish wish) {
        if (unpriced > 0) {
            return Optional.of(Problem.of(BatchCode.BATCH_PRICE_UNKNOWN, "documents", unpriced));
        }
        boolean other = totals.size() > 1
                || (wish.maxCurrency() != null && !totals.isEmpty() && !totals.containsKey(wish.maxCurrency()));
        if (other) {
            return Optional.of(Problem.of(
                    BatchCode.BATCH_OTHER_CURRENCY,
                    "currencies",
                    String.join(", ", totals.keySet()),
                    "currency",
                    wish.maxCurrency() == null ? "" : wish.maxCurrency()));
        }
        return totals.entrySet().stream()
                .filter(total -> total.getValue().compareTo(most) > 0)
                .findFirst()
                .map(total -> Problem.of(
                        BatchCode.BATCH_ABOVE_MAX,
                        "total",
                        Amounts.plain(total.getValue()) + " " + total.getKey(),
                        "most",
                        Amounts.plain(most) + " " + total.getKey()));
    }
}
