package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The first page: the last 24 hours, what is open, and what is wrong. It looks again by itself every 15 seconds. */
final class Today {
    List<Page> pages() {
        return List.of(Page.get("/", this::show));
    }

    private Answer show(Visit visit) {
        JsonNode today = visit.calls().get("/today");
        Texts texts = Texts.in(visit.request().language());
        Formats formats = new Formats(texts, visit.request().language());
        List<Chart.Step> steps = new ArrayList<>();
        for (JsonNode hour : today.path("hours")) {
            long received = hour.path("received").asLong();
            long labelled = hour.path("labelled").asLong();
            String title = texts.text(
                    "today.hour",
                    "hour",
                    formats.clock(hour.path("at").asText()),
                    "received",
                    formats.number(BigDecimal.valueOf(received)),
                    "labelled",
                    formats.number(BigDecimal.valueOf(labelled)));
            steps.add(new Chart.Step(title, received, labelled));
        }
        String template = visit.isPart() ? "today-part" : "today";
        return visit.page(
                template,
                Map.of(
                        "today", today,
                        "accounts", worstFirst(visit.calls().get("/accounts").path("items")),
                        "chart", Chart.of(steps)));
    }

    /** Among many accounts those that buy nothing now are not to be looked for. */
    static List<JsonNode> worstFirst(JsonNode accounts) {
        return StreamSupport.stream(accounts.spliterator(), false)
                .sorted(Comparator.comparing(account -> account.path("on").asBoolean()
                        && account.at("/health/available").asBoolean()))
                .toList();
    }
}
