package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told what carriers bill, and how an invoice is followed through the pages. */
class PortalMoneyTest {
    private static final String DAY = "2026-11-30";

    private static PortalHub hub;
    private static PortalHub.Visitor fred;
    private static PortalHub.Visitor sue;
    private static String order = "";
    private static String number = "";
    private static String invoice = "";

    @BeforeAll
    static void bill() throws Exception {
        hub = PortalHub.running();
        fred = hub.person("Fred", "finance", "*");
        sue = hub.person("Sue", "support", "*");
        order = hub.order("PM-1", PortalTest.WEIGHED);
        number = hub.json("/v1/orders/" + order)
                .at("/shipments/0/trackingNumbers/0")
                .asText();
        UpsFile file = new UpsFile()
                .charge("PM-9", number, DAY, Charge.transport("18.11"))
                .charge("PM-9", number, DAY, Charge.fuel("0.97"))
                .charge("PM-9", number, DAY, Charge.fuel("0.97"))
                .charge("PM-9", "1ZNOBODYS", DAY, Charge.transport("7.40"))
                .charge("PM-9", "", DAY, new Charge("MIS", "SVCH", "MSC", "SVC", "Weekly fee", "5.00"));
        HttpResponse<String> taken = fred.upload(
                "/money", "/money/invoices", "pm.csv", file.bytes(), "account", "sandbox", "layout", "carrier:ups");
        invoice = taken.headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/", "")
                .replaceFirst("[?].*", "");
    }

    @Test
    void what_is_billed_is_told_to_who_may_read_the_money_and_what_is_expected_to_all() throws Exception {
        String charges = "/v1/charges?orderId=PM-1&namespace=acme";
        for (String path : new String[] {charges, "/v1/orders/" + order, "/v1/orders?orderId=PM-1"}) {
            assertThat(sides(fred, path)).as(path).containsKeys("billed", "expected");
            assertThat(sides(sue, path)).as(path).containsOnlyKeys("expected");
        }
        assertThat(fred.page("/orders/" + order)).contains("$18.11");
        assertThat(sue.page("/orders/" + order)).doesNotContain("$18.11");
        assertThat(sue.get("/money/why?number=" + number).statusCode()).isEqualTo(403);
    }

    /** A day told as the first moment of it in UTC is another day wherever the hub's clock is behind. */
    @Test
    void a_line_of_an_invoice_is_told_with_the_day_of_the_invoice_and_no_time() throws Exception {
        assertThat(fred.page("/money/why?number=" + number))
                .contains("<td class=\"nw\">21 Nov 2026</td>")
                .doesNotContain("21 Nov 2026, ");
    }

    @Test
    void what_is_left_open_is_headed_by_what_stands_below_and_leads_to_its_order() throws Exception {
        String late = hub.order("PM-OPEN", PortalTest.WEIGHED);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        byte[] ofToday = new UpsFile()
                .charge("PM-OF-TODAY", "1ZELSEWHERE", today, Charge.transport("7.40"))
                .bytes();
        fred.upload("/money", "/money/invoices", "today.csv", ofToday, "account", "sandbox", "layout", "carrier:ups");

        String open = fred.page("/money/open?account=sandbox");
        assertThat(section(open, "Labels the hub never bought"))
                .contains(">Invoice</th>", "<td>PM-9</td>")
                .doesNotContain(">Order</th>");
        assertThat(section(open, "Shipments no invoice bills"))
                .contains(">Order</th>", "<a href=\"/orders?find=PM-OPEN\">PM-OPEN</a>")
                .doesNotContain(">Invoice</th>");

        assertThat(fred.page("/money/shipments")).contains("<a href=\"/orders?find=PM-OPEN\">PM-OPEN</a>");
        assertThat(fred.page("/orders?find=PM-OPEN")).contains("href=\"/orders/" + late + "\"");
    }

    private static String section(String page, String heading) {
        int from = page.indexOf("<h2>" + heading);
        return page.substring(from, page.indexOf("</section>", from));
    }

    @Test
    void what_is_left_open_of_an_account_there_is_no_longer_is_not_headed_by_another_one() throws Exception {
        assertThat(fred.page("/money/open?account=gone")).contains("<option selected>gone</option>");
    }

