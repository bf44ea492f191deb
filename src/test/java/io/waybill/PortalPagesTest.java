package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exceptions, uploads, new shipments, the pack bench, rates, settings, money, readiness and mappings: the main act of each. */
class PortalPagesTest {
    private static PortalHub hub;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalPagesTest.class);
        olga = hub.person("Olga", "ops", "*");
    }

    @Test
    void an_exception_is_taken_looked_at_and_tried_again() throws Exception {
        hub.order("E-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String id = await().until(() -> exceptionOf("E-1"), found -> !found.isEmpty());

        assertThat(olga.page("/exceptions")).contains("/exceptions/" + id, "E-1");
        assertThat(olga.done("/exceptions", "/exceptions/act", "id", id, "act", "mine"))
                .contains("Done.", "<td>Olga</td>");
        assertThat(olga.page("/exceptions?assignee=me")).contains(id);
        assertThat(olga.page("/"))
                .contains("/exceptions?age=hours")
                .as("what was counted since yesterday is not what stands so now")
                .doesNotContain("/orders?status=labelled", "/orders?status=delivered");
        assertThat(olga.page("/exceptions?age=hours")).contains(id);
        assertThat(olga.page("/exceptions?age=longer")).doesNotContain(id);
        assertThat(olga.page("/exceptions/" + id)).contains("E-1", "Try again");
        assertThat(olga.done("/exceptions", "/exceptions/act", "act", "mine")).contains("no row is ticked");
        assertThat(olga.page("/exceptions?state=closed")).doesNotContain("value=\"retry\"");
        assertThat(olga.post("/exceptions", "/exceptions/act", "id", "exc_none", "act", "retry")
                        .statusCode())
                .isEqualTo(404);
        assertThat(olga.page("/exceptions/causes?by=source,field")).contains("local");
        assertThat(olga.post("/exceptions", "/exceptions/act", "id", id, "act", "retry")
                        .statusCode())
                .isIn(303, 409);
    }

    @Test
    void who_took_an_exception_since_the_page_was_shown_keeps_it_until_it_is_taken_knowingly() throws Exception {
        hub.order("E-2", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String id = await().until(() -> exceptionOf("E-2"), found -> !found.isEmpty());
        PortalHub.Visitor sam = hub.person("Sam", "ops", "*");
        for (String page : List.of("/exceptions/" + id, "/exceptions")) {
            assertThat(olga.page(page)).contains("name=\"was-" + id + "\" value=\"\"");
            sam.done(page, "/exceptions/act", "id", id, "was-" + id, "", "act", "mine");
            for (String act : List.of("mine", "assign", "owner", "give-back")) {
                HttpResponse<String> stale =
                        olga.post(page, "/exceptions/act", "id", id, "was-" + id, "", "assignee", "Olga", "act", act);

                assertThat(stale.statusCode()).as(act).isEqualTo(409);
                assertThat(stale.body())
                        .contains("E-2: Sam looks after it since this page was shown")
                        .contains("name=\"was-" + id + "\" value=\"Sam\"");
            }
            for (int time = 1; time <= 2; time++) {
                olga.done(page, "/exceptions/act", "id", id, "was-" + id, "Sam", "act", "mine");
                assertThat(ownerOf(id)).isEqualTo("Olga");
            }
            olga.done(page, "/exceptions/act", "id", id, "was-" + id, "Olga", "act", "give-back");
        }
    }

    @Test
    void whoever_tries_again_what_is_closed_by_now_is_told_so_and_not_refused() throws Exception {
        String order = hub.order("E-4", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String id = await().until(() -> exceptionOf("E-4"), found -> !found.isEmpty());
        olga.post("/orders/" + order, "/orders/" + order + "/cancel");
        await().until(() ->
                hub.json("/v1/exceptions/" + id).path("state").asText().equals("closed"));

        assertThat(olga.done("/exceptions", "/exceptions/act", "id", id, "act", "retry"))
                .contains("Nothing is left to try: it is closed by now.");

        hub.order("E-5", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String open = await().until(() -> exceptionOf("E-5"), found -> !found.isEmpty());
        assertThat(olga.done("/exceptions", "/exceptions/act", "id", id, "id", open, "act", "retry"))
                .contains("Tried again.");
    }

    @Test
    void an_exception_whose_owner_is_taken_out_is_nobodys() throws Exception {
        hub.order("E-3", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String id = await().until(() -> exceptionOf("E-3"), found -> !found.isEmpty());
        String page = "/exceptions/" + id;
        olga.done(page, "/exceptions/act", "id", id, "act", "mine");
        Matcher assign =
                Pattern.compile("name=\"act\" value=\"([a-z-]+)\">Assign<").matcher(olga.page(page));
        assertThat(assign.find()).isTrue();

        olga.done(page, "/exceptions/act", "id", id, "assignee", "", "act", assign.group(1));

        assertThat(ownerOf(id)).isEqualTo("null");
        olga.done(page, "/exceptions/act", "id", id, "assignee", "Olga", "act", assign.group(1));
        assertThat(ownerOf(id)).isEqualTo("Olga");
    }

    private static String ownerOf(String exception) throws Exception {
        return hub.json("/v1/exceptions/" + exception).path("assignee").asText();
    }

    @Test
    void what_is_wrong_in_several_orders_is_corrected_in_all_of_them_at_once() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String number : List.of("EX-1", "EX-2")) {
            hub.drop(number, "787");
            ids.add(await().until(() -> exceptionOf(number), id -> !id.isEmpty()));
        }
        String list = "/exceptions?source=acme-csv";
        assertThat(olga.page(list))
                .contains("Correct the ticked ones", "<option value=\"/shipTo/postalCode\">Postal code</option>");

        String[] fix = {"id", ids.get(0), "id", ids.get(1), "act", "fix", "field", "/shipTo/postalCode", "value", ""};
        fix[9] = "1";
        assertThat(olga.post(list, "/exceptions/act", fix).body())
                .contains("role=\"alert\"", "<strong>Postal code</strong>");
        assertThat(olga.page("/exceptions?source=gone"))
                .as("a source the hub has no more is asked for by the next Find too")
                .contains("<option selected>gone</option>");
        fix[9] = "01067";
        assertThat(olga.done(list, "/exceptions/act", fix))
                .contains("Tried again.")
                .doesNotContain("EX-1", "EX-2");
        assertThat(hub.json("/v1/orders?key=EX-2").at("/items/0/status").asText())
                .isEqualTo("labelled");
    }

    private static String exceptionOf(String orderId) throws Exception {
        for (JsonNode item : hub.json("/v1/exceptions").path("items")) {
            if (item.path("orderId").asText().equals(orderId)) {
                return item.path("id").asText();
            }
        }
        return "";
    }

    @Test
    void a_sheet_is_looked_at_bought_and_given_back() throws Exception {
        byte[] sheet = Files.readAllBytes(Path.of("mappings/excel-template/english.csv"));
        String bad = new String(sheet, StandardCharsets.UTF_8)
                + "SO-9001,Joe Bad,,1 Main St,,Austin,TX,787,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n";

        HttpResponse<String> sent = olga.upload(
                "/upload", "/upload", "订单.csv", bad.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv");

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        String batch = sent.headers().firstValue("Location").orElseThrow();
        String looked = await().until(() -> olga.page(batch), page -> page.contains(">looked at<"));
        assertThat(looked).contains("订单.csv", "Cost in total", "SO-9001", "787", "class=\"flaw\"", "Buy</button>");
        assertThat(hub.json("/v1/orders?key=SO-9001").path("items")).isEmpty();

        assertThat(olga.done(batch, batch + "/commit", "rows", "good", "maxTotal", "500"))
                .contains("what becomes of each row stands below");
        await().until(() -> olga.page(batch), page -> page.contains(">done<"));
        assertThat(olga.get(batch + "/file?what=csv").body()).contains("SO-9001", "tracking number");
        assertThat(olga.get(batch + "/file?what=errors").body())
                .contains("SO-9001")
                .doesNotContain("SO-1001");
        assertThat(olga.page("/upload")).contains("订单.csv");
    }

    @Test
    void what_was_noted_of_a_row_is_seen_before_it_is_bought_and_hides_no_refusal() throws Exception {
        String batch = "/upload/"
                + looked("noted.csv", """
                NOTED-1,Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,PO-1,
                NOTED-2,SANDBOX:REFUSE Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,
                NOTED-3,Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,,,,,,,PO-1,
                """, ">looked at<").replaceAll("(?s).*?/upload/(bat_[0-9A-Z]+)/commit.*", "$1");

        assertThat(olga.page(batch))
                .containsSubsequence(">NOTED-2<", ">ready to buy<", "the row has 23 cells")
                .as("what is noted of a row that is ready is no flaw")
                .doesNotContain("class=\"flaw\"");

        olga.done(batch, batch + "/commit", "rows", "good");
        await().until(() -> olga.page(batch), page -> page.contains(">refused<"));
        assertThat(olga.page(batch))
                .containsSubsequence(">NOTED-2<", ">refused<", "sandbox refused", "the row has 23 cells")
                .containsSubsequence(">NOTED-3<", ">held<", "held until its parcels and their weights are known")
                .containsOnlyOnce("class=\"flaw\"");
    }

    @Test
    void a_row_is_named_by_its_number_and_what_is_wrong_or_missing_by_the_column() throws Exception {
        String looked = looked("rows.csv", """
                P-2,,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,
                P-5,Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,,,,,,,,
                1.2E+11,Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,
                """, ">looked at<");

        assertThat(looked)
                .containsSubsequence(
                        ">2</td>",
                        ">P-2<",
                        "<strong>Recipient, ",
                        "neither a name nor a company is given",
                        ">3</td>",
                        ">P-5<",
                        ">held<",
                        "held until its parcels and their weights are known",
                        ">4</td>",
                        "<td class=\"nw\"></td>",
                        "<strong>Order number",
                        "is a number a spreadsheet has shortened")
                .doesNotContain("/shipTo/", "<code>");
    }

    @Test
    void a_sheet_without_a_row_says_what_is_there_and_what_was_expected() throws Exception {
        assertThat(looked("header.csv", "", ">looked at<"))
                .contains(
                        "header.csv holds no documents.", "at least one row under the header: Order number, Recipient")
                .doesNotContain("Buy</button>", "<tbody>");
        HttpResponse<String> sent = olga.upload("/upload", "/upload", "none.csv", new byte[0], "source", "sheet-csv");
        String empty = sent.headers().firstValue("Location").orElseThrow();
        assertThat(await().until(() -> olga.page(empty), page -> page.contains(">failed<")))
                .contains("the file none.csv is empty.", "of a table at least its header");
    }

    private static String looked(String name, String rows, String state) throws Exception {
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        HttpResponse<String> sent = olga.upload(
                "/upload",
                "/upload",
                name,
                (head + "\n" + rows).getBytes(StandardCharsets.UTF_8),
                "source",
                "sheet-csv");
        String batch = sent.headers().firstValue("Location").orElseThrow();
        return await().until(() -> olga.page(batch), page -> page.contains(state));
    }

    @Test
    void a_workbook_for_a_source_of_another_format_is_told_to_be_one() throws Exception {
        byte[] sheet = olga.bytes("/upload/template?language=en");
        HttpResponse<String> sent = olga.upload("/upload", "/upload", "o.xlsx", sheet, "source", "local");

        String told = sent.statusCode() == 303
                ? await().until(
                                () -> olga.page(
                                        sent.headers().firstValue("Location").orElseThrow()),
                                page -> page.contains(">failed<"))
                : sent.body();

        assertThat(told).contains("o.xlsx is an Excel workbook").doesNotContain("fallbackCharset");
    }

    @Test
    void what_a_shipment_by_hand_lacks_to_be_priced_is_said() throws Exception {
        assertThat(olga.post("/new", "/new", "act", "check").body()).contains("Nothing to look at yet");
        assertThat(olga.post("/new", "/new", PortalHub.byHand("", "act", "check", "weight", ""))
                        .body())
                .contains("The address is as", "the parcel has no weight");
        assertThat(olga.post("/new", "/new", PortalHub.byHand("", "act", "check", "weight", "two"))
                        .body())
                .contains("Parcel 1 · Weight: “two” is not a number")
                .doesNotContain("type string");
    }

    @Test
    void what_is_wrong_with_a_shipment_by_hand_stands_beside_its_field() throws Exception {
        String[] form = PortalHub.byHand("HAND-1", "act", "buy", "postalCode", "787");

        assertThat(olga.post("/new", "/new", form).body())
                .containsPattern("id=\"to-postalCode\"[^>]* value=\"787\"[^>]* aria-invalid=\"true\""
                        + " aria-describedby=\"to-postalCode-why\"><p class=\"bad\" id=\"to-postalCode-why\">")
                .containsOnlyOnce("aria-invalid");
        assertThat(olga.post("/new", "/new", PortalHub.byHand("HAND-2", "act", "buy", "weight", "two"))
                        .body())
                .containsPattern("id=\"new-weight\"[^>]* value=\"two\"[^>]* aria-invalid=\"true\"");
    }

    @Test
    void a_sheet_without_the_token_of_the_session_is_not_taken() throws Exception {
        HttpResponse<String> sent =
                olga.upload("/openapi.json", "/upload", "a.csv", new byte[] {'a'}, "source", "sheet-csv");
        assertThat(sent.statusCode()).isEqualTo(403);
    }

    @Test
    void an_empty_sheet_in_either_language_is_read_by_its_mapping() throws Exception {
        for (String language : new String[] {"en", "zh"}) {
            byte[] sheet = numbered(olga.bytes("/upload/template?language=" + language), "OWN-1");
            HttpResponse<String> sent = olga.upload("/upload", "/upload", language + ".xlsx", sheet, "source", "sheet");
            String batch = sent.headers().firstValue("Location").orElseThrow();
            String looked = await().until(() -> olga.page(batch), page -> page.contains(">looked at<"));
            assertThat(looked).as(language).contains("OWN-1").doesNotContain("class=\"flaw\"");
        }
    }

    /** The row that shows how, under a number of its own. */
    private static byte[] numbered(byte[] sheet, String orderId) throws Exception {
        Path file = Files.write(TestFolders.fresh("template").resolve("sheet.xlsx"), sheet);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile in = new ZipFile(file.toFile());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry part : Collections.list(in.entries())) {
                zip.putNextEntry(new ZipEntry(part.getName()));
                String text = new String(in.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
                zip.write(text.replace("EXAMPLE-1", orderId).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void a_shipment_by_hand_is_checked_priced_and_bought() throws Exception {
        String[] fields = PortalHub.byHand("N-1");
        HttpResponse<String> checked = olga.post("/new", "/new/check", fields);
        assertThat(checked.body())
                .contains("The address is as its country asks.", "Austin TX 78701 US", "This can be bought.")
                .doesNotContain("<html");
        assertThat(olga.post(
                                "/new",
                                "/new/check",
                                "name",
                                "Jane Roe",
                                "line1",
                                "1 Main St",
                                "postalCode",
                                "1",
                                "country",
                                "US")
                        .body())
                .contains("<strong>Postal code</strong>", "<strong>City</strong>")
                .doesNotContain("This can be bought.");
        assertThat(hub.json("/v1/orders?key=N-1").path("items")).isEmpty();

        assertThat(olga.done("/new", "/new", fields)).contains("Taken in.", "<h1>N-1</h1>");
    }

    @Test
    void what_is_wrong_with_a_shipment_by_hand_is_said_and_nothing_typed_is_lost() throws Exception {
        HttpResponse<String> refused = olga.post("/new", "/new", PortalHub.byHand("N-2", "postalCode", "1"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("<strong>Postal code</strong>", "value=\"Jane Roe\"", "value=\"1.5\"");
    }

    @Test
    void a_size_with_a_side_left_empty_is_asked_for_before_anything_is_bought() throws Exception {
        HttpResponse<String> refused = olga.post(
                "/new", "/new", PortalHub.byHand("NEW-SIZE", "width", "20", "height", "10", "lengthUnit", "cm"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Parcel 1 · Length", "value=\"20\"");
    }

    @Test
    void a_number_that_is_taken_leads_to_the_order_that_has_it() throws Exception {
        String id = hub.order("N-3", PortalTest.WEIGHED);

        HttpResponse<String> refused = olga.post("/new", "/new", PortalHub.byHand("N-3", "city", "Dallas"));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("role=\"alert\"", "a label was bought for order N-3", "value=\"Dallas\"")
                .contains("<a href=\"/orders/" + id + "\">Open that order</a>");
    }

    @Test
    void a_shipment_by_hand_takes_no_order_s_place_that_waits_under_its_number() throws Exception {
        String id = hub.order("N-4", "\"release\": \"hold\", " + PortalTest.WEIGHED);

        HttpResponse<String> refused = olga.post("/new", "/new", PortalHub.byHand("N-4", "city", "Dallas"));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("<a href=\"/orders/" + id + "\">Open that order</a>", "another number");
        assertThat(hub.json("/v1/orders/" + id).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void of_two_labels_the_pack_bench_says_which_is_which_and_what_is_printed_next() throws Exception {
        String id = hub.order("B-4", PortalTest.WEIGHED);
        assertThat(olga.page("/bench?order=B-4")).doesNotContain("Label 1:");
        String self = "/orders/" + id;
        String[] wish = {"key", "k", "reason", "return", "weight", "0.5", "unit", "kg"};
        olga.done(self, self + "/shipments", wish);

        String bench = "/bench?order=B-4&station=bench-1";
        String both = olga.page(bench);
        assertThat(both)
                .containsSubsequence(
                        "Label 1: The order as it came",
                        "Print at bench-1",
                        "<figure",
                        "Label 2: A label to send it back",
                        "Print at bench-1",
                        "<figure");
        String first = hub.json("/v1" + self).at("/shipments/0/id").asText();
        assertThat(both).contains("id=\"which-" + first + "\"", "aria-describedby=\"which-" + first + "\" autofocus");
        String[] print = {"id", id, "shipment", first, "number", "B-4", "station", "bench-1"};
        olga.done(bench, "/bench/print", print);
        String second = hub.json("/v1" + self).at("/shipments/1/id").asText();
        assertThat(olga.page(bench)).contains("aria-describedby=\"which-" + second + "\" autofocus");
    }

    @Test
    void the_pack_bench_weighs_once_and_prints_again_without_another_label() throws Exception {
        String id = hub.order("B-1", "");
        assertThat(olga.page("/bench?order=B-1")).contains("Save and buy the label");

        String packed =
                olga.done("/bench?order=B-1", "/bench", "id", id, "number", "B-1", "weight", "0.8", "unit", "kg");

        assertThat(packed).contains("/picture?shipment=", ">Print<").doesNotContain("Save and buy the label");
        HttpResponse<String> again =
                olga.post("/bench?order=B-1", "/bench", "id", id, "number", "B-1", "weight", "0.9", "unit", "kg");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(hub.json("/v1/orders/" + id).path("shipments")).hasSize(1);
        assertThat(hub.json("/v1/orders/" + id).path("attempts")).hasSize(1);
    }

    @Test
    void the_pack_bench_weighs_every_parcel_and_keeps_what_else_is_known_of_it() throws Exception {
        String id = hub.order("B-3", """
                "parcels": [
                  {"weight": {"value": 1, "unit": "kg"}, "packaging": "package", "items": ["MUG"],
                   "dimensions": {"length": 30, "width": 20, "height": 10, "unit": "cm"}},
                  {"reference": "box 2"}], "items": [{"sku": "MUG", "quantity": 1}], """);
        assertThat(olga.page("/bench?order=B-3")).contains("bench-weight-0", "bench-weight-1");

        olga.done("/bench?order=B-3", "/bench", "id", id, "number", "B-3", "weight", "1.2", "unit", "kg");

        JsonNode order = hub.json("/v1/orders/" + id);
        assertThat(order.path("shipments").findValuesAsText("trackingNumber")).isEmpty();
        assertThat(order.at("/order/parcels")).hasSize(2);
        assertThat(order.at("/order/parcels/0"))
                .hasToString("{\"weight\":{\"value\":1.2,\"unit\":\"kg\"},\"dimensions\":{\"length\":30,\"width\":20,"
                        + "\"height\":10,\"unit\":\"cm\"},\"packaging\":\"package\",\"items\":[\"MUG\"]}");
        assertThat(order.at("/order/parcels/1/reference").asText()).isEqualTo("box 2");
    }

    @Test
    void the_pack_bench_prints_at_a_station_and_says_so_when_it_is_the_same_label_again() throws Exception {
        hub.order("B-2", "");
        String bench = "/bench?order=B-2&station=bench-1";
        assertThat(olga.page(bench)).contains("Save, buy and print", "<option value=\"bench-1\" selected>");
        String id = hub.json("/v1/orders?key=B-2").at("/items/0/id").asText();

        String[] weighed = {
            "id", id, "orderId", "B-2", "namespace", "acme", "number", "B-2", "station", "bench-1", "weight", "1.250 KG"
        };
        assertThat(olga.done(bench, "/bench", weighed)).contains("Printed.", "Print again at bench-1");
        assertThat(hub.json("/v1/orders/" + id)
                        .at("/order/parcels/0/weight/value")
                        .asText())
                .isEqualTo("1.250");
        String shipment = hub.json("/v1/orders/" + id).at("/shipments/0/id").asText();
        String[] again = {"shipment", shipment, "number", "B-2", "station", "bench-1"};
        assertThat(olga.done(bench, "/bench/print", again)).contains("Nothing was bought.", "Printed already: 2 ×");

        HttpResponse<String> off = olga.post(
                "/bench?order=B-2&station=bench-2",
                "/bench/print",
                "shipment",
                shipment,
                "number",
                "B-2",
                "station",
                "bench-2");
        assertThat(off.statusCode()).isEqualTo(502);
        assertThat(off.body()).contains("role=\"alert\"", "has paper and is connected", ">Open<");
        assertThat(hub.json("/v1/orders/" + id).path("attempts")).hasSize(1);
    }

    @Test
    void a_number_of_several_orders_is_asked_back_and_an_orders_own_goes_first() throws Exception {
        String acme = hub.order("TWO-1", "");
        String other = hub.order("TWO-1", "\"namespace\": \"initech\", ");
        hub.order("TWO-2", "\"reference\": \"TWO-3\", ");
        hub.order("TWO-3", PortalTest.WEIGHED);
        hub.order("TWO-4", "\"reference\": \"TWO-5\", ");
        hub.order("TWO-6", "\"reference\": \"TWO-5\", ");

        for (String page : List.of("/bench", "/rates")) {
            String asked = olga.page(page + "?order=TWO-1");
            assertThat(asked).contains("Choose one", "id=" + acme, "id=" + other, "initech");
            assertThat(olga.page(page + "?order=TWO-5")).contains("Choose one", ">TWO-4<", ">TWO-6<");
            assertThat(olga.page(page + "?order=TWO-3")).doesNotContain("Choose one");
        }
        assertThat(olga.page("/bench?order=TWO-3")).contains("<h2 class=\"big\">", ">TWO-3</a>");
        assertThat(olga.page("/bench?order=TWO-1&id=" + other)).contains("Save and buy the label", other);
    }

    @Test
    void a_shipment_by_hand_is_as_it_is_whatever_else_its_source_maps() throws Exception {
        String[] fields = PortalHub.byHand("N-2", "source", "sheet");
        assertThat(olga.page("/new")).contains("<option value=\"sheet\"");
        assertThat(olga.post("/new", "/new/check", fields).body()).contains("This can be bought.");
        assertThat(olga.done("/new", "/new", fields)).contains("Taken in.", "<h1>N-2</h1>");
    }

    @Test
    void the_prices_of_an_order_are_compared() throws Exception {
        hub.order("Q-1", PortalTest.WEIGHED);
        assertThat(olga.page("/rates?order=Q-1")).contains("cheapest<", "today's rules<", "<rect");
        assertThat(olga.page("/rates?order=nothing")).contains("No order is like that");
        String bought = costOf("Q-1", "It cost ");
        JsonNode order = hub.json("/v1/orders?orderId=Q-1").at("/items/0");
        String self = "/orders/" + order.path("id").asText();
        olga.done(
                self,
                self + "/void",
                "shipment",
                hub.json("/v1" + self).at("/shipments/0/id").asText());
        await().until(() -> hub.json("/v1" + self).path("status").asText().equals("voided"));
        assertThat(costOf("Q-1", "By today's rules it costs "))
                .as("what was given back is no price of the order")
                .isEqualTo(bought)
                .startsWith("$");
    }

    /** Whoever looks often would have to search among old prices, and nothing said which ones they are. */
    @Test
    void an_order_shows_the_prices_that_were_compared_last_and_when_that_was() throws Exception {
        String self = "/orders/" + hub.order("Q-2", PortalTest.WEIGHED);
        olga.page("/rates?order=Q-2");
        String once = pricesOn(olga.page(self));
        olga.page("/rates?order=Q-2");

        JsonNode kept = hub.json("/v1/rates?orderId=Q-2").path("items");
        assertThat(Set.copyOf(kept.findValuesAsText("asked"))).hasSize(2);
        String twice = pricesOn(olga.page(self));
        assertThat(twice.split("<tr>")).hasSameSizeAs(once.split("<tr>"));
        assertThat(twice)
                .contains("<th scope=\"col\">When</th>")
                .containsPattern("<td class=\"nw\">\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d</td>");
    }

    private static String pricesOn(String page) {
        int from = page.indexOf("<caption>Prices compared</caption>");
        assertThat(from).isPositive();
        return page.substring(from, page.indexOf("</table>", from));
    }

    private static String costOf(String order, String after) throws Exception {
        return olga.page("/rates?order=" + order)
                .lines()
                .filter(line -> line.contains(after))
                .map(line -> line.replaceFirst(".*" + after + "(\\$[\\d.]+)\\..*", "$1"))
                .collect(Collectors.joining());
    }

    @Test
    void the_prices_of_a_whole_sheet_are_compared_and_summed_up() throws Exception {
        String sheet = Files.readString(Path.of("mappings/excel-template/english.csv"))
                + "U-9,Joe Bad,,1 Main St,,Austin,TX,787,US,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n";
        HttpResponse<String> handed = olga.upload(
                "/rates", "/rates", "october.csv", sheet.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv");
        assertThat(handed.statusCode()).as(handed.body()).isEqualTo(303);
        String self = handed.headers().firstValue("Location").orElseThrow();
        String compared = compared(self);

        assertThat(compared)
                .contains("october.csv", "All of them together", "<th scope=\"row\">cheapest</th>", "today's rules")
                .contains("class=\"flaw\"", "postal", "<rect", "with problems");
        assertThat(olga.page(self + "?only=bad")).contains("U-9").doesNotContain("<td class=\"num\">2</td>");
        assertThat(olga.get(self, "HX-Request", "true").body()).startsWith("<div id=\"compared\"");
        assertThat(olga.page("/rates")).contains("Sheets compared before", self);
        assertThat(new String(olga.bytes(self + "/file?what=csv"), StandardCharsets.UTF_8))
                .contains("order number", "U-9");
        assertThat(olga.bytes(self + "/file?what=xlsx")).startsWith('P', 'K');
    }

    @Test
    void a_sheet_that_cannot_be_compared_says_what_whoever_filled_it_in_can_do() throws Exception {
        String sheet = Files.readString(Path.of("mappings/excel-template/english.csv"))
                .replaceFirst("Order number,", "Order number,Colour,");
        String self = olga.upload(
                        "/rates", "/rates", "odd.csv", sheet.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(compared(self))
                .contains("Colour", "Delete the column from the file")
                .doesNotContain("Map it");
    }

    private String compared(String self) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> olga.page(self), page -> !page.contains("<progress"));
    }

    @Test
    void a_sheet_of_several_hundred_orders_is_compared_page_by_page_and_is_nobody_elses() throws Exception {
        String header = Files.readAllLines(Path.of("mappings/excel-template/english.csv"))
                .get(0);
        String sheet = IntStream.rangeClosed(1, 240)
                .mapToObj(i -> "S-" + i
                        + ",Jane Roe,,1 Main St,,Austin,TX,78701,US,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n")
                .collect(Collectors.joining("", header + "\n", ""));
        String self = olga.upload(
                        "/rates", "/rates", "many.csv", sheet.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(compared(self))
                .contains("price for in USD, and that these are the sums of: 240.", ">S-100<", "?cursor=100\"")
                .doesNotContain(">S-101<", "only the first");
        assertThat(olga.page(self + "?cursor=200")).contains(">S-240<").doesNotContain("rel=\"next\"");
        PortalHub.Visitor stranger = hub.person("Gina", "ops", "globex");
        assertThat(stranger.get(self).statusCode()).isEqualTo(404);
        assertThat(stranger.page("/rates")).doesNotContain("many.csv");
        String again = olga.upload(
                        "/rates", "/rates", "many.csv", sheet.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(again).isEqualTo(self);
        assertThat(olga.page(again)).doesNotContain("<progress");
    }

    @Test
    void an_account_is_switched_off_with_a_reason_and_on_again_by_an_administrator_only() throws Exception {
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        try {
            assertThat(ada.done("/settings", "/settings/account", "name", "sandbox", "turn", "off", "reason", "strike"))
                    .contains("Switched off", "strike");
            assertThat(olga.page("/")).contains("switched off");
        } finally {
            assertThat(ada.done("/settings", "/settings/account", "name", "sandbox", "turn", "on"))
                    .contains("Switched on");
        }
        assertThat(olga.page("/settings")).doesNotContain("/settings/account\"");
        assertThat(olga.post("/settings", "/settings/account", "name", "sandbox", "turn", "off")
                        .statusCode())
                .isEqualTo(403);
        assertThat(olga.get("/settings/keys").statusCode()).isEqualTo(403);
        assertThat(ada.page("/settings/audit")).contains("account.off", "strike", "Adam");
    }

    @Test
    void an_administrator_of_one_namespace_is_shown_what_they_may() throws Exception {
        PortalHub.Visitor gus = hub.person("Gus", "admin", "globex");
        assertThat(gus.page("/settings"))
                .contains("/settings/accounts/sandbox", "/settings/audit")
                .doesNotContain("/settings/account\"", "/settings/keys");
        assertThat(gus.page("/settings/accounts/sandbox"))
                .doesNotContain("/settings/account\"", "/settings/accounts/sandbox/test");
        HttpResponse<String> off = gus.post("/settings", "/settings/account", "turn", "off");
        assertThat(off.statusCode()).isEqualTo(403);
        assertThat(off.body()).contains("role=\"alert\"", "admin, of all namespaces");
        assertThat(gus.get("/settings/keys").statusCode()).isEqualTo(403);
    }

    @Test
    void a_key_is_made_shown_once_used_and_revoked() throws Exception {
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        HttpResponse<String> made = ada.post(
                "/settings/keys",
                "/settings/keys",
                "name",
                "Nina",
                "role",
                "support",
                "namespaces",
                "acme",
                "validFor",
                "2h");
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).containsPattern("wbk_[\\w-]{43}");
        String keys = ada.page("/settings/keys");
        assertThat(keys).contains("Nina").doesNotContainPattern("wbk_[\\w-]{43}");
        String id = keys.replaceAll("(?s).*Nina.*?/settings/keys/(key_[A-Z0-9]+)/revoke.*", "$1");
        assertThat(ada.done("/settings/keys", "/settings/keys/" + id + "/revoke"))
                .contains("The key is revoked.");
    }

    @Test
    void a_form_for_a_key_that_is_sent_again_makes_no_second_key() throws Exception {
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        String once = ada.page("/settings/keys").replaceAll("(?s).*name=\"once\" value=\"([^\"]+)\".*", "$1");
        String[] form = {"name", "Once", "role", "support", "validFor", "2 weeks", "once", once};

        HttpResponse<String> refused = ada.post("/settings/keys", "/settings/keys", form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("2 weeks", "12h, 90d", "value=\"Once\"");
        form[5] = "2h";
        assertThat(ada.post("/settings/keys", "/settings/keys", form).body()).containsPattern("wbk_[\\w-]{43}");

        HttpResponse<String> again = ada.post("/settings/keys", "/settings/keys", form);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("its key is made").doesNotContainPattern("wbk_[\\w-]{43}");
        assertThat(ada.page("/settings/keys")).containsOnlyOnce("<td>Once</td>");
    }

    @Test
    void one_account_is_not_switched_on_while_everything_is_stopped() throws Exception {
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        try {
            String off = ada.done("/settings", "/settings/account", "turn", "off", "reason", "flood");
            assertThat(off).contains("Everything is stopped").doesNotContain("value=\"sandbox\"><button");

            HttpResponse<String> on = ada.post("/settings", "/settings/account", "name", "sandbox", "turn", "on");

            assertThat(on.statusCode()).isEqualTo(409);
            assertThat(on.body()).contains("stopped for every account", "Adam", "flood");
            assertThat(ada.page("/settings/accounts/sandbox")).contains("Everything is stopped");
        } finally {
            assertThat(ada.done("/settings", "/settings/account", "turn", "on")).contains("Switched on");
        }
    }

    @Test
    void finance_sees_money_and_operations_do_not() throws Exception {
        String id = hub.order("M-1", PortalTest.WEIGHED);
        String number = hub.json("/v1/orders/" + id)
                .at("/shipments/0/trackingNumbers/0")
                .asText();
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");

        assertThat(fred.page("/")).contains("href=\"/money\"").doesNotContain("href=\"/upload\"", "href=\"/new\"");
        assertThat(olga.page("/")).doesNotContain("href=\"/money\"");
        assertThat(olga.get("/money").statusCode()).isEqualTo(403);
        assertThat(fred.page("/money")).contains("Owed and not billed", "sandbox", "<th scope=\"col\">Namespace</th>");
        assertThat(fred.page("/money/open")).contains("Shipments no invoice bills");
        assertThat(rowsOf(fred, "/money/shipments")).contains(number, "/money/why?number=");
        assertThat(fred.page("/money/why?number=" + number)).contains("Together", "fuel", "Every line");
        assertThat(fred.page("/money/spend?by=costCenter")).contains("Cost centre", "expected", "billed");
        assertThat(fred.page("/money/spend?by=carrier&currency=EUR")).contains("No rate for", "USD to EUR");
        assertThat(fred.get("/money/spend/export").body()).startsWith("PK");
        assertThat(fred.page("/money/refunds?state=credited")).contains("waiting over 30 days");
        assertThat(olga.get("/money/spend").statusCode()).isEqualTo(403);
        assertThat(fred.get("/money/shipments/export")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .contains("spreadsheetml");
    }

    @Test
    void shipments_of_earlier_pages_are_exported_too() throws Exception {
        JsonNode first =
                hub.json("/v1/orders/" + hub.order("M-2", PortalTest.WEIGHED)).at("/shipments/0");
        hub.order("M-3", PortalTest.WEIGHED);
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");
        String second = fred.page(
                "/money/shipments?account=sandbox&cursor=" + first.path("id").asText());

        assertThat(second)
                .doesNotContain(first.at("/trackingNumbers/0").asText())
                .contains("href=\"/money/shipments/export?account=sandbox\"");
    }

    @Test
    void why_a_shipment_cost_what_it_did_leaves_out_another_customers_order_of_the_same_number() throws Exception {
        hub.order("1001", "\"namespace\": \"beta\"," + PortalTest.WEIGHED);
        JsonNode own = hub.json("/v1/orders/" + hub.order("1001", PortalTest.WEIGHED));
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");

        String page = fred.page(
                "/money/why?number=" + own.at("/shipments/0/trackingNumbers/0").asText());

        assertThat(page)
                .contains("/orders/" + own.path("id").asText())
                .contains("<th scope=\"row\">Together</th><td class=\"num\">–</td><td class=\"num\">$"
                        + own.at("/shipments/0/total/amount").asText() + "<");
    }

    /** Page after page: other tests ship from the same hub. */
    private static String rowsOf(PortalHub.Visitor visitor, String path) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String at = path; !at.isEmpty(); ) {
            String page = visitor.page(at);
            all.append(page);
            Matcher next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(page);
            at = next.find() ? next.group(1).replace("&amp;", "&") : "";
        }
        return all.toString();
    }

    @Test
    void what_an_invoice_says_too_much_is_disputed_or_accepted_with_a_reason() throws Exception {
        String id = hub.order("V-1", PortalTest.WEIGHED);
        String number = hub.json("/v1/orders/" + id)
                .at("/shipments/0/trackingNumbers/0")
                .asText();
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");
        String bill = "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\nV-1," + number + ",1.20,138.50,4.62,11.30,USD,\n";
        assertThat(fred.page("/money")).contains("value=\"mapping:label-platform-bill\"");
        HttpResponse<String> taken = billed(fred, "v.csv", bill);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
        String invoice = fred.page(taken.headers().firstValue("Location").orElseThrow());
        assertThat(invoice).contains("/money/variances?invoice=", "<svg class=\"chart\"", "price-differs");
        String list = invoice.replaceAll("(?s).*(/money/variances\\?invoice=[^\"]+)\".*", "$1");

        List<String> ids = Pattern.compile("name=\"id\" value=\"(\\w+)\"")
                .matcher(fred.page(list))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(ids).isNotEmpty();
        assertThat(fred.done(list, "/money/variances", "id", ids.get(0), "act", "dispute", "reason", "weighed again"))
                .contains("Decided.")
                .doesNotContain("value=\"" + ids.get(0) + "\"");
        assertThat(fred.page("/money/variances?state=disputed")).contains("weighed again", number);
        assertThat(fred.page("/money/disputes")).contains("/file\">CSV</a>");
        for (String rest : ids.subList(1, ids.size())) {
            fred.done(list, "/money/variances", "id", rest, "act", "accept");
        }
        assertThat(fred.page(list)).contains("Nothing.");
        assertThat(fred.page("/orders/" + id)).contains("/money/why?number=" + number);
        assertThat(olga.get("/money/variances").statusCode()).isEqualTo(403);
    }

    @Test
    void a_refund_that_does_not_come_is_written_off_with_a_reason_and_its_order_says_so() throws Exception {
        String id = hub.order("W-OFF", PortalTest.WEIGHED);
        String number = hub.json("/v1/orders/" + id)
                .at("/shipments/0/trackingNumbers/0")
                .asText();
        olga.done("/orders/" + id, "/orders/" + id + "/void-all");
        await().until(() -> hub.json("/v1/orders/" + id).path("status").asText().equals("voided"));
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");
        PortalHub.Visitor vera = hub.person("Vera", "viewer", "*");
        String row = row(fred.page("/money/refunds"), "W-OFF");
        String refund = row.replaceAll("(?s).*name=\"id\" value=\"(\\w+)\".*", "$1");
        assertThat(vera.get("/money/refunds").body()).doesNotContain("name=\"reason\"");

        assertThat(fred.post("/money/refunds", "/money/refunds", "id", refund, "reason", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(fred.done("/money/refunds", "/money/refunds", "reason", "they keep it"))
                .contains("no row is ticked");
        assertThat(fred.done("/money/refunds", "/money/refunds", "id", refund, "reason", "they keep it"))
                .contains("It is written off.");

        assertThat(row(fred.page("/money/refunds?state=written_off"), "W-OFF"))
                .contains("Fred: they keep it")
                .doesNotContain("type=\"checkbox\"");
        assertThat(fred.page("/orders/" + id)).contains("Refund written off", "they keep it");
        assertThat(fred.page("/money/why?number=" + number)).contains("a refund that was written off", refund);
    }

    private static String row(String page, String order) {
        return Pattern.compile("(?s)<tr>(?:(?!</tr>).)*>" + order + "<.*?</tr>")
                .matcher(page)
                .results()
                .map(found -> found.group())
                .findFirst()
                .orElseThrow(() -> new AssertionError(page));
    }

    @Test
    void what_is_wrong_in_a_file_is_told_with_its_row() throws Exception {
        PortalHub.Visitor fred = hub.person("Fred", "finance", "*");
        String bill = "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\nV-2,T-1,1.20,a lot,4.62,11.30,USD,\n";

        HttpResponse<String> refused = billed(fred, "bad.csv", bill);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("role=\"alert\"", "<li><span>Row 2:</span>");
    }

    @Test
    void routes_show_what_they_did_and_files_what_was_wrong_with_them() throws Exception {
        hub.drop("R-BAD", "999999");
        await().until(() -> hub.json("/v1/files?state=bad&source=acme-csv")
                .at("/items/0/name")
                .asText()
                .equals("R-BAD.csv"));
        JsonNode routes = hub.json("/v1/routes");
        JsonNode csv = StreamSupport.stream(routes.path("items").spliterator(), false)
                .filter(route -> route.path("id").asText().equals("source.acme-csv"))
                .findFirst()
                .orElseThrow();
        assertThat(csv.path("state").asText()).isEqualTo("started");
        assertThat(csv.path("done").asLong()).isPositive();

        assertThat(olga.page("/routes"))
                .contains("source.acme-csv", ">runs<", "files that are off: ", "direct:sink.oms");
        assertThat(olga.page("/files?state=bad")).contains("R-BAD.csv", "/exceptions?source=acme-csv");
        assertThat(hub.person("Stan", "ops", "globex").page("/routes")).doesNotContain("acme-csv", "sink.oms");
        assertThat(hub.person("Stan", "ops", "globex").page("/files")).doesNotContain("R-BAD");
    }

    @Test
    void a_mapping_shows_its_tests_what_it_fills_and_two_versions_beside_each_other() throws Exception {
        hub.drop("R-GOOD", "01067");
        await().until(() ->
                hub.json("/v1/mappings/acme-orders").at("/coverage/documents").asInt() > 0);

        assertThat(olga.page("/mappings/acme-orders"))
                .contains(">passed<", "What it reads and fills", "<code>shipTo.city</code>");
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        assertThat(ada.page("/mappings/acme-orders/diff?from=2&to=file&last=10"))
                .contains("come out otherwise");
        assertThat(olga.get("/mappings/acme-orders/diff").statusCode()).isEqualTo(403);
    }

    @Test
    void a_source_is_judged_and_a_mapping_tried() throws Exception {
        hub.order("G-1", PortalTest.WEIGHED);
        assertThat(olga.page("/readiness?source=local")).contains("shipTo", "documents");
        assertThat(olga.page("/readiness/profile?source=local"))
                .contains("What to integrate next", "What became of them", "ground");
        assertThat(olga.page("/mappings")).contains("/mappings/excel-template");
        String tried = olga.post(
                        "/mappings/acme-orders-json", "/mappings/acme-orders-json/try", "document", "{\"a\": 1}")
                .body();
        assertThat(tried).contains("Document 1", "refused");
        String warned = olga.post(
                        "/mappings/outside-labels",
                        "/mappings/outside-labels/try",
                        "document",
                        Files.readString(Path.of("mappings/outside-labels/two.csv"))
                                .replaceAll("(?m)(.)$", "$1,surprise"))
                .body();
        assertThat(warned).containsPattern("<p class=\"pending\">.*surprise");
    }

    private static HttpResponse<String> billed(PortalHub.Visitor by, String name, String bill) throws Exception {
        return by.upload(
                "/money",
                "/money/invoices",
                name,
                bill.getBytes(StandardCharsets.UTF_8),
                "account",
                "sandbox",
                "layout",
                "mapping:label-platform-bill");
    }
}
