package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.cli.Desk;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rates FILE}, on the database of a hub that does not run: one account by its sheet, one whose carrier is away. */
class RatesCommandTest {
    @TempDir
    Path folder;

    @Test
    void every_account_is_compared_the_reasons_are_told_and_the_prices_are_kept() throws IOException {
        Path config = config();
        Path file = Files.writeString(folder.resolve("orders.ndjson"), """
                {"orderId":"SO-1","shipTo":{"name":"Jane Roe","line1":"1 Main St","city":"Austin","state":"TX","postalCode":"78701","country":"US"},"parcels":[{"weight":{"value":1.2,"unit":"kg"}}]}
                {"orderId":"SO-2","shipTo":{"name":"Jane Roe","line1":"1 Main St","city":"Austin","state":"TX","postalCode":"78701","country":"US"}}
                """);

        CommandRun run = CommandRun.of("rates", file.toString(), "--config", config.toString(), "--lang", "en");
        CommandRun chinese = CommandRun.of("rates", file.toString(), "--config", config.toString(), "--lang", "zh");

        assertThat(run.code()).isOne();
        assertThat(run.out())
                .containsPattern("paper +economy +[0-9.]+ USD +[0-9.]+ USD +5 .*cheapest")
                .containsPattern("paper +express +[0-9.]+ USD .*fastest")
                .containsPattern("away +\\* +.*no price came")
                .contains("2 documents, 1 compared, 1 with problems");
        assertThat(run.err()).contains("row 2: order SO-2").contains("parcels is missing");
        assertThat(chinese.out()).contains("未给出价格").contains("最便宜");

        JsonNode kept = call(config, "/rates?orderId=SO-1");
        assertThat(kept.path("items")).hasSize(6);
        assertThat(kept.at("/items/0/quotedAt").asText()).isNotEmpty();
        assertThat(kept.path("items").findValuesAsText("excluded")).contains("no-price-told");
        assertThat(kept.path("expected")).isEmpty();
    }

    @Test
    void as_json_nothing_stands_among_the_answers_that_is_none() throws IOException {
        String draft = "mappings/acme-orders/draft.csv";
        CommandRun run =
                CommandRun.of("rates", draft, "--mapping", "acme-orders", "--json", "--config", config().toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("not released");
    }

    @Test
    void what_is_told_of_a_document_that_is_mapped_is_told_beside_its_prices() throws IOException {
        String header = "order_no;cust_ref;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;state;"
                + "picker_id;sku;descr;qty;price;weight_g";
        String line = "A-1;;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;US;;STD;;;%s;Cup;1;1,00;";
        Path file = Files.writeString(
                folder.resolve("orders.csv"),
                header + "\n" + line.formatted("C-1") + "300\n"
                        + line.formatted("C-2").replaceAll(";$", "") + "\n");

        CommandRun run = CommandRun.of(
                "rates", file.toString(), "--mapping", "acme-orders", "--config", config().toString(), "--lang", "en");

        assertThat(run.err()).contains("orders.csv, row 3: ").contains("weight_g");
    }

    @Test
    void a_dry_run_marks_the_price_that_the_order_would_be_bought_at_and_says_why_others_have_none()
            throws IOException {
        JsonNode cheapest = dryRun("cheapest", "en");
        JsonNode fastest = dryRun("fastest", "zh");

        assertThat(best(cheapest)).isEqualTo("economy");
        assertThat(best(fastest)).isEqualTo("express");
        assertThat(excluded(cheapest)).contains("no price came");
        assertThat(excluded(fastest)).contains("未给出价格");
    }

    private static String best(JsonNode dry) {
        return StreamSupport.stream(dry.path("rates").spliterator(), false)
                .filter(rate -> rate.path("best").asBoolean())
                .map(rate -> rate.at("/rate/service").asText())
                .collect(Collectors.joining(", "));
    }

    private static String excluded(JsonNode dry) {
        return String.join(", ", dry.path("rates").findValuesAsText("excluded"));
    }

    private JsonNode dryRun(String service, String language) throws IOException {
        byte[] order = """
                {"orderId":"SO-1","service":"%s","shipTo":{"name":"Jane Roe","line1":"1 Main St","city":"Austin","state":"TX","postalCode":"78701","country":"US"},"parcels":[{"weight":{"value":1.2,"unit":"kg"}}]}
                """.formatted(service).getBytes(StandardCharsets.UTF_8);
        try (Desk desk = new HubWiring().deskOrNew(Settings.read(config(), Map.of(), Map.of()))) {
            Desk.Reply reply = desk.call("post", "/orders?dryRun=true", order, Locale.forLanguageTag(language));
            assertThat(reply.isOk()).as(reply.body().toString()).isTrue();
            return Json.mapper().readTree(reply.body().toString());
        }
    }

    private static JsonNode call(Path config, String path) throws IOException {
        try (Desk desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()))) {
            Desk.Reply reply = desk.call("get", path, new byte[0], Locale.ENGLISH);
            assertThat(reply.isOk()).as(reply.body().toString()).isTrue();
            return Json.mapper().readTree(reply.body().toString());
        }
    }

    private Path config() throws IOException {
        return Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%1$s/data
                waybill.mappings.dir=mappings
                account.paper.adapter=sandbox
                account.paper.baseUrl=http://127.0.0.1:9
                account.paper.rateSheet=rates/example
                account.away.adapter=sandbox
                account.away.baseUrl=http://127.0.0.1:9
                service.ground=paper:economy
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """.formatted(folder));
    }
}