    @Test
    void of_what_is_left_open_a_list_that_ends_says_so_and_leads_to_the_rest() throws Exception {
        UpsFile file = new UpsFile();
        for (int n = 0; n < 501; n++) {
            file.charge("PM-MANY", "", DAY, Charge.transport("7.40"));
        }
        fred.upload(
                "/money", "/money/invoices", "many.csv", file.bytes(), "account", "sandbox", "layout", "carrier:ups");

        String open = fred.page("/money/open?account=sandbox");

        assertThat(section(open, "Lines on no shipment"))
                .contains(
                        "No more than 500 are shown here",
                        "/money/open/unmatched-lines/export?account=sandbox\"",
                        "<span class=\"unseen\"> Lines on no shipment</span>");
        assertThat(section(open, "Shipments no invoice bills")).doesNotContain("No more than");
        assertThat(fred.get("/money/open/unmatched-lines/export?account=sandbox")
                        .headers())
                .satisfies(head -> assertThat(head.firstValue("Content-Disposition"))
                        .hasValue("attachment; filename=\"unmatched-lines.xlsx\""));
        assertThat(fred.get("/money/open/unmatched/export?account=sandbox"))
                .as("there is no such list")
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
                .satisfies(answer -> assertThat(answer.headers().firstValue("Content-Disposition"))
                        .isEmpty());
        String all = "/v1/reconciliation/unmatched-lines?account=sandbox";
        JsonNode first = json(fred, all);
        String cursor = first.path("next").asText();
        JsonNode next = json(fred, all + "&cursor=" + cursor);
        assertThat(first.path("items")).hasSize(500);
        assertThat(next.path("items")).isNotEmpty().doesNotContainAnyElementsOf(first.path("items"));
        assertThat(next.path("next").isNull()).isTrue();
        assertThat(fred.get(all + "&format=csv").body().lines())
                .hasSize(1 + 500 + next.path("items").size());
        assertThat(fred.get(all + "&cursor=inv_1").statusCode()).isEqualTo(400);
        for (String other :
                List.of("reconciliation/labels-never-bought?account=sandbox&", "journal?", "charges/sums?by=order&")) {
            assertThat(fred.get("/v1/" + other + "cursor=" + cursor).statusCode())
                    .as(other)
                    .isEqualTo(400);
        }
    }

