package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
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
}
