package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An assessment as a page: the advice, what is shipped, what it would cost, and how ready the documents are.
 *
 * @param noSheets what is said where there was no rate sheet to price by
 */
record AssessPage(Locale language, String noSheets) {
    Page of(String file, JsonNode assessment) {
        Page page = new Page(text("assess.title", "file", file));
        advice(page.section(text("assess.advice")), assessment.path("advice"));
        profile(page.section(text("assess.profile")), assessment.path("profile"));
        rates(page.section(text("assess.rates")), assessment.path("rates"));
        if (assessment.has("bill")) {
            new BillPart(language).addTo(page, assessment.path("bill"));
        }
        new ReadinessPage(language).addTo(page, assessment);
        return page;
    }

    private void advice(Page.Section section, JsonNode advice) {
        section.say(advice.path("text").asText());
        advice.path("evidence")
                .forEach(one -> section.mark(
                        Page.Speaks.of(one.path("met").asBoolean()),
                        text("assess.step." + one.path("step").asText()) + ": "
                                + one.path("text").asText()));
    }

    private void profile(Page.Section section, JsonNode profile) {
        section.say(text("assess.volume", Facts.of(profile, "orders", "parcels", "span", "perDay", "perMonth")));
        if (profile.has("peak")) {
            section.say(text("assess.peak", Facts.of(profile.path("peak"), "day", "orders")));
        }
        if (profile.path("undated").asLong() > 0) {
            section.say(
                    text("assess.undated", "undated", profile.path("undated").asText()));
        }
        section.say(text("assess.abroad", "abroad", profile.path("abroad").asText()));
        if (profile.hasNonNull("averageKg")) {
            section.say(text(
                    "assess.weight",
                    "average",
                    profile.path("averageKg").asText(),
                    "weighed",
                    profile.path("weighed").asText()));
        }
        section.bars(text("assess.weights"), bars(profile.path("weights")));
        section.bars(text("assess.days"), bars(profile.path("byDay")));
        section.bars(text("assess.hours"), bars(profile.path("byHour")));
        section.bars(text("assess.countries"), bars(profile.path("countries")));
        section.bars(text("assess.services"), bars(profile.path("services")));
    }

    private void rates(Page.Section section, JsonNode rates) {
        if (rates.path("sheets").isEmpty()) {
            section.say(noSheets);
            return;
        }
        section.say(text(
                "assess.priced",
                "orders",
                rates.path("orders").asText(),
                "sheets",
                ReadinessPage.each(rates.path("sheets")).map(JsonNode::asText).collect(Collectors.joining(", ")),
                "unpriced",
                rates.path("unpriced").asText()));
        section.table(
                List.of("name", "priced", "total", "list", "average", "chosen", "zones", "excluded").stream()
                        .map(column -> text("assess.column." + column))
                        .toList(),
                ReadinessPage.each(rates.path("services"))
                        .map(one -> row(one, rates.path("chosen")))
                        .toList());
        String sums = ReadinessPage.each(rates.path("cheapest"))
                .map(sum ->
                        sum.path("amount").asText() + " " + sum.path("currency").asText())
                .collect(Collectors.joining(" + "));
        if (!sums.isEmpty()) {
            section.say(text("assess.cheapest", "sums", sums));
        }
    }

    private static List<String> row(JsonNode one, JsonNode chosen) {
        String name = one.path("name").asText();
        String currency = one.path("currency").asText("");
        return List.of(
                name,
                one.path("priced").asText(),
                one.has("total") ? one.path("total").asText() + " " + currency : "-",
                one.has("list") ? one.path("list").asText() + " " + currency : "-",
                one.path("average").asText("-"),
                ReadinessPage.each(chosen)
                        .filter(best -> best.path("word").asText().equals(name))
                        .map(best -> best.path("count").asText())
                        .findFirst()
                        .orElse("0"),
                ReadinessPage.counts(one.path("zones")),
                ReadinessPage.each(one.path("excluded"))
                        .map(reason -> reason.path("text").asText() + " "
                                + reason.path("count").asText())
                        .collect(Collectors.joining(", ")));
    }

    private static List<Page.Bar> bars(JsonNode counts) {
        return ReadinessPage.each(counts)
                .limit(62)
                .map(one -> new Page.Bar(
                        one.path("word").asText(), one.path("count").asLong()))
                .toList();
    }

    private String text(String key, Object... namesAndValues) {
        return Messages.in(language).text(key, namesAndValues);
    }
}
