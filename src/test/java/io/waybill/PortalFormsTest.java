package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What forms of the pages keep, whom they are sent for, and what is said when nothing came of one. */
class PortalFormsTest {
    private static final String ROW =
            ",Jane Roe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n";

    private static PortalHub hub;
    private static PortalHub.Visitor olga;
    private static PortalHub.Visitor fred;
    private static PortalHub.Visitor adam;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalFormsTest.class);
        olga = hub.person("Olga", "ops", "*");
        fred = hub.person("Fred", "finance", "*");
        adam = hub.person("Adam", "admin", "*");
    }

    @Test
    void a_page_that_answers_a_form_sends_back_to_an_address_there_is() throws Exception {
        String account = "/settings/accounts/sandbox";
        assertThat(adam.post(account, account + "/test").body())
                .contains("name=\"back\" value=\"" + account + "\"")
                .doesNotContain("name=\"back\" value=\"" + account + "/test\"");
        String mapping = "/mappings/acme-orders-json";
        assertThat(olga.post(mapping, mapping + "/try", "document", "{}").body())
                .contains("name=\"back\" value=\"" + mapping + "\"")
                .doesNotContain("name=\"back\" value=\"" + mapping + "/try\"");
        assertThat(hub.stranger()
                        .post("/sign-in?to=%2Fmoney", "/sign-in", "key", "wbk_wrong")
                        .body())
                .contains("name=\"back\" value=\"/sign-in?to=%2Fmoney\"");
    }

    @Test
    void an_address_without_the_name_it_ends_with_is_no_page() throws Exception {
        for (String path : new String[] {"/orders/", "/upload/", "/exceptions/"}) {
            assertThat(olga.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void nothing_was_decided_where_no_row_is_ticked() throws Exception {
        assertThat(fred.done("/money/variances", "/money/variances", "act", "accept", "reason", "as agreed"))
                .contains("no row is ticked")
                .doesNotContain("Decided.");
    }

    @Test
    void what_nobody_decided_is_not_accepted() throws Exception {
        assertThat(fred.done("/money/variances", "/money/variances", "id", "fnd_0", "reason", "as agreed"))
                .contains("Nothing was decided");
        assertThat(fred.done("/money/variances", "/money/variances", "id", "fnd_0", "act", "enter", "reason", "agreed"))
                .contains("Nothing was decided");
    }

    @Test
    void a_list_that_is_narrowed_further_stays_as_narrow_as_it_was() throws Exception {
        assertThat(olga.page("/exceptions?state=closed"))
                .contains("<input type=\"hidden\" name=\"state\" value=\"closed\">");
        assertThat(olga.page("/exceptions")).doesNotContain("name=\"state\"");
        assertThat(olga.page("/orders?namespace=acme"))
                .contains("<input type=\"hidden\" name=\"namespace\" value=\"acme\">");
    }

    @Test
    void a_list_that_was_narrowed_to_nothing_does_not_say_that_all_is_well() throws Exception {
        assertThat(olga.page("/exceptions?assignee=Somebody%20Else"))
                .contains("No exception is like that.")
                .doesNotContain("Nothing needs a person.");
    }

    @Test
    void what_was_typed_into_the_form_of_a_sheet_stays_when_it_is_refused_and_who_waits_is_counted_once()
            throws Exception {
        String batch = handed("commit.csv", "CM-1" + ROW + "CM-2" + ROW.replace("USD,1.2", "USD,"));
        assertThat(olga.page(batch))
                .containsOnlyOnce("<dt>held</dt>")
                .contains("<label for=\"most\">At most (USD)</label>");

        HttpResponse<String> refused = olga.post(batch, batch + "/commit", "rows", "all", "maxTotal", "0.01");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body())
                .contains("name=\"maxTotal\" inputmode=\"decimal\" size=\"8\" value=\"0.01\"")
                .contains("name=\"rows\" value=\"all\" checked")
                .doesNotContain("name=\"rows\" value=\"good\" checked");
        assertThat(olga.post(batch, batch + "/commit", "rows", "all", "maxTotal", "lots")
                        .body())
                .contains("<strong>At most</strong> the parameter maxTotal cannot be")
                .contains("value=\"lots\" aria-invalid=\"true\" aria-describedby=\"most-why\"")
                .containsPattern("<small class=\"bad\" id=\"most-why\">[^<]+Expected: an amount such as 120.00[.]<");
        assertThat(olga.page(batch)).contains("<dt>Cost in total</dt>");
        olga.done(batch, batch + "/commit", "rows", "all");
        String done = await().until(() -> olga.page(batch), page -> page.contains(">done<"));
        assertThat(done)
                .containsOnlyOnce("<dt>held</dt>")
                .contains("<dt>Cost when it was looked at</dt>")
                .doesNotContain("<dt>Cost in total</dt>");
    }

    @Test
    void the_rows_of_a_sheet_lead_on_only_where_more_follow() throws Exception {
        String results =
                handed("pages.csv", "PG-1" + ROW + "PG-2" + ROW).replace("/upload/", "/v1/batches/") + "/results";

        assertThat(hub.json(results + "?limit=1").path("next").asText()).isEqualTo("1");
        assertThat(hub.json(results + "?limit=1&cursor=1").path("items")).hasSize(1);
        assertThat(hub.json(results + "?limit=1&cursor=1").path("next").isNull())
                .isTrue();
        assertThat(hub.json(results + "?limit=2").path("next").isNull()).isTrue();
    }

    @Test
    void of_two_files_in_one_form_neither_is_taken_and_its_source_stays_chosen() throws Exception {
        String head = Files.readAllLines(Path.of("mappings/excel-template/english.csv"))
                .get(0);
        String second = head + "\nTWO-1" + ROW + "\r\n------waybill\r\nContent-Disposition: form-data; name=\"file\";"
                + " filename=\"beside-another.csv\"\r\nContent-Type: text/csv\r\n\r\n" + head + "\nTWO-2" + ROW;
        for (String page : new String[] {"/upload", "/rates"}) {
            HttpResponse<String> refused = olga.upload(
                    page, page, "another.csv", second.getBytes(StandardCharsets.UTF_8), "source", "sheet-csv");
            assertThat(refused.statusCode()).as(page).isEqualTo(400);
            assertThat(refused.body())
                    .contains("Hand one file over at a time", "<option value=\"sheet-csv\" selected>")
                    .doesNotContain("<option value=\"sheet\" selected>");
        }
        assertThat(olga.page("/upload")).doesNotContain("another.csv");
    }

    @Test
    void a_form_stands_only_before_who_may_send_it() throws Exception {
        PortalHub.Visitor sue = hub.person("Sue", "support", "*");
        for (String page : new String[] {"/upload", "/rates", "/new"}) {
            String main = sue.page(page).replaceFirst("(?s).*<main", "");
            assertThat(main).as(page).contains("Your key may look at this").doesNotContain("<form", "<button");
            assertThat(olga.page(page)).as(page).contains("<form", "name=\"source\"");
        }
    }

    @Test
    void an_order_without_parcels_is_told_to_have_no_price_yet() throws Exception {
        hub.order("BARE-1", "");

        assertThat(olga.page("/rates?order=BARE-1"))
                .contains("The order has no parcels yet.", "BARE-1</a>")
                .doesNotContain("parcels is missing");
    }

    @Test
    void an_invoice_that_is_refused_leaves_its_layout_chosen() throws Exception {
        HttpResponse<String> refused = fred.upload(
                "/money",
                "/money/invoices",
                "bad.csv",
                "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\nF-2,T-1,1.20,a lot,4.62,11.30,USD,\n".getBytes(StandardCharsets.UTF_8),
                "account",
                "sandbox",
                "layout",
                "mapping:label-platform-bill");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("<option value=\"mapping:label-platform-bill\" selected>", "<details class=\"act\" open>");
    }

    @Test
    void a_file_of_several_invoices_leads_to_the_list_of_them_and_one_of_one_to_that_one() throws Exception {
        UpsFile two = new UpsFile()
                .charge("PF-1", "1Z901", "2026-11-16", UpsFile.Charge.transport("8.10"))
                .charge("PF-2", "1Z902", "2026-11-16", UpsFile.Charge.transport("9.10"));
        UpsFile one = new UpsFile().charge("PF-3", "1Z903", "2026-11-16", UpsFile.Charge.transport("8.10"));

        HttpResponse<String> several = billed(two);
        assertThat(several.statusCode()).isEqualTo(303);
        assertThat(several.headers().firstValue("Location")).hasValue("/money?account=sandbox&done=invoices");
        assertThat(fred.page("/money?account=sandbox&done=invoices"))
                .contains("PF-1", "PF-2", "All invoices of the file are in");
        assertThat(billed(one).headers().firstValue("Location").orElseThrow())
                .startsWith("/money/invoices/inv_")
                .endsWith("?done=invoice");
        String again = billed(one).headers().firstValue("Location").orElseThrow();
        assertThat(fred.page(again)).contains("This invoice was in already: nothing was added.");
    }

    @Test
    void a_cent_is_followed_from_the_invoice_to_its_shipment_and_back_to_the_very_line() throws Exception {
        JsonNode order = hub.json("/v1/orders/" + hub.order("CENT-1", PortalTest.WEIGHED));
        String number = order.at("/shipments/0/trackingNumbers/0").asText();
        String invoice = billed(new UpsFile()
                        .charge("PF-9", number, "2026-11-30", UpsFile.Charge.transport("8.11"))
                        .charge("PF-9", number, "2026-11-30", UpsFile.Charge.fuel("0.97"))
                        .charge(
                                "PF-9",
                                "",
                                "2026-11-30",
                                new UpsFile.Charge("MIS", "SVCH", "MSC", "SVC", "Weekly fee", "5.00")))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replace("?done=invoice", "");

        assertThat(fred.page(invoice)).contains("href=\"" + invoice + "/lines\"");
        assertThat(fred.page(invoice + "/lines"))
                .contains("/money/why?number=" + number, "$8.11", "$0.97", "Weekly fee", "<code>account-fee</code>")
                .doesNotContain("From the first line");
        String why = fred.page("/money/why?number=" + number);
        assertThat(why).contains("href=\"" + invoice + "/lines?cursor=2\"", ">PF-9, line 2<");
        PortalHub.Visitor bounded = hub.person("Bo", "finance", "acme");
        assertThat(bounded.get(invoice + "/lines").statusCode()).isEqualTo(404);
        assertThat(bounded.page("/money/why?number=" + number))
                .contains("$8.11")
                .doesNotContain("/money/invoices/", "PF-9");
        assertThat(fred.page(invoice + "/lines?cursor=2"))
                .contains("$0.97", "From the first line")
                .doesNotContain("$8.11");
        assertThat(fred.page(invoice + "/lines?cursor=9")).as("after the last").contains("PF-9", "From the first line");
    }

    @Test
    void no_page_of_an_invoices_lines_and_no_link_to_one_counts_all_the_lines_of_the_invoice() throws Exception {
        JsonNode order = hub.json("/v1/orders/" + hub.order("CENT-2", PortalTest.WEIGHED));
        String number = order.at("/shipments/0/trackingNumbers/0").asText();
        String invoice = billed(new UpsFile().charge("PF-10", number, "2026-11-30", UpsFile.Charge.transport("8.11")))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replace("?done=invoice", "");
        Jdbi database = Jdbi.create(hub.database.url(), hub.database.user(), hub.database.password());
        database.useHandle(handle -> handle.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000"));
        database.useHandle(handle -> handle.execute("SET QUERY_STATISTICS TRUE"));
        try {
            assertThat(fred.page(invoice + "/lines")).contains("PF-10", "$8.11");
            assertThat(fred.page(invoice + "/lines?cursor=1")).contains("PF-10", "From the first line");
            assertThat(fred.page("/money/why?number=" + number))
                    .contains(invoice + "/lines?cursor=1", ">PF-10, line 1<");

            assertThat(database.<List<String>, RuntimeException>withHandle(handle ->
                            handle.createQuery("""
                            SELECT sql_statement FROM information_schema.query_statistics
                            WHERE sql_statement LIKE '%FROM invoice_line%'""").mapTo(String.class).list()))
                    .isNotEmpty()
                    .noneMatch(asked -> asked.contains("COUNT("));
        } finally {
            database.useHandle(handle -> handle.execute("SET QUERY_STATISTICS FALSE"));
        }
    }

    private HttpResponse<String> billed(UpsFile file) throws Exception {
        return fred.upload(
                "/money", "/money/invoices", "nov.csv", file.bytes(), "account", "sandbox", "layout", "carrier:ups");
    }

    @Test
    void what_was_typed_for_another_label_stays_when_it_is_refused() throws Exception {
        String self = "/orders/" + hub.order("FT-1", PortalTest.WEIGHED);

        String refused = olga.post(
                        self,
                        self + "/shipments",
                        "key",
                        "k",
                        "reason",
                        "relabel",
                        "weight",
                        "0.75",
                        "unit",
                        "lb",
                        "note",
                        "smudged at the dock")
                .body();

        assertThat(refused)
                .contains("still has a shipment that counts")
                .contains("<option value=\"relabel\" selected>", "value=\"smudged at the dock\"", "value=\"0.75\"")
                .contains("<details class=\"act\" open><summary>Another label");
    }

    @Test
    void what_was_typed_at_the_bench_and_for_a_channel_stays_when_it_is_refused() throws Exception {
        String id = hub.order("FT-2", "");
        assertThat(olga.post("/bench?order=FT-2", "/bench", "id", id, "number", "FT-2", "weight", "1,25", "unit", "lb")
                        .body())
                .contains("value=\"1,25\"", "<option selected>lb</option>");
        assertThat(adam.post(
                                "/rollout",
                                "/rollout/channel",
                                "namespace",
                                "acme",
                                "channel",
                                "excel",
                                "turn",
                                "open",
                                "until",
                                "next week",
                                "reason",
                                "cut-over")
                        .body())
                .contains("value=\"next week\"", "value=\"cut-over\"", "<details open><summary>Change");
    }

    @Test
    void what_was_typed_for_several_exceptions_stays_and_the_order_it_was_refused_for_is_named() throws Exception {
        hub.drop("FX-1", "787");
        String id = exceptionOf("FX-1");
        String list = "/exceptions?source=acme-csv";
        String[] fix = {"id", id, "act", "fix", "field", "/shipTo/postalCode", "value", "12"};

        String refused = olga.post(list, "/exceptions/act", fix).body();

        assertThat(refused)
                .contains("value=\"12\"", "name=\"id\" value=\"" + id + "\" checked")
                .contains("Open that order", ">FX-1</span> · <strong>");
        fix[7] = "01067";
        for (int i = 0; i < 2; i++) {
            assertThat(olga.done(list, "/exceptions/act", fix))
                    .contains("Tried again.")
                    .doesNotContain(">FX-1<");
        }
    }

    @Test
    void nothing_is_taken_out_of_an_order_where_no_value_was_typed() throws Exception {
        hub.drop("FX-3", "787");
        String id = exceptionOf("FX-3");
        String list = "/exceptions?source=acme-csv";
        String[] fix = {"id", id, "act", "fix", "field", "/shipTo/postalCode", "value", " "};
        String order = hub.json("/v1/exceptions/" + id).path("href").asText();

        HttpResponse<String> refused = olga.post(list, "/exceptions/act", fix);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Nothing was done: type the new value.");
        assertThat(hub.json(order).at("/order/shipTo/postalCode").asText()).isEqualTo("787");
    }

    @Test
    void what_somebody_else_corrected_meanwhile_is_left_alone() throws Exception {
        hub.drop("FX-4", "787");
        String id = exceptionOf("FX-4");
        String list = "/exceptions?source=acme-csv";
        String order = hub.json("/v1/exceptions/" + id).path("href").asText();
        String self = order.substring("/v1".length());
        String[] corrected = {"revision", "1", "/shipTo/postalCode", "01067", "/service", "sandbox:nowhere"};
        hub.person("Sam", "ops", "*").post(self, self + "/edit", corrected);
        await().until(() -> hub.json(order).path("status").asText().equals("refused"));

        HttpResponse<String> stale = olga.post(
                list, "/exceptions/act", "id", id, "act", "fix", "field", "/shipTo/postalCode", "value", "01069");

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("FX-4: nothing is wrong with Postal code; it was left alone");
        assertThat(hub.json(order).at("/order/shipTo/postalCode").asText()).isEqualTo("01067");
        assertThat(olga.done(
                        list,
                        "/exceptions/act",
                        "id",
                        id,
                        "act",
                        "fix",
                        "field",
                        "/shipTo/postalCode",
                        "value",
                        "01067"))
                .contains("Tried again.");
    }

    @Test
    void a_value_that_stands_in_a_field_that_is_not_at_fault_mends_nothing_and_is_told_so() throws Exception {
        hub.drop("FX-7", "787");
        String id = exceptionOf("FX-7");
        String order = hub.json("/v1/exceptions/" + id).path("href").asText();
        String name = hub.json(order).at("/order/shipTo/name").asText();
        assertThat(name).isNotEmpty();

        HttpResponse<String> told = olga.post(
                "/exceptions?source=acme-csv",
                "/exceptions/act",
                "id",
                id,
                "act",
                "fix",
                "field",
                "/shipTo/name",
                "value",
                name);

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(told.body()).contains("FX-7: nothing is wrong with Name; it was left alone");
    }

    @Test
    void of_several_exceptions_the_refused_ones_are_named_and_the_others_counted() throws Exception {
        hub.drop("FX-5", "787");
        hub.drop("FX-6", "787");
        String first = exceptionOf("FX-5");
        String second = exceptionOf("FX-6");
        String list = "/exceptions?source=acme-csv";
        olga.done(list, "/exceptions/act", "id", first, "act", "fix", "field", "/shipTo/postalCode", "value", "01067");

        String told = olga.post(list, "/exceptions/act", "id", first, "id", second, "act", "mine")
                .body();

        assertThat(told)
                .contains("Done for 1 of 2. Refused:", "is closed", "Open that order", ">FX-5</span> · ")
                .contains("<td>Olga</td>");
    }

    @Test
    void several_orders_that_are_mended_at_once_are_waited_for_no_longer_than_one() throws Exception {
        PortalHub slow = PortalHub.another();
        PortalHub.Visitor adam = slow.person("adam", "admin", "*");
        List<String> fix = new ArrayList<>(List.of("act", "fix", "field", "/shipTo/postalCode", "value", "01067"));
        for (String number : List.of("SLOW-1", "SLOW-2", "SLOW-3")) {
            slow.drop(number, "787");
            await().until(() -> adam.page("/exceptions").contains(">" + number + "<"));
        }
        slow.json("/v1/exceptions").path("items").findValuesAsText("id").forEach(id -> fix.addAll(List.of("id", id)));
        slow.hub.postTo("/v1/accounts/sandbox/off", "{\"reason\":\"strike\"}", "Authorization", "Bearer " + slow.admin);

        Instant before = Instant.now();
        String told = adam.done("/exceptions", "/exceptions/act", fix.toArray(String[]::new));

        assertThat(told).contains("Tried again.", "Nothing needs a person.");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(16));
        assertThat(slow.json("/v1/orders?status=ready").path("items")).hasSize(3);
    }

    @Test
    void enter_does_what_was_typed_and_nothing_by_itself() throws Exception {
        hub.drop("FX-2", "787");
        String id = exceptionOf("FX-2");
        String list = "/exceptions?source=acme-csv";
        Matcher first =
                Pattern.compile("<button[^>]*name=\"act\" value=\"([a-z-]+)\"").matcher(olga.page(list));
        assertThat(first.find()).isTrue();
        assertThat(first.group(1)).isEqualTo("enter");

        assertThat(olga.post(list, "/exceptions/act", "id", id, "act", "enter").body())
                .contains("role=\"alert\"", "Nothing was done");
        assertThat(olga.done(list, "/exceptions/act", "id", id, "act", "enter", "assignee", "me"))
                .contains("<td>Olga</td>");
        assertThat(olga.done(
                        list,
                        "/exceptions/act",
                        "id",
                        id,
                        "act",
                        "enter",
                        "field",
                        "/shipTo/postalCode",
                        "value",
                        "01067"))
                .contains("Tried again.");
        assertThat(hub.json("/v1/orders?key=FX-2").at("/items/0/status").asText())
                .isEqualTo("labelled");
    }

    @Test
    void why_asks_back_which_of_several_orders_is_meant() throws Exception {
        String beta = hub.order("FW-1", "\"namespace\": \"beta\"," + PortalTest.WEIGHED);
        String acme = hub.order("FW-1", PortalTest.WEIGHED);

        assertThat(fred.page("/money/why?number=FW-1"))
                .contains("Several orders can be meant", "&amp;id=" + beta, "&amp;id=" + acme)
                .doesNotContain("Every line");
        assertThat(fred.page("/money/why?number=FW-1&id=" + beta))
                .contains("Every line", "/orders/" + beta, "Jane Roe");
    }

    @Test
    void versions_of_a_mapping_are_offered_to_whom_they_are_shown() throws Exception {
        assertThat(adam.page("/mappings/acme-orders")).contains("/mappings/acme-orders/diff");
        assertThat(hub.person("Gus", "admin", "globex").page("/mappings/acme-orders"))
                .doesNotContain("/mappings/acme-orders/diff");
    }

    @Test
    void a_large_file_of_a_session_that_is_over_leads_back_to_its_page_and_says_that_nothing_was_saved()
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.address().resolve("/upload"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Referer", hub.address().resolve("/upload").toString())
                .POST(BodyPublishers.ofString("x".repeat(40_000)))
                .build();

        String door = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();

        PortalHub.Visitor back = hub.stranger();
        assertThat(back.page(door)).contains("nothing of what you sent was saved", "name=\"to\" value=\"/upload\"");
    }

    @Test
    void a_form_that_is_too_large_is_told_so_on_its_page_with_what_to_do() throws Exception {
        List<String> fields = List.of("orderId", "x".repeat(1_100_000));
        Map<String, String> pages = Map.of("/new", "/new", "/exceptions/exc_1/resolve", "/exceptions");

        for (Map.Entry<String, String> form : pages.entrySet()) {
            HttpResponse<String> told = olga.send(
                    form.getKey(),
                    fields,
                    "Referer",
                    hub.address().resolve(form.getValue()).toString());

            assertThat(told.statusCode()).as(form.getKey()).isEqualTo(413);
            assertThat(told.body())
                    .contains(
                            "href=\"" + form.getValue() + "\" aria-current=\"page\"",
                            "role=\"alert\"",
                            "Nothing of it was read.",
                            "hand over several smaller files");
        }
    }

    @Test
    void the_row_that_shows_how_is_not_bought() throws Exception {
        for (String language : new String[] {"en", "zh"}) {
            byte[] sheet = olga.bytes("/upload/template?language=" + language);
            String batch = olga.upload("/upload", "/upload", "how-" + language + ".xlsx", sheet, "source", "sheet")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(looked(batch)).as(language).contains(">skipped<", "示例行").doesNotContain("class=\"flaw\"");
        }
    }

    private static String handed(String name, String rows) throws Exception {
        String head = Files.readAllLines(Path.of("mappings/excel-template/english.csv"))
                .get(0);
        String batch = olga.upload(
                        "/upload",
                        "/upload",
                        name,
                        (head + "\n" + rows).getBytes(StandardCharsets.UTF_8),
                        "source",
                        "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        looked(batch);
        return batch;
    }

    private static String looked(String batch) {
        return await().until(() -> olga.page(batch), page -> page.contains(">looked at<"));
    }

    private static String exceptionOf(String orderId) {
        return await().until(
                        () -> {
                            for (JsonNode item :
                                    hub.json("/v1/exceptions?source=acme-csv").path("items")) {
                                if (item.path("orderId").asText().equals(orderId)) {
                                    return item.path("id").asText();
                                }
                            }
                            return "";
                        },
                        id -> !id.isEmpty());
    }
}
