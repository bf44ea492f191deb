package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.PricesByHand.Offer;
import io.waybill.carrier.GeneratedSheets;
import io.waybill.carrier.PrintedSheet;
import io.waybill.carrier.PrintedSheet.Box;
import io.waybill.carrier.PrintedSheet.Place;
import io.waybill.carrier.PrintedSheet.Sent;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three accounts by their generated sheets: what the prices are, who is chosen, and what is written down of it, is the same in every
 * place that tells it, and what one comes to by hand. {@code -Dprices.seed=17} plays others.
 */
class AnyPriceTest {
    private static final int ORDERS = Integer.getInteger("prices.orders", 12);
    private static final Map<String, String> STATES =
            Map.of("787", "TX", "100", "NY", "005", "NY", "995", "AK", "900", "CA");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Random random = new Random(Long.getLong("prices.seed", 1) * 7_919_123_457L);
    private final GeneratedSheets generated = new GeneratedSheets(random);
    private final Map<String, PrintedSheet> sheets = new LinkedHashMap<>();
    private final PricesByHand prices = new PricesByHand(sheets);

    @TempDir
    Path folder;

    @Test
    void the_price_and_the_choice_are_the_same_wherever_they_are_told() throws Exception {
        try (SandboxServer sandbox = SandboxServer.start(folder.resolve("book.jsonl"), 0, SandboxPace.DEFAULT);
                OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), settings(sandbox))) {
            int bought = 0;
            for (int n = 0; n < ORDERS; n++) {
                Sent sent = sent();
                String service = generated.one(List.of("cheapest", "fastest", "express"));
                ObjectNode order = order("SO-" + n, sent, service);
                List<Offer> offers = prices.offers(sent);
                Map<String, String> ways = PricesByHand.ways(offers);
                Optional<Offer> choice = PricesByHand.choice(offers, service);
                String seen = "order " + n + " " + order + " " + offers;

                JsonNode asked = json(hub.postTo("/v1/rates", order.toString()));
                assertThat(quotes(asked)).as(seen).isEqualTo(prices.quotes(sent));
                ways.forEach((way, name) -> assertThat(name(asked.path(way)))
                        .as(way + " of " + seen)
                        .isEqualTo(name));
                assertThat(name(asked.path("today")))
                        .as("today of %s", seen)
                        .isEqualTo(choice.map(Offer::name).orElse(""));

                JsonNode dry = json(hub.postTo("/v1/orders?dryRun=true", order.toString()));
                assertThat(dry.path("rates").findValuesAsText("best").contains("true"))
                        .as(seen)
                        .isEqualTo(!ways.getOrDefault("cheapest", "").isEmpty());
                if (choice.isPresent()) {
                    bought(hub, order, choice.get(), !service.equals("express"), seen);
                    bought++;
                }
            }
            assertThat(bought).as("enough are bought").isGreaterThan(ORDERS / 4);
        }
    }

    private String settings(SandboxServer sandbox) throws IOException {
        StringBuilder settings = new StringBuilder("""
                dispatch.dayWorth=7.5
                account.sandbox.namespaces=other
                rules=by-hand
                rule.by-hand.services=express
                rule.by-hand.account=second
                rule.by-hand.use=express
                """);
        for (String account : List.of("paper", "second", "third")) {
            String currency = account.equals("third") ? generated.one(List.of("EUR", "JPY", "KWD")) : "USD";
            PrintedSheet sheet = generated.sheet(currency);
            sheets.put(account, sheet);
            sheet.write(folder.resolve(account));
            settings.append("""
                    account.%1$s.adapter=sandbox
                    account.%1$s.baseUrl=%2$s
                    account.%1$s.settle=200ms
                    account.%1$s.rateSheet=%3$s
                    """.formatted(account, sandbox.url(), folder.resolve(account)));
        }
        return settings.toString();
    }

    /** What an order may say. */
    private Sent sent() {
        while (true) {
            Sent sent = generated.sent();
            boolean weighs = sent.boxes().stream().allMatch(box -> box.kg().signum() > 0);
            if (weighs && STATES.containsKey(begin(sent.to())) && STATES.containsKey(begin(sent.from()))) {
                return sent;
            }
        }
    }

    /** Its price is written down with the order, and adds up to the same in every sum. */
    private static void bought(OneHub hub, ObjectNode order, Offer choice, boolean compared, String seen)
            throws Exception {
        String orderId = order.path("orderId").asText();
        JsonNode taken = json(hub.postBody(order.toString(), "Prefer", "wait=20"));
        String uid = taken.has("order")
                ? taken.at("/order/id").asText()
                : taken.path("id").asText();
        await().atMost(LONG)
                .until(() ->
                        hub.json("/v1/orders/" + uid).path("status").asText().equals("labelled"));
        JsonNode kept = hub.json("/v1/orders/" + uid);
        assertThat(kept.at("/shipments/0/account").asText() + " "
                        + kept.at("/shipments/0/service").asText())
                .as(seen)
                .isEqualTo(choice.name());
        BigDecimal quoted = compared ? choice.amount() : BigDecimal.ZERO;
        JsonNode charges = hub.json("/v1/charges?orderId=" + orderId).path("items");
        assertThat(sum(charges, "quoted", choice.currency())).as(seen).isEqualByComparingTo(quoted);
        for (String by : List.of("order", "shipment,order", "service,order,account")) {
            JsonNode sums = hub.json("/v1/charges/sums?by=" + by).path("items");
            assertThat(of(sums, "order", orderId, choice.currency())
                            .map(row -> new BigDecimal(row.path("quoted").asText()))
                            .orElse(BigDecimal.ZERO))
                    .as(by + " " + seen)
                    .isEqualByComparingTo(quoted);
        }
        if (compared) {
            JsonNode story = hub.json("/v1/rates?orderId=" + orderId).path("items");
            assertThat(chosen(story))
                    .as(seen)
                    .containsExactly(
                            choice.name() + " " + PricesByHand.plain(choice.amount()) + " " + choice.currency());
            JsonNode row = of(hub.json("/v1/crosswalk").path("items"), "orderId", orderId, choice.currency())
                    .orElseThrow();
            assertThat(row.path("quoted").asText()).as(seen).isEqualTo(PricesByHand.plain(quoted));
            assertThat(hub.get("/v1/crosswalk?format=csv").body().lines().filter(line -> line.contains(orderId + ",")))
                    .as(seen)
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("," + choice.currency() + "," + PricesByHand.plain(quoted) + ","));
            assertThat(hub.get("/orders/" + uid).body()).as(seen).contains(PricesByHand.plain(quoted));
        }
    }

    private static List<String> chosen(JsonNode quotes) {
        List<String> chosen = new ArrayList<>();
        quotes.forEach(quote -> {
            if (quote.path("chosen").asBoolean()) {
                chosen.add(name(quote) + " " + quote.path("total").asText() + " "
                        + quote.path("currency").asText());
            }
        });
        return chosen;
    }

    private static BigDecimal sum(JsonNode charges, String side, String currency) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode charge : charges) {
            boolean counts = charge.path("side").asText().equals(side)
                    && charge.path("currency").asText().equals(currency);
            sum = counts ? sum.add(new BigDecimal(charge.path("amount").asText())) : sum;
        }
        return sum;
    }

    private static Optional<JsonNode> of(JsonNode rows, String key, String value, String currency) {
        for (JsonNode row : rows) {
            if (row.path(key).asText().equals(value)
                    && row.path("currency").asText().equals(currency)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static List<String> quotes(JsonNode asked) {
        List<String> quotes = new ArrayList<>();
        asked.path("quotes")
                .forEach(quote -> quotes.add(name(quote) + " "
                        + (quote.has("excluded")
                                ? quote.path("code").asText()
                                : money(quote.path("total")) + " " + money(quote.path("list")) + " "
                                        + quote.path("promised").asText())));
        return quotes;
    }

    private static String money(JsonNode money) {
        return money.path("amount").asText() + " " + money.path("currency").asText();
    }

    private static String name(JsonNode named) {
        return (named.path("account").asText("") + " " + named.path("service").asText("")).strip();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Json.mapper().readTree(answer.body());
    }

    private static String begin(Place place) {
        return place.postal().substring(0, Math.min(3, place.postal().length()));
    }

    private static ObjectNode order(String orderId, Sent sent, String service) {
        ObjectNode order =
                Json.mapper().createObjectNode().put("orderId", orderId).put("service", service);
        ObjectNode to = address(order.putObject("shipTo"), sent.to().postal());
        to.put("residential", sent.atHome());
        address(order.putObject("shipFrom"), sent.from().postal());
        ArrayNode parcels = order.putArray("parcels");
        for (Box box : sent.boxes()) {
            ObjectNode parcel = parcels.addObject();
            parcel.putObject("weight").put("value", box.kg()).put("unit", "kg");
            if (!box.mm().isEmpty()) {
                parcel.putObject("dimensions")
                        .put("length", box.mm().get(2))
                        .put("width", box.mm().get(0))
                        .put("height", box.mm().get(1))
                        .put("unit", "mm");
            }
        }
        order.putObject("options")
                .put("signature", sent.signature() ? "direct" : "none")
                .put("saturday", sent.saturday())
                .put("shipDate", sent.day().toString());
        return order;
    }

    private static ObjectNode address(ObjectNode address, String postal) {
        return address.put("name", "Jane Roe")
                .put("line1", "1 Main St")
                .put("city", "Town")
                .put("state", STATES.getOrDefault(postal.substring(0, 3), ""))
                .put("postalCode", postal)
                .put("country", "US");
    }
}
