package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.batch.Feed;
import io.waybill.batch.Uploads;
import io.waybill.dispatch.Compared;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Translated;
import io.waybill.ledger.Amounts;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /rates/sheet}: the prices of each order of a file, none bought: what today's rules would choose, beside the cheapest,
 * the fastest and the best value, and what each would cost for all of them together.
 */
record SheetRateCalls(Intake intake, MappedIntake mapped, Dispatch dispatch, Uploads uploads) {
    /** Each asks every carrier; whoever wants more of them has the command {@code rates}. */
    private static final int MOST = 200;

    List<Resource> resources() {
        return List.of(
                Resource.post("/rates/sheet", Scope.ORDERS_WRITE, this::compare).taking("source", "format", "name"));
    }

    private Answer compare(Request request) throws IOException {
        Feed feed = uploads.feed(Taking.source(request), request.query("format").orElse(null));
        Taking.requireNamespace(request.caller(), feed.namespace());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        Map<String, Sums> sums = new TreeMap<>();
        boolean more = false;
        try (DocumentReader reader =
                Formats.open(request.content(), request.query("name").orElse("sheet"), feed.reading())) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                if (items.size() == MOST) {
                    more = true;
                    break;
                }
                items.add(line(next, feed, request, sums));
            }
        }
        ArrayNode totals = answer.putArray("totals");
        sums.forEach((currency, sum) -> totals.add(sum.view(currency)));
        return Answer.ok(answer.put("most", MOST).put("more", more).putNull("next"));
    }

    private ObjectNode line(Document document, Feed feed, Request request, Map<String, Sums> sums) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("row", document.firstRow());
        ArrayNode problems = line.putArray("problems");
        try {
            Translated translated = mapped.translate(feed.source(), document);
            if (translated.skipped() != null) {
                return line.put("skipped", translated.skipped());
            }
            Taking.requireNamespace(request.caller(), intake.namespaceOf(feed.source(), translated.canonical()));
            Order order = intake.toRate(feed.source(), translated.canonical());
            Compared compared = dispatch.compare(order, intake.choose(order));
            line.put("orderId", order.orderId());
            line.set("today", priced(compared.today()));
            line.set("cheapest", priced(compared.cheapest()));
            line.set("fastest", priced(compared.fastest()));
            line.set("bestValue", priced(compared.best()));
            add(compared, sums);
        } catch (ProblemException refused) {
            for (Problem problem : refused.problems()) {
                problems.add(ProblemJson.error(problem, request.language()));
            }
        }
        return line;
    }

    private static @Nullable ObjectNode priced(@Nullable Quoted quoted) {
        if (quoted == null) {
            return null;
        }
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("account", quoted.account())
                .put("service", quoted.rate().service())
                .put("days", quoted.rate().days());
        return view.set("total", RateCalls.money(quoted.rate().total()));
    }

    /** Only orders that every choice has a price for in one currency are summed up, so that the sums compare. */
    private static void add(Compared compared, Map<String, Sums> sums) {
        Money today = total(compared.today());
        Money cheapest = total(compared.cheapest());
        Money fastest = total(compared.fastest());
        Money best = total(compared.best());
        if (today == null || cheapest == null || fastest == null || best == null) {
            return;
        }
        boolean one = List.of(cheapest, fastest, best).stream()
                .allMatch(money -> money.currency().equals(today.currency()));
        if (one) {
            sums.merge(
                    today.currency().getCurrencyCode(),
                    new Sums(1, today.amount(), cheapest.amount(), fastest.amount(), best.amount()),
                    Sums::plus);
        }
    }

    private static @Nullable Money total(@Nullable Quoted quoted) {
        return quoted == null ? null : quoted.rate().total();
    }

    private record Sums(int orders, BigDecimal today, BigDecimal cheapest, BigDecimal fastest, BigDecimal best) {
        Sums plus(Sums more) {
            return new Sums(
                    orders + more.orders,
                    today.add(more.today),
                    cheapest.add(more.cheapest),
                    fastest.add(more.fastest),
                    best.add(more.best));
        }

        ObjectNode view(String currency) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("currency", currency)
                    .put("orders", orders)
                    .put("today", Amounts.plain(today))
                    .put("cheapest", Amounts.plain(cheapest))
                    .put("fastest", Amounts.plain(fastest))
                    .put("bestValue", Amounts.plain(best))
                    .put("saving", Amounts.plain(today.subtract(cheapest)));
        }
    }
}
