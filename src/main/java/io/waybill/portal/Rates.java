package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The prices of every account for one order, beside what it cost by today's rules. */
public final class Rates {
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    List<Page> pages() {
        return List.of(Page.get("/rates", this::show));
    }

    private Answer show(Visit visit) {
        String asked = visit.query("order").orElse("");
        JsonNode order = asked.isEmpty() ? NONE : found(visit, asked);
        JsonNode compared = order.isEmpty()
                ? NONE
                : visit.calls()
                        .send(
                                "post",
                                "/rates?mapped=true&source="
                                        + Address.part(order.path("source").asText()),
                                order.path("order"));
        return visit.page(
                "rates",
                Map.of(
                        "asked", asked,
                        "order", order,
                        "compared", compared,
                        "quotes", quotes(compared),
                        "saving", saving(order, compared)));
    }

    private static JsonNode found(Visit visit, String number) {
        JsonNode first =
                visit.calls().get("/orders?key=" + Address.part(number)).at("/items/0/id");
        return first.isMissingNode() ? NONE : visit.calls().get("/orders/" + Address.part(first.asText()));
    }

    /** A price and how long its bar is, of 100. */
    public record Quote(JsonNode said, int bar) {}

    /** The cheapest first; those without a price last. */
    private static List<Quote> quotes(JsonNode compared) {
        List<JsonNode> all = StreamSupport.stream(compared.path("quotes").spliterator(), false)
                .sorted(Comparator.comparing(Rates::price))
                .toList();
        BigDecimal most = all.stream()
                .filter(quote -> quote.hasNonNull("total"))
                .map(Rates::price)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ONE);
        return all.stream()
                .map(quote -> new Quote(
                        quote,
                        quote.hasNonNull("total") && most.signum() > 0
                                ? (int) Math.round(price(quote).doubleValue() * 100 / most.doubleValue())
                                : 0))
                .toList();
    }

    private static BigDecimal price(JsonNode quote) {
        return quote.hasNonNull("total")
                ? new BigDecimal(quote.at("/total/amount").asText())
                : BigDecimal.valueOf(Long.MAX_VALUE);
    }

    /** What the cheapest would have saved of what the order is expected to cost; empty when they cannot be compared. */
    private static String saving(JsonNode order, JsonNode compared) {
        JsonNode cost = order.at("/shipments/0/total");
        JsonNode cheapest = compared.path("cheapest");
        for (JsonNode quote : compared.path("quotes")) {
            boolean isCheapest = quote.path("account").equals(cheapest.path("account"))
                    && quote.path("service").equals(cheapest.path("service"));
            if (isCheapest && cost.isObject() && quote.at("/total/currency").equals(cost.path("currency"))) {
                return new BigDecimal(cost.path("amount").asText())
                        .subtract(new BigDecimal(quote.at("/total/amount").asText()))
                        .toPlainString();
            }
        }
        return "";
    }
}
