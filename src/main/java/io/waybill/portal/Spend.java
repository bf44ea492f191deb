package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is spent by carrier, service, cost centre or month, and what is to come back, and does not. */
final class Spend {
    static final List<String> WAYS = List.of("carrier", "account", "service", "costCenter", "period");
    private static final List<String> FILTERS = List.of("currency", "since", "until", "account", "cursor");
    private static final int BARS = 24;

    List<Page> pages() {
        return List.of(
                Page.get("/money/spend", this::spend),
                Page.get("/money/spend/export", this::export),
                Page.get("/money/refunds", this::refunds),
                Page.post("/money/refunds", this::writeOff));
    }

    private static Map<String, String> asked(Visit visit) {
        Map<String, String> asked = visit.asked(FILTERS);
        asked.put("by", by(visit));
        return asked;
    }

    private static String by(Visit visit) {
        return visit.query("by").filter(WAYS::contains).orElse(WAYS.get(0));
    }

    private Answer spend(Visit visit) {
        Map<String, String> asked = asked(visit);
        JsonNode sums = visit.calls().get(Address.of("/charges/sums", asked));
        return visit.page(
                "spend",
                Map.of(
                        "asked", asked,
                        "items", sums.path("items"),
                        "rates", sums.path("rates"),
                        "chart", chart(sums.path("items"), by(visit)),
                        "next", Address.next("/money/spend", asked, sums),
                        "export", Address.whole("/money/spend/export", asked)));
    }

    /** Expected beside billed; nothing where currencies would stand beside each other. */
    private static Chart chart(JsonNode items, String by) {
        List<Chart.Step> steps = new ArrayList<>();
        for (JsonNode row : items) {
            if (!row.path("currency").equals(items.at("/0/currency"))) {
                return Chart.of(List.of());
            }
            if (steps.size() < BARS) {
                steps.add(Bars.step(row.path(by).asText(), row.path("expected"), row.path("billed")));
            }
        }
        return Chart.of(steps);
    }

    private Answer export(Visit visit) {
        Map<String, String> asked = asked(visit);
        asked.put("format", "xlsx");
        return Headers.safe(visit.calls().raw(Address.of("/charges/sums", asked)))
                .with("Content-Disposition", "attachment; filename=\"spend.xlsx\"");
    }

    private Answer refunds(Visit visit) {
        Map<String, String> asked = visit.asked(List.of("state", "olderThan", "account", "cursor"));
        JsonNode found = visit.calls().get(Address.of("/refunds", asked));
        return visit.page(
                "refunds",
                Map.of(
                        "asked",
                        asked,
                        "items",
                        found.path("items"),
                        "next",
                        Address.next("/money/refunds", asked, found)));
    }

    private Answer writeOff(Visit visit) {
        if (visit.form().all("id").isEmpty()) {
            return visit.done("none-ticked", Address.own(visit.form().text("back")));
        }
        ObjectNode body = Visit.json().put("reason", visit.form().text("reason"));
        Bulk.each(visit, id -> visit.calls().send("post", "/refunds/" + id + "/writeoff", body));
        return visit.done("written-off", Address.own(visit.form().text("back")));
    }

    /** Amounts as heights. */
    static final class Bars {
        private Bars() {}

        static Chart.Step step(String name, JsonNode first, JsonNode second) {
            String title = name + ": " + first.asText() + " / " + second.asText();
            return new Chart.Step(title, height(first), height(second));
        }

        private static long height(JsonNode amount) {
            return new BigDecimal(amount.asText("0")).abs().movePointRight(2).longValue();
        }
    }
}
