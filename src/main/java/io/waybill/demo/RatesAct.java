package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What five carriers would charge: for one order by REST, for a sheet by the command {@code rates}; nothing is bought. */
final class RatesAct implements Act {
    private static final int ACCOUNTS = 5;
    private static final int ORDERS = 6;

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        try (RatedCarriers carriers = new RatedCarriers()) {
            Path folder = stage.world.folder.resolve("rates");
            Files.createDirectories(folder.resolve("routes"));
            Settings settings = settings(stage, folder, carriers.url());
            Demo.Running hub = stage.machine.start(settings);
            try {
                one(stage, new Caller(hub.port(), "Accept-Language", stage.language()));
                sheet(stage, folder);
            } finally {
                hub.stop().run();
            }
        }
    }

    private static Settings settings(Stage stage, Path folder, String carriers) throws IOException {
        Path file = Files.writeString(
                folder.resolve("waybill.properties"),
                Samples.read(
                        "rates/rates.properties",
                        "folder",
                        World.slashes(folder),
                        "home",
                        World.slashes(stage.home()),
                        "carriers",
                        carriers,
                        "key",
                        "file:" + World.slashes(World.secret(folder.resolve("carrier-key"), "demo"))));
        return Settings.read(file, Map.of(), Map.of());
    }

    private static void one(Stage stage, Caller hub) throws Exception {
        stage.say("rates.one", "accounts", ACCOUNTS);
        Reply reply = hub.send("POST", "/v1/rates", Samples.read("rates/order.json"));
        JsonNode rates = reply.json();
        stage.quote(row((Object[]) stage.words("rates.columns").split(",")));
        quotes(rates)
                .forEach(quote -> stage.quote(row(
                        quote.path("account").asText(),
                        quote.path("service").asText(),
                        amount(quote, "total"),
                        amount(quote, "list"),
                        quote.path("days").asText(""),
                        quote.path("promised").asText(""),
                        note(stage, quote, rates))));
        stage.quote(rates.at("/bestValueRule/text").asText());
        long accounts = quotes(rates)
                .map(quote -> quote.path("account").asText())
                .distinct()
                .count();
        long excluded = quotes(rates).filter(quote -> quote.has("excluded")).count();
        stage.fact(
                reply.status() == 200 && accounts == ACCOUNTS,
                "rates.answer",
                "status",
                reply.status(),
                "quotes",
                quotes(rates).count() - excluded,
                "excluded",
                excluded);
        BigDecimal least = priced(rates)
                .map(RatesAct::total)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        BigDecimal cheapest = total(named(rates, "cheapest").orElseThrow());
        stage.fact(cheapest.compareTo(least) == 0, "rates.least", "amount", cheapest);
        int soonest = priced(rates).mapToInt(RatesAct::days).min().orElseThrow();
        int fastest = days(named(rates, "fastest").orElseThrow());
        stage.fact(fastest == soonest, "rates.soonest", "days", fastest);
    }

    private static void sheet(Stage stage, Path folder) throws Exception {
        Path sheet = Files.writeString(folder.resolve("orders.csv"), Samples.read("rates/orders.csv"));
        String config = folder.resolve("waybill.properties").toString();
        stage.say("rates.sheet", "file", sheet);
        Demo.Printed printed =
                stage.machine.run("rates", sheet.toString(), "--source", "sheet", "--json", "--config", config);
        List<JsonNode> orders = new ArrayList<>();
        for (String line : printed.out().lines().toList()) {
            orders.add(Json.mapper().readTree(line));
        }
        for (JsonNode rates : orders) {
            JsonNode cheapest = named(rates, "cheapest").orElseThrow();
            stage.quote("%-8s %-6s %-26s %8s %s"
                    .formatted(
                            rates.path("orderId").asText(),
                            cheapest.path("account").asText(),
                            cheapest.path("service").asText(),
                            cheapest.at("/total/amount").asText(),
                            cheapest.at("/total/currency").asText()));
        }
        stage.fact(
                printed.code() == 0 && orders.size() == ORDERS,
                "rates.compared",
                "orders",
                orders.size(),
                "total",
                sum(orders.stream().flatMap(rates -> named(rates, "cheapest").stream())));
        always(stage, orders);
    }

    /** Only orders that UPS Ground takes are compared with it. */
    private static void always(Stage stage, List<JsonNode> orders) {
        List<JsonNode> taken =
                orders.stream().filter(rates -> ground(rates).isPresent()).toList();
        BigDecimal always = sum(taken.stream().flatMap(rates -> ground(rates).stream()));
        BigDecimal cheapest = sum(taken.stream().flatMap(rates -> named(rates, "cheapest").stream()));
        stage.fact(
                !taken.isEmpty() && cheapest.compareTo(always) < 0,
                "rates.always",
                "orders",
                taken.size(),
                "always",
                always,
                "cheapest",
                cheapest,
                "saved",
                always.subtract(cheapest));
    }

    private static Optional<JsonNode> ground(JsonNode rates) {
        return priced(rates).filter(quote -> is(quote, "ups", "ground")).findFirst();
    }

    /** The quote that the answer names so. */
    private static Optional<JsonNode> named(JsonNode rates, String word) {
        JsonNode named = rates.path(word);
        return priced(rates)
                .filter(quote -> is(
                        quote,
                        named.path("account").asText(),
                        named.path("service").asText()))
                .findFirst();
    }

    private static boolean is(JsonNode quote, String account, String service) {
        return quote.path("account").asText().equals(account)
                && quote.path("service").asText().equals(service);
    }

    private static Stream<JsonNode> quotes(JsonNode rates) {
        return StreamSupport.stream(rates.path("quotes").spliterator(), false);
    }

    private static Stream<JsonNode> priced(JsonNode rates) {
        return quotes(rates).filter(quote -> !quote.has("excluded"));
    }

    private static BigDecimal total(JsonNode quote) {
        return new BigDecimal(quote.at("/total/amount").asText());
    }

    private static int days(JsonNode quote) {
        return quote.path("days").asInt(Integer.MAX_VALUE);
    }

    private static BigDecimal sum(Stream<JsonNode> quotes) {
        return quotes.map(RatesAct::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String amount(JsonNode quote, String field) {
        return quote.path(field).path("amount").asText("");
    }

    private static String note(Stage stage, JsonNode quote, JsonNode rates) {
        return quote.has("excluded")
                ? quote.path("excluded").asText()
                : Stream.of("cheapest", "fastest", "bestValue")
                        .filter(word -> named(rates, word).filter(quote::equals).isPresent())
                        .map(word -> stage.words("rates." + word))
                        .collect(Collectors.joining(", "));
    }

    private static String row(Object... cells) {
        return "%-8s %-15s %8s %8s %4s  %-10s  %s".formatted(cells).stripTrailing();
    }
}
