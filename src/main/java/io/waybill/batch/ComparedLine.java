package io.waybill.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Prices.Price;
import io.waybill.batch.Prices.Priced;
import io.waybill.batch.Prices.Way;
import io.waybill.format.Document;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.ComparedRows;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A priced document as the ledger keeps it. */
final class ComparedLine {
    private ComparedLine() {}

    static ComparedRows.Row of(Document document, Priced priced) {
        return new ComparedRows.Row(
                document.ordinal(),
                document.firstRow(),
                document.lastRow(),
                priced.namespace(),
                priced.orderId(),
                result(priced),
                priced.skipped(),
                Outcomes.json(priced.problems()),
                priced.prices().isEmpty() ? null : json(priced).toString(),
                sums(priced));
    }

    private static String result(Priced priced) {
        if (priced.skipped() != null) {
            return "SKIPPED";
        }
        if (!priced.problems().isEmpty()) {
            return "BAD";
        }
        return priced.prices().isEmpty() ? "UNPRICED" : "PRICED";
    }

    private static ObjectNode json(Priced priced) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        priced.prices().forEach((way, price) -> all.set(way.word(), json(price)));
        return all;
    }

    private static ObjectNode json(Price price) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("account", price.account())
                .put("service", price.service())
                .put("days", price.days());
        Money total = price.total();
        if (total == null) {
            view.putNull("total");
        } else {
            view.putObject("total")
                    .put("amount", Amounts.plain(total.amount()))
                    .put("currency", total.currency().getCurrencyCode());
        }
        return view;
    }

    /** Only an order that every way has a price for in one currency is added up, so that the sums compare. */
    private static ComparedRows.@Nullable Sums sums(Priced priced) {
        List<Money> totals = Arrays.stream(Way.values())
                .map(priced::total)
                .flatMap(Optional::stream)
                .toList();
        boolean comparable = totals.size() == Way.values().length
                && totals.stream().map(Money::currency).distinct().count() == 1;
        return comparable
                ? new ComparedRows.Sums(
                        totals.get(0).currency().getCurrencyCode(),
                        1,
                        amount(totals, Way.TODAY),
                        amount(totals, Way.CHEAPEST),
                        amount(totals, Way.FASTEST),
                        amount(totals, Way.BEST_VALUE))
                : null;
    }

    private static BigDecimal amount(List<Money> totals, Way way) {
        return totals.get(way.ordinal()).amount();
    }
}
