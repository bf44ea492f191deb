package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The prices of every account for one order or each of a file, beside what it costs by today's rules. */
public final class Rates {
    /** What such a shipment came to is nothing any more. */
    private static final Set<String> OVER = Set.of("voiding", "voided", "cancelled");

    private static final int PAGE = 100;
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    List<Page> pages() {
        return List.of(
                Page.get("/rates", this::show),
                Page.post("/rates", this::take),
                Page.get("/rates/sheets/{id}", this::sheet),
                Page.get("/rates/sheets/{id}/file", this::file));
    }

    /** Every order of a file is priced behind the page that follows. */
    private Answer take(Visit visit) {
        Form.Sent file = visit.file().orElse(null);
        if (file == null) {
            return visit.done("no-file", "/rates");
        }
        String source = visit.form().text("source");
        JsonNode sheet = visit.calls()
                .upload(
                        "/rates/sheets?source=" + Address.part(source) + "&name=" + Address.part(file.name())
                                + "&again=" + visit.form().value("again").isPresent()
                                + Upload.format(visit, source, file.name()),
                        file.path());
        return Headers.go("/rates/sheets/" + Address.part(sheet.path("id").asText()));
    }

    private Answer sheet(Visit visit) {
        String self = "/rates/sheets/" + visit.id();
        String only = visit.query("only").filter("bad"::equals).orElse("");
        JsonNode sheet = visit.calls().get(self);
        boolean atWork = sheet.path("state").asText().equals("comparing");
        JsonNode rows = atWork
                ? NONE
                : visit.calls()
                        .get(self + "/rows?limit=" + PAGE
                                + (only.isEmpty() ? "" : "&result=" + only)
                                + "&cursor="
                                + Address.part(visit.query("cursor").orElse("0")));
        return visit.page(
                visit.isPart() ? "rates-sheet-part" : "rates-sheet",
                Map.of(
                        "sheet",
                        sheet,
                        "rows",
                        rows.path("items"),
                        "totals",
                        totals(sheet.path("totals")),
                        "next",
                        rows.path("next").asText(""),
                        "only",
                        only,
                        "atWork",
                        atWork));
    }

    private Answer file(Visit visit) {
        String format = visit.query("what").filter("csv"::equals).orElse("xlsx");
        return Headers.safe(visit.calls().raw("/rates/sheets/" + visit.id() + "/rows?format=" + format));
    }

    /**
     * What one way of choosing costs for all orders of a currency.
     *
     * @param bar its length, of 100
     * @param saved against today's rules
     */
    public record Total(String way, String amount, String currency, String saved, int bar) {}

    private static List<Total> totals(JsonNode totals) {
        List<Total> all = new ArrayList<>();
        for (JsonNode total : totals) {
            List<String> ways = List.of("today", "cheapest", "fastest", "bestValue");
            BigDecimal most = ways.stream()
                    .map(way -> new BigDecimal(total.path(way).asText()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            BigDecimal today = new BigDecimal(total.path("today").asText());
            for (String way : ways) {
                BigDecimal amount = new BigDecimal(total.path(way).asText());
                int bar = most.signum() > 0 ? (int) Math.round(amount.doubleValue() * 100 / most.doubleValue()) : 0;
                all.add(new Total(
                        way,
                        amount.toPlainString(),
                        total.path("currency").asText(),
                        today.subtract(amount).toPlainString(),
                        bar));
            }
        }
        return all;
    }

    private Answer show(Visit visit) {
        String asked = visit.query("order").orElse("");
        Meant meant = Meant.by(visit, asked);
        JsonNode order = meant.order();
        JsonNode sources = visit.calls().get("/sources").path("items");
        JsonNode compared = order.isEmpty()
                ? NONE
                : visit.calls().send("post", asked(sources, order.path("source").asText()), order.path("order"));
        JsonNode cost = cost(order, compared);
        return visit.page(
                "rates",
                Map.of(
                        "asked",
                        asked,
                        "several",
                        meant.several(),
                        "sources",
                        sources,
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
                        saving(cost, compared)));
    }

    /** As its source would be told; one that is gone, or another namespace's, is not spoken for. */
    static String asked(JsonNode sources, String source) {
        return sources.findValuesAsText("name").contains(source)
                ? "/rates?mapped=true&source=" + Address.part(source)
                : "/rates?mapped=true";
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

    /** What an order costs by today's rules: as it was bought and not given back, else as they would choose. */
    private static JsonNode cost(JsonNode order, JsonNode compared) {
        return StreamSupport.stream(order.path("shipments").spliterator(), false)
                .filter(shipment -> !OVER.contains(shipment.path("status").asText()))
                .map(shipment -> shipment.path("total"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(() -> priceOf(compared, "today"));
    }

    /** What the cheapest would save of that; empty when they cannot be compared. */
    private static String saving(JsonNode cost, JsonNode compared) {
        JsonNode cheapest = priceOf(compared, "cheapest");
        boolean comparable = cost.isObject()
                && cheapest.isObject()
                && cheapest.path("currency").equals(cost.path("currency"));
        return comparable
                ? new BigDecimal(cost.path("amount").asText())
                        .subtract(new BigDecimal(cheapest.path("amount").asText()))
                        .toPlainString()
                : "";
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
