package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import io.waybill.order.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

/** Files of many orders over REST, on a hub that runs: its source {@code acme-desk} reads semicolon CSV. */
interface BatchesOverRest {
    String HEADER =
            "order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id\n";

    URI hub();

    @Test
    default void a_file_is_priced_first_bought_once_and_given_back_row_by_row() throws Exception {
        String file = HEADER + row("B-1", "STD") + row("B-2", "BOAT") + row("B-3", "EXP");

        HttpResponse<String> handed = upload(file, "dryRun=true&name=orders.csv");
        assertThat(handed.statusCode()).isEqualTo(202);
        String self = handed.headers().firstValue("Location").orElseThrow();
        JsonNode looked = once(self, batch -> batch.path("state").asText().equals("checked"));
        assertThat(looked.at("/dryRun/results/accepted").asInt()).isEqualTo(2);
        assertThat(looked.at("/dryRun/bad").asInt()).isEqualTo(1);
        assertThat(looked.at("/dryRun/priced").asInt()).isEqualTo(2);
        assertThat(looked.at("/dryRun/totals/0/amount").asDouble()).isPositive();
        assertThat(json("/v1/orders?orderId=B-1").path("items")).isEmpty();
        JsonNode foreseen = json(self + "/results").path("items");
        assertThat(foreseen).hasSize(3);
        assertThat(foreseen.get(0).path("status").asText()).isEqualTo("ready");
        assertThat(foreseen.get(0).has("id")).isTrue();
        assertThat(foreseen.get(0).path("id").isNull())
                .as("there is no order yet")
                .isTrue();
        assertThat(foreseen.get(0).path("service").asText()).isEqualTo("sandbox:ground");
        assertThat(foreseen.get(2).at("/charge/currency").asText()).isEqualTo("USD");
        assertThat(text(self + "/errors"))
                .contains("B-2;", "BOAT", "waybill_reason")
                .doesNotContain("B-1;");
        assertThat(get(self + "/labels").statusCode()).isEqualTo(404);

        assertThat(commit(self, "{}").body()).contains("batch-has-bad-rows");
        assertThat(commit(self, "{\"rows\": \"good\", \"maxAmount\": \"9000\"}").body())
                .contains("unknown-field", "\"/maxAmount\"");
        assertThat(commit(self, "{\"rows\": \"good\", \"maxTotal\": {\"amount\": \"9000\", \"curency\": \"EUR\"}}")
                        .body())
                .contains("unknown-field", "\"/maxTotal/curency\"");
        HttpResponse<String> above = commit(self, "{\"rows\": \"good\", \"maxTotal\": \"0.01\"}");
        assertThat(above.statusCode()).isEqualTo(409);
        assertThat(json(above).path("detail").asText())
                .matches("the good orders cost .* USD together, .* 0\\.01 USD .*");
        assertThat(json("/v1/orders?orderId=B-1").path("items")).isEmpty();

        HttpResponse<String> committed =
                commit(self, "{\"rows\": \"good\", \"maxTotal\": {\"amount\": \"9000\", \"currency\": \"USD\"}}");
        assertThat(committed.statusCode()).isEqualTo(202);
        JsonNode done = once(self, batch -> isDone(batch, 2));
        assertThat(done.at("/results/rejected").asInt()).isEqualTo(1);
        assertThat(json("/v1/orders?orderId=B-2").path("items")).isEmpty();
        HttpResponse<String> again = commit(self, "{\"rows\": \"good\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        HttpResponse<String> same = upload(file, "name=another-name.csv");
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.headers().firstValue("Location")).hasValue(self);
        assertThat(json(self).at("/results/accepted").asInt()).isEqualTo(2);

        String number = json("/v1/orders?orderId=B-1")
                .at("/items/0/shipments/0/trackingNumbers/0")
                .asText();
        JsonNode row = json(self + "/results").at("/items/0");
        assertThat(row.path("trackingNumber").asText()).isEqualTo(number);
        assertThat(row.at("/charge/amount").asDouble()).isPositive();
        List<List<String>> sheet = cells(bytes(self + "/results?format=xlsx", "zh-CN"));
        assertThat(sheet.get(0)).startsWith("order_no").endsWith("状态", "运单号", "渠道", "费用", "标签链接", "原因");
        assertThat(sheet).hasSize(4);
        assertThat(sheet.get(1)).startsWith("B-1").contains("已出面单", number);
        assertThat(sheet.get(2)).startsWith("B-2").contains("未接收");
        assertThat(new String(bytes(self + "/results?format=csv", "en"), StandardCharsets.UTF_8))
                .startsWith("\uFEFForder_no;")
                .contains(";tracking number;", ";labelled;" + number + ";sandbox:ground;", "BOAT");
        HttpResponse<String> labels = get(self + "/labels");
        assertThat(labels.headers().firstValue("X-Labels")).hasValue("2");
        assertThat(labels.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''orders-labels.pdf");
        try (PDDocument pdf = Loader.loadPDF(bytes(self + "/labels", "en"))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
        }
        assertThat(entries(bytes(self + "/labels?format=zip", "en")))
                .containsExactly("00002-B-1-1.pdf", "00004-B-3-1.pdf");
        HttpResponse<String> rest = get(self + "/labels?cursor=1&limit=2");
        assertThat(rest.headers().firstValue("X-Labels")).hasValue("1");
        assertThat(rest.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''orders-2-3-labels.pdf");
        assertThat(entries(bytes(self + "/labels?format=zip&limit=1", "en"))).containsExactly("00002-B-1-1.pdf");
        HttpResponse<String> bad = get(self + "/labels?cursor=1&limit=1");
        assertThat(bad.statusCode()).isEqualTo(404);
        assertThat(bad.body()).contains("batch-no-labels", "its documents 2");
        assertThat(bad.headers().firstValue("Retry-After"))
                .as("no label will come of a bad row")
                .isEmpty();
        HttpResponse<String> beyond = get(self + "/labels?cursor=3&limit=1");
        assertThat(beyond.statusCode()).isEqualTo(404);
        assertThat(beyond.body()).contains("batch-labels-past-end", "ends with document 3");
        assertThat(get(self + "/labels?cursor=1").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''orders-2-3-labels.pdf");
        assertThat(get(self + "/labels?cursor=ord_1").body())
                .contains("how many documents stand before the first")
                .doesNotContain("of the page before");
        assertThat(json("/v1/batches?source=acme-desk").path("items").findValuesAsText("id"))
                .contains(self.substring(self.lastIndexOf('/') + 1));
    }

    @Test
    default void a_second_label_of_an_order_stands_beside_the_first_in_its_file() throws Exception {
        HttpResponse<String> handed = upload(HEADER + row("B2-1", "STD"), "dryRun=true&name=two.csv");
        String self = handed.headers().firstValue("Location").orElseThrow();
        once(self, batch -> batch.path("state").asText().equals("checked"));
        commit(self, "{\"rows\": \"good\"}");
        once(self, batch -> batch.at("/shipments/labelled").asInt() == 1);
        JsonNode first = json("/v1/orders?orderId=B2-1").at("/items/0");
        Http.CLIENT.send(
                to("/v1/orders/" + first.path("id").asText() + "/shipments")
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=30")
                        .POST(BodyPublishers.ofString("{\"key\": \"k\", \"reason\": \"split\","
                                + " \"parcels\": [{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}]}"))
                        .build(),
                BodyHandlers.ofString());
        once(self, batch -> batch.at("/shipments/labelled").asInt() == 2);

        JsonNode shipments = json("/v1/orders?orderId=B2-1").at("/items/0/shipments");
        JsonNode row = json(self + "/results").at("/items/0");

        assertThat(row.path("trackingNumbers"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        shipments.at("/0/trackingNumbers/0").asText(),
                        shipments.at("/1/trackingNumbers/0").asText());
        assertThat(new BigDecimal(row.at("/charge/amount").asText()))
                .isEqualByComparingTo(new BigDecimal(
                                shipments.at("/0/total/amount").asText())
                        .add(new BigDecimal(shipments.at("/1/total/amount").asText())));
    }

    @Test
    default void a_workbook_goes_through_the_mapping_of_a_csv_with_its_rows_still_together() throws Exception {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        List<String> columns = List.of(HEADER.strip().split(";"));
        try (TableOutput table = Formats.table(workbook, Reading.of(Format.XLSX), columns)) {
            table.row(List.of(row("BX-1", "STD").strip().split(";")));
            table.row(List.of(row("BX-1", "STD").strip().split(";")));
            table.row(List.of(row("BX-2", "EXP").strip().split(";")));
        }
        HttpResponse<String> handed = Http.CLIENT.send(
                to("/v1/batches?source=acme-desk&dryRun=true&format=xlsx")
                        .header("Content-Disposition", "attachment; filename=\"../the orders.xlsx\"")
                        .POST(BodyPublishers.ofByteArray(workbook.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        String self = handed.headers().firstValue("Location").orElseThrow();

        JsonNode looked = once(self, batch -> !batch.path("state").asText().equals("checking"));

        assertThat(looked.path("name").asText()).isEqualTo("the orders.xlsx");
        assertThat(looked.at("/dryRun/priced").asInt()).as(looked.toString()).isEqualTo(2);
        assertThat(json(self + "/results").at("/items/0/row").asText()).isEqualTo("2-3");
        assertThat(cells(bytes(self + "/results?format=xlsx", "en"))).hasSize(4);
    }

    @Test
    default void a_file_with_a_long_name_is_taken_in() throws Exception {
        String name = "n".repeat(250) + ".csv";
        HttpResponse<String> handed = upload(HEADER + row("BN-1", "STD"), "name=" + name);
        String self = handed.headers().firstValue("Location").orElseThrow();

        once(self, batch -> batch.at("/shipments/labelled").asInt() == 1);

        String id = json("/v1/orders?orderId=BN-1").at("/items/0/id").asText();
        assertThat(json("/v1/orders/" + id).path("story").toString()).contains("n".repeat(199) + "…");
    }

    @Test
    default void a_file_handed_over_to_be_bought_at_once_keeps_its_bad_orders_for_a_person() throws Exception {
        HttpResponse<String> handed = upload(HEADER + row("BB-1", "BOAT") + row("BB-2", "STD"), "name=x.csv");
        String self = handed.headers().firstValue("Location").orElseThrow();

        JsonNode done = once(self, batch -> isDone(batch, 1));

        assertThat(done.at("/results/rejected").asInt()).isEqualTo(1);
        assertThat(done.at("/commit/rows").asText()).isEqualTo("any");
        assertThat(text("/v1/exceptions?source=acme-desk")).contains("order-rejected");
    }

    @Test
    default void a_batch_nobody_handed_over_and_a_wrong_word_are_said_so() throws Exception {
        assertThat(json(get("/v1/batches/bat_0")).path("detail").asText()).contains("bat_0");
        assertThat(get("/v1/batches/bat_0").statusCode()).isEqualTo(404);
        assertThat(upload("x", "format=pdf").statusCode()).isEqualTo(400);
        assertThat(upload("x", "dryRun=yes").statusCode()).isEqualTo(400);
        String failed =
                upload("", "name=empty.csv").headers().firstValue("Location").orElseThrow();
        assertThat(once(failed, batch -> batch.path("state").asText().equals("failed"))
                        .path("problems"))
                .isNotEmpty();
    }

    private static String row(String orderId, String service) {
        return orderId + ";;released;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;USA;;" + service
                + ";A-1;Mug;1;12,50;350;17\n";
    }

    /** The last label may be there before its batch says that it is done, or after. */
    private static boolean isDone(JsonNode batch, int labelled) {
        return batch.path("state").asText().equals("done")
                && batch.at("/shipments/labelled").asInt() == labelled;
    }

    private JsonNode once(String self, Predicate<JsonNode> fact) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> json(self), fact);
    }

    private HttpResponse<String> upload(String file, String query) throws Exception {
        return Http.CLIENT.send(
                to("/v1/batches?source=acme-desk&" + query)
                        .POST(BodyPublishers.ofString(file))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> commit(String self, String body) throws Exception {
        return Http.CLIENT.send(
                to(self + "/commit").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return Http.CLIENT.send(to(path).build(), BodyHandlers.ofString());
    }

    private String text(String path) throws Exception {
        return get(path).body();
    }

    private JsonNode json(String path) throws Exception {
        return json(get(path));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    private byte[] bytes(String path, String language) throws Exception {
        return Http.CLIENT
                .send(to(path).header("Accept-Language", language).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(hub().resolve(path));
    }

    private static List<List<String>> cells(byte[] workbook) {
        List<List<String>> rows = new ArrayList<>();
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(workbook), "back.xlsx", Reading.of(Format.XLSX))) {
            rows.add(reader.columns());
            for (Document next = reader.next(); next != null; next = reader.next()) {
                rows.add(next.rows().get(0).cells());
            }
        }
        return rows;
    }

    private static List<String> entries(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    /** One client for all. */
    final class Http {
        static final HttpClient CLIENT = HttpClient.newHttpClient();

        private Http() {}
    }
}
