package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Rates.Rate;
import io.waybill.dispatch.Compared;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.dispatch.Rating;
import io.waybill.format.Document;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Translated;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.QuoteBook.Kept;
import io.waybill.measure.Money;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /rates}: the prices of every account for an order, none bought; and those kept, beside what the order cost. */
final class RateCalls {
    private static final String NOT_AN_ORDER_YET = "rates";
    private static final int MOST = 200;

    private final Ledger ledger;
    private final Orders orders;
    private final Intake intake;
    private final MappedIntake mapped;
    private final Rating rating;
    private final Speaker speaker;

    RateCalls(Ledger ledger, Orders orders, Intake intake, MappedIntake mapped, Dispatch dispatch, Speaker speaker) {
        this.ledger = ledger;
        this.orders = orders;
        this.intake = intake;
        this.mapped = mapped;
        this.rating = dispatch.rating();
        this.speaker = speaker;
    }

    List<Resource> resources() {
        return List.of(
                Resource.post("/rates", Scope.ORDERS_WRITE, this::compare).taking("source", "mapped"),
                Resource.get("/rates", Scope.READ, this::kept).taking("orderId", "namespace"));
    }

    /**
     * {@code ?source=}: whose mapping the body takes and whose defaults fill it; {@code mapped=true}: the body is canonical
     * already and only the defaults are filled in. The order may leave out its number.
     */
    private Answer compare(Request request) {
        String source = speaker.source(request);
        JsonNode body = orders.parse(request.body());
        JsonNode canonical = request.isOn("mapped") ? body : translated(source, body);
        if (canonical instanceof ObjectNode order && !Content.said(order).has("orderId")) {
            order.put("orderId", NOT_AN_ORDER_YET);
        }
        Taking.requireNamespace(request.caller(), intake.namespaceOf(source, canonical));
        Order order = intake.toRate(source, canonical);
        return Answer.ok(view(order, rating.compare(order, intake.choose(order)), request.language()));
    }

    private JsonNode translated(String source, JsonNode body) {
        Translated translated = mapped.translate(source, Document.of(body));
        if (translated.skipped() != null) {
            throw new ProblemException(Problem.of(ApiCode.NOT_OURS, "reason", translated.skipped()));
        }
        return translated.canonical();
    }

    private static ObjectNode view(Order order, Compared compared, Locale language) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("id", compared.id()).put("orderId", order.orderId()).put("namespace", order.namespace());
        ArrayNode quotes = answer.putArray("quotes");
        compared.quotes().forEach(quoted -> quotes.add(view(quoted, language)));
        answer.set("cheapest", named(compared.cheapest()));
        answer.set("fastest", named(compared.fastest()));
        ObjectNode rule = answer.putObject("bestValueRule");
        rule.put("dayWorth", compared.dayWorth())
                .put(
                        "text",
                        Messages.in(language)
                                .text(
                                        "rates.best-value",
                                        "percent",
                                        compared.dayWorth().toPlainString()));
        answer.set("bestValue", named(compared.best()));
        answer.set("today", named(compared.today()));
        return answer;
    }

    private static ObjectNode view(Quoted quoted, Locale language) {
        Rate rate = quoted.rate();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("account", quoted.account())
                .put("carrier", quoted.carrier())
                .put("service", rate.service());
        if (rate.excluded() != null) {
            view.put(
                    "excluded",
                    rate.why() == null ? rate.excluded() : rate.why().detail(language));
            return rate.why() == null ? view : view.put("code", rate.why().code());
        }
        view.set("total", money(rate.total()));
        view.set("list", money(rate.list()));
        view.put("days", rate.days())
                .put(
                        "promised",
                        rate.promised() == null ? null : rate.promised().toString());
        ArrayNode charges = view.putArray("charges");
        rate.charges().forEach(charge -> charges.add(charge(charge)));
        ObjectNode byType = view.putObject("byType");
        sums(rate.charges()).forEach((type, sum) -> byType.put(type, Amounts.plain(sum)));
        return view;
    }

    private static Map<String, BigDecimal> sums(List<Charge> charges) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        charges.forEach(charge -> sums.merge(charge.type(), charge.amount().amount(), BigDecimal::add));
        return sums;
    }

    private static ObjectNode charge(Charge charge) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", charge.type())
                .put("amount", Amounts.plain(charge.amount().amount()))
                .put("currency", charge.amount().currency().getCurrencyCode())
                .put("code", charge.code())
                .put("text", charge.text());
    }

    static JsonNode named(@Nullable Quoted quoted) {
        return quoted == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("account", quoted.account())
                        .put("service", quoted.rate().service());
    }

    static JsonNode money(@Nullable Money money) {
        return money == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("amount", Amounts.plain(money.amount()))
                        .put("currency", money.currency().getCurrencyCode());
    }

    /** {@code ?orderId=[&namespace=]}: the newest prices quoted for an order, and what it is expected to cost since it was bought. */
    private Answer kept(Request request) {
        String orderId = request.required("orderId", "legal.order");
        Namespaces scope = request.caller().namespaces();
        List<String> asked = request.named("namespace")
                .map(List::of)
                .orElseGet(() -> ledger.read(tx -> tx.quotes().namespacesOf(orderId)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        asked.stream()
                .filter(scope::has)
                .forEach(namespace -> ledger.<List<Kept>>read(tx -> tx.quotes().ofOrder(namespace, orderId, MOST))
                        .forEach(kept -> items.add(view(namespace, kept))));
        answer.set("expected", expected(request.named("namespace").orElse(null), orderId, scope));
        return Answer.ok(answer);
    }

    /** An order's number is one of its namespace. */
    private ArrayNode expected(@Nullable String namespace, String orderId, Namespaces scope) {
        OrderSearch search = new OrderSearch(namespace, orderId, null, null, null, null, null, MOST);
        Map<String, Map<String, BigDecimal>> costs = new TreeMap<>();
        ledger.read(tx -> {
            tx.orders()
                    .search(search, scope)
                    .forEach(order -> tx.charges().ofOrder(order.id()).stream()
                            .filter(row -> row.side().equals("expected"))
                            .forEach(row -> costs.computeIfAbsent(order.namespace(), first -> new TreeMap<>())
                                    .merge(row.currency(), row.amount(), BigDecimal::add)));
            return true;
        });
        ArrayNode expected = JsonNodeFactory.instance.arrayNode();
        costs.forEach((of, sums) -> sums.forEach((currency, amount) -> expected.addObject()
                .put("namespace", of)
                .put("amount", Amounts.plain(amount))
                .put("currency", currency)));
        return expected;
    }

    private static ObjectNode view(String namespace, Kept kept) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        var quote = kept.quote();
        return view.put("namespace", namespace)
                .put("asked", kept.request())
                .put("shipment", kept.shipment())
                .put("chosen", quote.chosen())
                .put("account", quote.account())
                .put("carrier", quote.carrier())
                .put("service", quote.service())
                .put("total", quote.amount() == null ? null : Amounts.plain(quote.amount()))
                .put("list", quote.listAmount() == null ? null : Amounts.plain(quote.listAmount()))
                .put("currency", quote.currency())
                .put("days", quote.days())
                .put(
                        "promised",
                        quote.promised() == null ? null : quote.promised().toString())
                .put("excluded", quote.excluded())
                .put("quotedAt", kept.quotedAt().toString());
    }
}
