package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The prices for one order, as a table; the cheapest, the fastest and the best value are marked. */
record RatesScreen(Terminal terminal) {
    private static final List<String> COLUMNS =
            List.of("account", "service", "total", "list", "days", "promised", "parts", "note");

    void show(JsonNode rates) {
        terminal.say("rates.order", "orderId", rates.path("orderId").asText());
        Columns table = new Columns(
                COLUMNS.stream().map(column -> text("rates.column." + column)).toList());
        rates.path("quotes").forEach(quote -> table.row(cells(quote, rates)));
        table.lines().forEach(line -> terminal.line("  " + line));
        if (rates.path("cheapest").isNull()) {
            terminal.say("rates.nobody");
        } else {
            terminal.line("  * " + text("rates.best") + ": "
                    + rates.at("/bestValueRule/text").asText());
        }
    }

    private List<String> cells(JsonNode quote, JsonNode rates) {
        return List.of(
                quote.path("account").asText(),
                quote.path("service").asText(),
                money(quote.path("total")),
                money(quote.path("list")),
                quote.path("days").asText(""),
                quote.path("promised").asText(""),
                parts(quote.path("byType")),
                note(quote, rates));
    }

    private String note(JsonNode quote, JsonNode rates) {
        if (quote.has("excluded")) {
            return quote.path("excluded").asText();
        }
        return String.join(
                ", ",
                Stream.of("cheapest", "fastest", "bestValue")
                        .filter(word -> isThis(quote, rates.path(word)))
                        .map(word -> text("rates." + (word.equals("bestValue") ? "best" : word)))
                        .toList());
    }

    private static boolean isThis(JsonNode quote, JsonNode named) {
        return quote.path("account").equals(named.path("account"))
                && quote.path("service").equals(named.path("service"));
    }

    private static String parts(JsonNode byType) {
        List<String> parts = new ArrayList<>();
        byType.properties()
                .forEach(part -> parts.add(part.getKey() + " " + part.getValue().asText()));
        return String.join(" + ", parts);
    }

    private static String money(JsonNode money) {
        return money.hasNonNull("amount")
                ? money.path("amount").asText() + " " + money.path("currency").asText()
                : "";
    }

    private String text(String key) {
        return Messages.in(terminal.language()).text(key);
    }
}
