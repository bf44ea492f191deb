package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.order.Json;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sheets that are compared over REST, on a hub that runs: its source {@code acme-desk} reads semicolon CSV. */
interface SheetRatesOverRest {
    URI hub();

    @Test
    default void a_whole_sheet_is_compared_in_the_background_and_given_back_as_a_table() throws Exception {
        String sheet = rows("=C-", 130, "STD") + rows("D-", 1, "BOAT");

        HttpResponse<String> handed = hand(sheet, "name=october.csv");
        assertThat(handed.statusCode()).as(handed.body()).isEqualTo(202);
        String self = handed.headers().firstValue("Location").orElseThrow();
        JsonNode done = once(self);

        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.at("/progress/documents").asInt()).isEqualTo(131);
        assertThat(done.at("/progress/percent").asInt()).isEqualTo(100);
        assertThat(done.at("/results/priced").asInt()).isEqualTo(130);
        assertThat(done.at("/results/bad").asInt()).isEqualTo(1);
        assertThat(done.path("problems")).isEmpty();
        JsonNode total = done.at("/totals/0");
        assertThat(total.path("orders").asInt()).isEqualTo(130);
        JsonNode first = json(self + "/rows?limit=100");
        assertThat(first.path("items")).hasSize(100);
        assertThat(json(self + "/rows?cursor=" + first.path("next").asText()).path("items"))
                .hasSize(31);
        assertThat(new BigDecimal(first.at("/items/0/cheapest/total/amount").asText())
                        .multiply(BigDecimal.valueOf(130)))
                .isEqualByComparingTo(total.path("cheapest").asText());
        JsonNode bad = json(self + "/rows?result=bad").path("items");
        assertThat(bad).hasSize(1);
        assertThat(bad.at("/0/row").asText()).isEqualTo("132");
        assertThat(bad.at("/0/orderId").asText()).as("as a batch names it").isEqualTo("D-1");
        assertThat(bad.at("/0/problems/0/detail").asText()).contains("BOAT");
        assertThat(get(self + "/rows?format=csv", "zh-CN").body())
                .startsWith("\uFEFF行,订单号,现行规则: 账号,")
                .contains("'=C-1,sandbox,ground,", "BOAT");
        workbookHolds(self + "/rows?format=xlsx", 132);
        assertThat(json("/v1/rates/sheets?source=acme-desk").path("items").findValuesAsText("id"))
                .contains(done.path("id").asText());

        HttpResponse<String> same = hand(sheet, "name=another-name.csv");
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.headers().firstValue("Location")).hasValue(self);
        assertThat(hand(sheet, "again=true").statusCode()).isEqualTo(202);
        assertThat(once(self).at("/totals/0/orders").asInt()).isEqualTo(130);
    }

    @Test
    default void a_comparison_nobody_asked_for_and_a_wrong_word_are_said_so() throws Exception {
        assertThat(get("/v1/rates/sheets/cmp_0", "en").statusCode()).isEqualTo(404);
        assertThat(hand("x", "format=pdf").statusCode()).isEqualTo(400);
        String failed =
                hand("", "name=empty.csv").headers().firstValue("Location").orElseThrow();
        assertThat(once(failed).path("problems")).isNotEmpty();
        assertThat(get(failed + "/rows?result=good", "en").statusCode()).isEqualTo(400);
    }

    private void workbookHolds(String path, int rows) throws Exception {
        byte[] workbook = BatchesOverRest.Http.CLIENT
                .send(to(path).build(), BodyHandlers.ofByteArray())
                .body();
        int documents = 0;
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(workbook), "back.xlsx", Reading.of(Format.XLSX))) {
            assertThat(reader.columns()).startsWith("row", "order number", "today's rules: account");
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents++;
            }
        }
        assertThat(documents).isEqualTo(rows - 1);
    }

    private static String rows(String prefix, int count, String service) {
        String header = prefix.startsWith("D") ? "" : BatchesOverRest.HEADER;
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> prefix + i + ";;released;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;USA;;"
                        + service + ";A-1;Mug;1;12,50;350;17\n")
                .collect(Collectors.joining("", header, ""));
    }

    private JsonNode once(String self) {
        return await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> json(self), sheet -> !sheet.path("state").asText().equals("comparing"));
    }

    private HttpResponse<String> hand(String sheet, String query) throws Exception {
        return BatchesOverRest.Http.CLIENT.send(
                to("/v1/rates/sheets?source=acme-desk&" + query)
                        .POST(BodyPublishers.ofString(sheet))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String language) throws Exception {
        return BatchesOverRest.Http.CLIENT.send(
                to(path).header("Accept-Language", language).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private JsonNode json(String path) throws Exception {
        return Json.mapper().readTree(get(path, "en").body());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(hub().resolve(path));
    }
}
