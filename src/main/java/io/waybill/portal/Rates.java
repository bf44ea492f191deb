package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The prices of every account for one order, beside what it costs by today's rules. */
public final class Rates {
    /** What such a shipment came to is nothing any more. */
    private static final Set<String> OVER = Set.of("voiding", "voided", "cancelled");

    /** What was asked for beside the order itself is not what its prices are compared for. */
    private static final Set<String> BESIDE = Set.of("split", "reship", "return");

    /** Where the cheapest costs more, the same and less. */
    private static final List<String> OF_A_LABEL =
            List.of("rates.saving.bought.more", "rates.saving.bought.same", "rates.saving.bought.less");

    private static final List<String> OF_A_RULE =
            List.of("rates.saving.today.more", "rates.saving.today.same", "rates.saving.today.less");
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    List<Page> pages() {
        return List.of(Page.get("/rates", this::show));
    }

    private Answer show(Visit visit) {
        String asked = visit.query("order").orElse("");
        Meant meant = Meant.by(visit, asked);
        JsonNode sources = visit.calls().get("/sources").path("items");
        try {
            return visit.page("rates", values(visit, asked, meant, sources, compared(visit, sources, meant.order())));
        } catch (Refused refused) {
            return visit.told(refused).page(200, "rates", values(visit, asked, meant, sources, NONE));
        }
    }

    private static Map<String, Object> values(
            Visit visit, String asked, Meant meant, JsonNode sources, JsonNode compared) {
        JsonNode order = meant.order();
        Optional<JsonNode> bought = bought(order);
        JsonNode cost = bought.orElseGet(() -> priceOf(compared, "today"));
        return Map.of(
                "asked",
                asked,
                "several",
                meant.several(),
                "sources",
                sources,
                "byColumns",
                Upload.areSeveralOfSheets(visit, sources),
                "sheets",
                visit.calls().lookAt("/rates/sheets?limit=20").path("items"),
                "order",
                order,
                "compared",
                compared,
                "quotes",
                quotes(compared),
                "cost",
                cost,
                "saving",
                saving(bought.isPresent(), cost, priceOf(compared, "cheapest")));
    }

    private static JsonNode compared(Visit visit, JsonNode sources, JsonNode order) {
        if (!order.isEmpty() && order.at("/order/parcels").isEmpty()) {
            throw Refused.of(422, Texts.in(visit.request().language()).text("rates.no-parcels"));
        }
        return order.isEmpty()
                ? NONE
                : visit.calls().send("post", asked(sources, order.path("source").asText()), order.path("order"));
    }

    /** As its source would be told; one that is gone, or another namespace's, is not spoken for. */
    static String asked(JsonNode sources, String source) {
        return sources.findValuesAsText("name").contains(source)
                ? "/rates?mapped=true&source=" + Address.part(source)
                : "/rates?mapped=true";
    }

    /** A price and how long its bar is, of 100. */
    public record Quote(JsonNode said, int bar) {}

    /** The cheapest first, those of other currencies than it behind, those without a price last. */
    static List<Quote> quotes(JsonNode compared) {
        List<JsonNode> all = new ArrayList<>();
        compared.path("quotes").forEach(all::add);
        String first = priceOf(compared, "cheapest").path("currency").asText("");
        Map<String, BigDecimal> most = new TreeMap<>();
        all.stream()
                .filter(quote -> quote.hasNonNull("total"))
                .forEach(quote -> most.merge(currency(quote), price(quote), BigDecimal::max));
        return all.stream()
                .sorted(Comparator.comparing((JsonNode quote) -> !quote.hasNonNull("total"))
                        .thenComparing(quote -> !currency(quote).equals(first))
                        .thenComparing(Rates::currency)
                        .thenComparing(Rates::price))
                .map(quote -> new Quote(quote, bar(quote, most.getOrDefault(currency(quote), BigDecimal.ZERO))))
                .toList();
    }

    /** Beside the dearest of its currency. */
    private static int bar(JsonNode quote, BigDecimal most) {
        return most.signum() > 0 ? (int) Math.round(price(quote).doubleValue() * 100 / most.doubleValue()) : 0;
    }

    private static String currency(JsonNode quote) {
        return quote.at("/total/currency").asText("");
    }

    private static BigDecimal price(JsonNode quote) {
        return new BigDecimal(quote.at("/total/amount").asText("0"));
    }

    /** What an order's label cost that was not given back, of one in pieces all of them; empty until all are bought, or where they have no one currency. */
    static Optional<JsonNode> bought(JsonNode order) {
        List<JsonNode> costs = StreamSupport.stream(order.path("shipments").spliterator(), false)
                .filter(shipment -> !OVER.contains(shipment.path("status").asText()))
                .filter(shipment -> !BESIDE.contains(shipment.path("reason").asText()))
                .map(shipment -> shipment.path("total"))
                .toList();
        boolean isOne = costs.stream()
                        .map(cost -> cost.path("currency").asText(""))
                        .distinct()
                        .count()
                == 1;
        return isOne && costs.get(0).isObject() ? Optional.of(sum(costs)) : Optional.empty();
    }

    private static JsonNode sum(List<JsonNode> costs) {
        BigDecimal sum = costs.stream()
                .map(cost -> new BigDecimal(cost.path("amount").asText("0")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return JsonNodeFactory.instance
                .objectNode()
                .put("amount", sum.toPlainString())
                .put("currency", costs.get(0).path("currency").asText());
    }

    /**
     * What the cheapest costs less or more.
     *
     * @param sentence the key of what is said; empty when they cannot be compared
     */
    public record Saving(String sentence, String difference) {
        static final Saving NONE = new Saving("", "");
    }

    /** @param bought whether {@code cost} is that of a label, or what today's rules would choose */
    static Saving saving(boolean bought, JsonNode cost, JsonNode cheapest) {
        boolean comparable = cost.isObject()
                && cheapest.isObject()
                && cheapest.path("currency").equals(cost.path("currency"));
        if (!comparable) {
            return Saving.NONE;
        }
        BigDecimal less = new BigDecimal(cost.path("amount").asText())
                .subtract(new BigDecimal(cheapest.path("amount").asText()));
        return new Saving(
                (bought ? OF_A_LABEL : OF_A_RULE).get(less.signum() + 1),
                less.abs().toPlainString());
    }

    private static JsonNode priceOf(JsonNode compared, String way) {
        JsonNode named = compared.path(way);
        for (JsonNode quote : compared.path("quotes")) {
            if (quote.path("account").equals(named.path("account"))
                    && quote.path("service").equals(named.path("service"))) {
                return quote.path("total");
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }
}
