package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The prices of every account for each order of a sheet, and what all of them come to by each way of choosing. */
public final class SheetRates {
    private static final int PAGE = 100;
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    SheetRates() {}

    List<Page> pages() {
        return List.of(
                Page.post("/rates", this::take),
                Page.get("/rates/sheets/{id}", this::show),
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

    private Answer show(Visit visit) {
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
}
