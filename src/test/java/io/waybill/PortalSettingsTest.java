package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts and sinks are tried, limits are seen, addresses are checked. */
class PortalSettingsTest {
    private static PortalHub hub;
    private static PortalHub.Visitor ada;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalSettingsTest.class);
        ada = hub.person("Adam", "admin", "*");
        olga = hub.person("Olga", "ops", "*");
    }

    @Test
    void the_audit_log_tells_what_was_edited_by_the_names_of_the_fields() throws Exception {
        String id = hub.order("P-AUDITED", "");
        HttpResponse<String> edited = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(hub.address().resolve("/v1/orders/" + id))
                                .header("Authorization", "Bearer " + hub.admin)
                                .method(
                                        "PATCH",
                                        BodyPublishers.ofString(
                                                "{\"shipTo\":{\"line2\":\"Apt 4\"},\"reference\":\"PO-8\"}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(202);
        PortalHub.Visitor adam = hub.person("Adam Audited", "admin", "*");

        assertThat(adam.page("/settings/audit?entity=" + id))
                .contains("order.edited", "Second line", "Reference")
                .doesNotContain("/shipTo/line2", "[&quot;", "[\"");
        adam.language = "zh";
        assertThat(adam.page("/settings/audit?entity=" + id))
                .contains("order.edited")
                .doesNotContain("/shipTo/line2");
    }

    @Test
    void what_is_not_there_is_not_offered_without_what_was_asked_of_it() throws Exception {
        HttpResponse<String> none = ada.get("/orders/ord_none?done=saved&x=1");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).doesNotContain("Open the page without it");

        assertThat(ada.get("/orders?status=nosuch").body()).contains("<a href=\"/orders\">Open the page without it");
        HttpResponse<String> notTheirs = olga.get("/settings/audit?entity=x");
        assertThat(notTheirs.statusCode()).isEqualTo(403);
        assertThat(notTheirs.body()).doesNotContain("Open the page without it");
        assertThat(ada.get("/orders/export?status=nosuch").body())
                .as("a file that is not given leads to its page and not to another file")
                .contains("<a href=\"/orders\">Open the page without it");
    }

    @Test
    void the_connection_of_an_account_is_tested_by_an_administrator() throws Exception {
        String self = "/settings/accounts/sandbox";
        assertThat(olga.page(self))
                .contains("Usually", "with the purchase · asked for")
                .doesNotContain(self + "/test");
        assertThat(olga.post(self, self + "/test").statusCode()).isEqualTo(403);

        assertThat(ada.post(self, self + "/test").body()).contains("The carrier answers: look-up by reference");
        assertThat(ada.page("/settings/audit?entity=sandbox")).contains("account.tested", "answered", "Adam");
        HttpResponse<String> none = ada.get("/settings/accounts/none");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("here is no account \"none\"", "one of: sandbox");
    }

    @Test
    void a_sink_is_tested_and_says_why_it_took_nothing() throws Exception {
        hub.order("SET-1", PortalTest.WEIGHED);
        assertThat(olga.page("/settings/sinks"))
                .contains("oms", "order.labelled")
                .doesNotContain("/test\"");

        assertThat(ada.post("/settings/sinks", "/settings/sinks/oms/test").body())
                .contains("role=\"alert\"", "oms did not take", "direct:sink.oms");
        assertThat(ada.post("/settings/sinks", "/settings/sinks/none/test").statusCode())
                .isEqualTo(404);
    }

    @Test
    void limits_show_what_is_used_up_today() throws Exception {
        hub.order("T-2", PortalTest.WEIGHED);
        JsonNode limit = hub.json("/v1/spending").at("/items/0");
        assertThat(limit.path("name").asText()).isEqualTo("acme");
        assertThat(limit.path("labels").asInt()).isPositive();
        assertThat(limit.path("amount").asDouble()).isPositive();

        assertThat(olga.page("/settings/spending")).contains("/ 100,000", "/ $9,000.00", "<rect");
        assertThat(hub.person("Stan", "ops", "globex").page("/settings/spending"))
                .contains("No limit is set.")
                .doesNotContain("100,000");
    }

    @Test
    void an_address_is_checked_by_the_rules_of_its_country() throws Exception {
        JsonNode good = check("\"state\": \"Texas\", \"postalCode\": \"78701\"");
        assertThat(good.path("good").asBoolean()).isTrue();
        assertThat(good.at("/address/state").asText()).isEqualTo("TX");

        JsonNode bad = check("\"state\": \"TX\", \"postalCode\": \"787\"");
        assertThat(bad.path("good").asBoolean()).isFalse();
        assertThat(bad.at("/errors/0/pointer").asText()).isEqualTo("/postalCode");
        assertThat(bad.at("/errors/0/detail").asText()).contains("787");
    }

    private static JsonNode check(String more) throws Exception {
        return Json.mapper()
                .readTree(hub.hub
                        .postTo(
                                "/v1/addresses/check",
                                "{\"name\": \"Jane Roe\", \"line1\": \"1 Main St\", \"city\": \"Austin\", \"country\":"
                                        + " \"US\", "
                                        + more + "}",
                                "Authorization",
                                "Bearer " + hub.admin)
                        .body());
    }
}