    @Test
    void each_list_of_what_is_left_open_is_a_table_of_its_own_with_just_the_lines_told_of_it() throws Exception {
        hub.order("PM-LISTED", PortalTest.WEIGHED);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        JsonNode open = json(fred, "/v1/reconciliation?account=sandbox&until=" + today);

        JsonNode unbilled = json(fred, "/v1/reconciliation/shipments-never-billed?account=sandbox&until=" + today);
        assertThat(unbilled.path("items")).isNotEmpty().isEqualTo(open.path("shipmentsNeverBilled"));
        String behind = Base64.getUrlEncoder()
                .encodeToString(String.join(
                                "\u001F",
                                "shipments-never-billed",
                                unbilled.path("items").get(0).path("shipment").asText(),
                                "USD",
                                String.valueOf(LocalDate.parse(today).toEpochDay()))
                        .getBytes(StandardCharsets.UTF_8));
        for (String until : List.of("&until=" + today, "")) {
            assertThat(json(
                                    fred,
                                    "/v1/reconciliation/shipments-never-billed?account=sandbox" + until + "&cursor="
                                            + behind)
                            .path("items"))
                    .as("until the day of the first page, said or not")
                    .hasSize(unbilled.path("items").size() - 1);
        }
        JsonNode outside = json(fred, "/v1/reconciliation/labels-never-bought?account=sandbox");
        assertThat(outside.path("items")).isNotEmpty().isEqualTo(open.path("labelsNeverBought"));
        assertThat(fred.get("/v1/reconciliation/shipments-never-billed?account=nobodys&format=csv")
                        .body()
                        .lines())
                .containsExactly("shipment,orderId,trackingNumber,boughtAt,expected,currency");
        assertThat(sue.get("/v1/reconciliation/unmatched-lines?account=sandbox").statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_final_bill_of_an_order_is_pending_until_an_invoice_bills_it() throws Exception {
        String bought = hub.order("PM-BILL", PortalTest.WEIGHED);
        assertThat(json(fred, "/v1/orders/" + bought).at("/pending/0/what").asText())
                .isEqualTo("final_bill");

        taken("PM-BILLED", "PM-BILL");

        assertThat(json(fred, "/v1/orders/" + bought).path("pending")).isEmpty();
    }

    @Test
    void enter_in_the_reason_of_a_decision_disputes_nothing() throws Exception {
        String self = taken("PM-ENTERED", "PM-ENTER");
        String list = "/money/variances?invoice=" + self.replaceAll(".*/", "");
        String id = duplicate(self.replaceAll(".*/", ""));
        Matcher first =
                Pattern.compile("<button[^>]*name=\"act\" value=\"([a-z-]+)\"").matcher(fred.page(list));
        assertThat(first.find()).isTrue();

        assertThat(fred.done(list, "/money/variances", "id", id, "act", first.group(1), "reason", "twice"))
                .contains("Nothing was decided");
    }

    @Test
    void weights_of_an_invoice_are_told_in_units_people_read() throws Exception {
        assertThat(json(fred, "/v1/invoices/" + invoice + "/lines").findValuesAsText("weightUnit"))
                .contains("L");
        assertThat(fred.page("/money/invoices/" + invoice + "/lines"))
                .contains("<td class=\"num\">2 lb</td>")
                .doesNotContain(" L</td>");
        assertThat(fred.page("/money/shipments"))
                .contains("<td class=\"num\">2 lb</td><td class=\"num\">2 lb</td>")
                .doesNotContain(" L</td>");
    }

    /** How many lines of each side stand anywhere in what this answers. */
    private static Map<String, Integer> sides(PortalHub.Visitor who, String path) throws Exception {
        Map<String, Integer> sides = new TreeMap<>();
        json(who, path).findValues("side").forEach(side -> sides.merge(side.asText(), 1, Integer::sum));
        return sides;
    }

    private static JsonNode json(PortalHub.Visitor who, String path) throws Exception {
        HttpResponse<String> answer = who.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer.body());
    }

    private static JsonNode read(String body) throws IOException {
        return Json.mapper().readTree(body);
    }

    @Test
    void an_invoice_that_is_approved_and_posted_twice_says_both_times_that_it_is() throws Exception {
        String self = taken("PM-8", "PM-2");
        PortalHub.Visitor faye = hub.person("Faye", "finance", "*");
        for (String act : List.of("approve", "approve", "post", "post")) {
            assertThat(faye.done(self, self + "/" + act)).contains(act.equals("post") ? "Posted." : "Approved.");
        }
        assertThat(faye.post(self, self + "/approve").statusCode()).isEqualTo(409);
        assertThat(faye.done(self, self + "/pay")).contains("It is settled.");
        assertThat(faye.done(self, self + "/post")).contains("Posted.");
    }

    @Test
    void an_invoice_that_was_paid_without_what_is_in_dispute_is_posted_all_the_same() throws Exception {
        String self = taken("PM-7", "PM-3");
        PortalHub.Visitor faye = hub.person("Faye", "finance", "*");
        String id = duplicate(self.replaceAll(".*/", ""));
        fred.done("/money/variances", "/money/variances", "id", id, "act", "dispute");
        for (String act : List.of("approve", "post", "pay")) {
            faye.done(self, self + "/" + act);
        }
        assertThat(json(fred, "/v1" + self.substring("/money".length()))
                        .path("state")
                        .asText())
                .isEqualTo("part-disputed");

        assertThat(faye.done(self, self + "/post")).contains("Posted.");
    }

    @Test
    void whoever_may_not_approve_an_invoice_is_told_so_also_once_it_is() throws Exception {
        String self = taken("PM-6", "PM-4");
        hub.person("Faye", "finance", "*").done(self, self + "/approve");

        HttpResponse<String> told = fred.post(self, self + "/approve");

        assertThat(told.statusCode()).isEqualTo(403);
    }

    @Test
    void a_table_without_rows_has_the_columns_of_one_with_rows() throws Exception {
        String self = taken("PM-5", "PM-5");
        fred.done(
                "/money/variances", "/money/variances", "id", duplicate(self.replaceAll(".*/", "")), "act", "dispute");
        PortalHub.Visitor faye = hub.person("Faye", "finance", "*");
        faye.done(self, self + "/approve");
        faye.done(self, self + "/post");
        String sold = hub.order("PM-10", PortalTest.WEIGHED);
        hub.person("Olga", "ops", "*").done("/orders/" + sold, "/orders/" + sold + "/void-all");
        await().until(() -> !hub.json("/v1/refunds").path("items").isEmpty());

        Map<String, String> tables = Map.of(
                "/v1/variances",
                "account=none",
                "/v1/disputes",
                "account=none",
                "/v1/refunds",
                "account=none",
                "/v1/journal",
                "entry=none",
                "/v1/accruals",
                "asOf=2020-01-01",
                "/v1" + self.substring("/money".length()) + "/lines",
                "cursor=999");
        for (Map.Entry<String, String> table : tables.entrySet()) {
            List<String> columns = new ArrayList<>();
            json(faye, table.getKey()).at("/items/0").fieldNames().forEachRemaining(columns::add);
            String header = String.join(",", columns);
            assertThat(faye.get(table.getKey() + "?format=csv").body().lines())
                    .hasSizeGreaterThan(1)
                    .first()
                    .isEqualTo(header);
            assertThat(faye.get(table.getKey() + "?format=csv&" + table.getValue())
                            .body()
                            .lines())
                    .as(table.getKey())
                    .containsExactly(header);
        }
    }

    /** The finding of a charge that an invoice names twice. */
    private static String duplicate(String invoiceId) throws Exception {
        return json(fred, "/v1/variances?invoice=" + invoiceId).findParents("rule").stream()
                .filter(finding -> finding.path("rule").asText().equals("duplicate-charge"))
                .map(finding -> finding.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The page of an invoice that Fred imported, of one label. */
    private static String taken(String name, String orderId) throws Exception {
        String label = hub.json("/v1/orders/" + hub.order(orderId, PortalTest.WEIGHED))
                .at("/shipments/0/trackingNumbers/0")
                .asText();
        byte[] file = new UpsFile()
                .charge(name, label, DAY, Charge.transport("18.11"))
                .charge(name, label, DAY, Charge.fuel("0.97"))
                .charge(name, label, DAY, Charge.fuel("0.97"))
                .bytes();
        HttpResponse<String> taken = fred.upload(
                "/money", "/money/invoices", name + ".csv", file, "account", "sandbox", "layout", "carrier:ups");
        return taken.headers().firstValue("Location").orElseThrow().replaceFirst("[?].*", "");
    }

    @Test
    void the_lines_of_an_invoice_are_listed_by_the_bucket_they_landed_in_and_saved_as_a_table() throws Exception {
        String lines = "/v1/invoices/" + invoice + "/lines";

        assertThat(json(fred, lines + "?bucket=account-fee").path("items").findValuesAsText("carrierText"))
                .containsExactly("Weekly fee");
        assertThat(json(fred, lines + "?bucket=shipment").path("items").findValuesAsText("bucket"))
                .hasSize(3)
                .containsOnly("null");
        assertThat(fred.get(lines + "?bucket=account-fee&format=csv").body().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("invoice,line,fileRow,trackingNumber");
        assertThat(fred.get(lines + "?bucket=fees").statusCode()).isEqualTo(400);
        assertThat(fred.page("/money/invoices/" + invoice + "/lines?bucket=account-fee"))
                .contains("Weekly fee")
                .doesNotContain("$18.11");
        String page = fred.page("/money/invoices/" + invoice);
        assertThat(page)
                .contains(
                        "href=\"/money/invoices/" + invoice + "/lines?bucket=account-fee\"",
                        "href=\"/money/invoices/" + invoice + "/lines/export\"",
                        "<tr><td>–</td><td><a href=\"/money/invoices/" + invoice + "/lines?bucket=account-fee\">");
        assertThat(fred.get("/money/invoices/" + invoice + "/lines/export").headers())
                .satisfies(head -> assertThat(head.firstValue("Content-Disposition"))
                        .hasValue("attachment; filename=\"invoice-lines.xlsx\""));
    }

    @Test
    void findings_and_claims_lead_to_their_invoice() throws Exception {
        String link = "href=\"/money/invoices/" + invoice + "\"";
        assertThat(json(fred, "/v1/variances?invoice=" + invoice).findValuesAsText("invoiceId"))
                .containsOnly(invoice);
        assertThat(fred.page("/money/variances?invoice=" + invoice))
                .contains(
                        link,
                        "href=\"/money/invoices/" + invoice + "/lines?cursor=",
                        "href=\"/money/variances?invoice=" + invoice + "&amp;state=accepted\"");

        String id = duplicate(invoice);
        for (int i = 0; i < 2; i++) {
            assertThat(fred.done("/money/variances?invoice=" + invoice, "/money/variances", "id", id, "act", "dispute"))
                    .contains("class=\"done\"");
        }
        assertThat(fred.post("/money/variances", "/money/variances", "id", id, "act", "accept")
                        .body())
                .contains("(duplicate-charge " + number + ", invoice PM-9) it was decided before: disputed");

        assertThat(json(fred, "/v1/disputes").path("items").findValuesAsText("invoiceId"))
                .contains(invoice);
        assertThat(fred.page("/money/disputes")).contains(link);
        assertThat(fred.page("/money/variances?state=disputed"))
                .contains(link)
                .doesNotContain("id=\"decide\"", "data-all");
    }

    @Test
    void what_a_finding_rests_on_is_told_in_the_words_of_the_page() throws Exception {
        PortalHub.Visitor chen = hub.person("Chen", "finance", "*");
        chen.language = "zh-CN";
        for (String path :
                List.of("/money/invoices/" + invoice, "/money/variances?state=disputed", "/money/variances")) {
            assertThat(chen.page(path)).doesNotContain("charged before", "billed=", "expected=", "said=", "entered=");
        }
        assertThat(chen.page("/money/invoices/" + invoice)).contains("先前已计费：0.97 Fuel Surcharge");
        assertThat(fred.page("/money/invoices/" + invoice)).contains("charged before: 0.97 Fuel Surcharge");
    }
}
