package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page Rollout, without scripts: what is switched is seen by everybody, switched by administrators, and can be taken back. */
class PortalRolloutTest {
    private static PortalHub hub;
    private static PortalHub.Visitor adam;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalRolloutTest.class);
        adam = hub.person("Adam", "admin", "*");
    }

    @Test
    void a_channel_is_closed_from_a_moment_on_and_rolled_back() throws Exception {
        String closed = adam.done(
                "/rollout",
                "/rollout/channel",
                "namespace",
                "acme",
                "channel",
                "excel",
                "turn",
                "open",
                "until",
                "2098-12-01T00:00:00+01:00",
                "reason",
                "cut-over");
        assertThat(closed).contains("It is switched.", "Adam <small>cut-over</small>", "2098-11-30T23:00:00Z");
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
                                "soon")
                        .body())
                .contains("role=\"alert\"", "is no moment", "<strong>Sheets · Takes orders placed before</strong>")
                .doesNotContain("/channels/excel/until")
                .containsOnlyOnce("aria-invalid")
                .containsPattern("id=\"until-acme-excel\"[^>]* value=\"soon\"[^>]* aria-invalid=\"true\"");
        assertThat(adam.done("/rollout", "/rollout/back", "namespace", "acme")).doesNotContain("2098-11-30T23:00:00Z");
    }

    @Test
    void a_form_that_rolls_back_and_is_sent_twice_takes_one_change_back() throws Exception {
        for (String channel : new String[] {"folder", "sql"}) {
            adam.done(
                    "/rollout",
                    "/rollout/channel",
                    "namespace",
                    "acme",
                    "channel",
                    channel,
                    "turn",
                    "open",
                    "until",
                    "2098-12-01T00:00:00+01:00");
        }
        List<String> fields = back();

        assertThat(adam.send("/rollout/back", fields).statusCode()).isEqualTo(303);
        HttpResponse<String> again = adam.send("/rollout/back", fields);

        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(again.body()).contains("the channels of acme were changed since; nothing was rolled back");
        assertThat(hub.json("/v1/rollout/acme").at("/channels").findValuesAsText("until"))
                .containsOnlyOnce("2098-11-30T23:00:00Z");
        adam.done("/rollout", "/rollout/back", "namespace", "acme");
    }

    /** The form that rolls back, as it stands on the page. */
    private static List<String> back() throws Exception {
        String form = adam.page("/rollout").replaceAll("(?s).*<form [^>]*\"/rollout/back\"(.*?)</form>.*", "$1");
        return Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(form)
                .results()
                .flatMap(field -> Stream.of(field.group(1), field.group(2)))
                .toList();
    }

    @Test
    void a_channel_that_goes_on_refusing_orders_is_rolled_back_all_the_same() throws Exception {
        adam.done("/rollout", "/rollout/channel", "namespace", "acme", "channel", "api", "turn", "read-only");
        List<String> fields = back();
        HttpResponse<String> refused = hub.hub.postBody("""
                {"orderId": "LATE-1", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"}}""", "Authorization", "Bearer " + hub.admin);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);

        assertThat(adam.send("/rollout/back", fields).statusCode()).isEqualTo(303);

        assertThat(hub.json("/v1/rollout/acme").at("/channels/0/state").asText())
                .isEqualTo("open");
    }

    @Test
    void who_sees_no_source_is_told_so_and_finds_no_form_that_names_none() throws Exception {
        PortalHub.Visitor nora = hub.person("Nora", "ops", "nowhere");
        assertThat(nora.page("/rollout")).contains("Your key sees no namespace").doesNotContain("curl");
        assertThat(nora.page("/upload")).contains("Your key sees no source").doesNotContain("name=\"source\"");
        assertThat(nora.page("/orders")).contains("No order is in yet.");
        assertThat(nora.page("/orders?status=held")).contains("No order is like that.");
        assertThat(hub.person("Fay", "finance", "nowhere").page("/money/shipments"))
                .contains("No label is bought yet");
        assertThat(nora.page("/")).contains("Nothing came in in these hours").doesNotContain("<svg");
    }

    @Test
    void a_sheet_through_a_closed_channel_comes_back_with_why_and_the_pages_own_forms_are_another_channel()
            throws Exception {
        adam.done(
                "/rollout",
                "/rollout/channel",
                "namespace",
                "acme",
                "channel",
                "excel",
                "turn",
                "open",
                "until",
                "now");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        String row =
                "SHUT-1,Jane Roe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,";

        String batch = adam.upload(
                        "/upload",
                        "/upload",
                        "a.csv",
                        (head + "\n" + row + "\n").getBytes(UTF_8),
                        "source",
                        "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(await().until(() -> adam.page(batch), page -> page.contains("SHUT-1") && page.contains("ask Adam")))
                .contains("takes no orders by excel", "open for it: api, portal, folder, sql");
        assertThat(adam.done("/new", "/new", PortalHub.byHand("SHUT-2"))).contains("<h1>SHUT-2</h1>");
        assertThat(hub.json("/v1/orders?orderId=SHUT-2").at("/items/0/channel").asText())
                .isEqualTo("portal");
        adam.done("/rollout", "/rollout/channel", "namespace", "acme", "channel", "excel", "turn", "open");
    }

    @Test
    void a_stage_is_switched_and_the_next_one_says_what_it_lacks() throws Exception {
        String off = "Switch on<span class=\"unseen\"> Billing acme</span>";
        assertThat(adam.done("/rollout", "/rollout/stage", "namespace", "acme", "stage", "billing", "turn", "off"))
                .contains(off)
                .containsAnyOf("is not pulled, and no invoice was taken in yet", "nothing: switch it on");
        assertThat(adam.done("/rollout", "/rollout/stage", "namespace", "acme", "stage", "billing", "turn", "on"))
                .doesNotContain(off);
    }

    @Test
    void a_source_is_only_looked_at_and_compared_with_what_is_live() throws Exception {
        hub.order("SHADE-1", PortalTest.WEIGHED);
        adam.done("/rollout", "/rollout/shadow", "source", "canary", "turn", "on");
        HttpResponse<String> seen =
                hub.hub.postTo("/v1/orders?source=canary", """
                        {"orderId": "SHADE-1", "service": "ground", "reference": "PO-9",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [{"weight": {"value": 1000, "unit": "g"}}]}""", "Authorization", "Bearer " + hub.admin);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body()).contains("\"shadow\":true", "only looked at");

        assertThat(adam.page("/rollout")).contains("/rollout/shadow/canary", "only looked at");
        assertThat(adam.page("/rollout/shadow/canary"))
                .contains(
                        "SHADE-1: <b>PO-9</b> <small>live: –</small>",
                        "<td><strong>Reference</strong> </td>",
                        "documents: 1, compared: 1, agree in every field: 0");
        assertThat(adam.get("/rollout/shadow/canary/file").body()).contains("SHADE-1,different,/reference,PO-9");
        adam.done("/rollout", "/rollout/shadow", "source", "canary", "turn", "off");
    }

    @Test
    void others_look_and_the_page_speaks_chinese() throws Exception {
        PortalHub.Visitor olga = hub.person("Olga", "ops", "*");
        assertThat(olga.page("/rollout")).contains("Channels").doesNotContain("action=\"/rollout/");
        assertThat(olga.post("/rollout", "/rollout/stage", "namespace", "acme", "stage", "labels", "turn", "off")
                        .statusCode())
                .isEqualTo(403);
        adam.language = "zh";
        assertThat(adam.page("/rollout")).contains("渠道", "阶段", "开放").doesNotContain(">rollout.");
        adam.language = "en";
    }
}
