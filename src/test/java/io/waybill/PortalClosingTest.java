package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.dhl_parcel_de.PaketServer;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The day is closed in a browser, by whoever packs. */
class PortalClosingTest {
    @RegisterExtension
    static final PaketServer DHL = new PaketServer();

    private static final String SELF = "/settings/accounts/paket";
    private static final String CLOSE = SELF + "/manifests";
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]*)\"");
    private static final Pattern PAPER = Pattern.compile("href=\"(" + CLOSE + "/[^\"]*)\"");
    private static final Pattern AGAIN = Pattern.compile("action=\"(" + CLOSE + "/[^\"]*)\"");

    @TempDir
    static Path folder;

    private static PortalHub hub;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.with("""
                account.paket.adapter=dhl-parcel-de
                account.paket.baseUrl=%s
                account.paket.apiKey=%s
                account.paket.username=%s
                account.paket.password=%s
                account.paket.billingNumber.V01PAK=33333333330102
                """.formatted(
                        DHL.url(),
                        secret("key", PaketServer.KEY),
                        secret("user", PaketServer.USER),
                        secret("password", PaketServer.SECRET)));
        olga = hub.person("Olga", "ops", "*");
    }

    private static String secret(String name, String value) throws Exception {
        return "file:" + Files.writeString(folder.resolve(name), value);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void whoever_packs_finds_the_close_from_the_bench_and_is_told_how_much_was_handed_over() throws Exception {
        bought("CLOSE-1");
        bought("CLOSE-2");

        assertThat(olga.page("/bench"))
                .contains("href=\"" + SELF + "#close\"")
                .doesNotContain("href=\"/settings/accounts/sandbox");
        String done = closed();

        assertThat(done)
                .contains(
                        "Handed over.",
                        "Shipments handed over: 2",
                        "id=\"close\"",
                        "Olga",
                        "status good\">handed over");
        Matcher paper = PAPER.matcher(done);
        assertThat(paper.find()).isTrue();
        assertThat(new String(olga.bytes(paper.group(1)), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF");
        assertThat(hub.person("Sue", "support", "*").page(SELF))
                .contains("handed over")
                .doesNotContain("action=\"" + CLOSE);
        assertThat(hub.person("Sue", "support", "*").post(SELF, CLOSE).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_close_that_is_sent_twice_says_the_same_both_times_and_one_of_nothing_says_so() throws Exception {
        bought("CLOSE-3");
        String seen = seen();
        int asked = DHL.calls("/parcel/de/shipping/v2/manifests").size();

        String once = olga.done(SELF, CLOSE, "day", "", "seen", seen);
        String twice = olga.done(SELF, CLOSE, "day", "", "seen", seen);

        assertThat(once).contains("Handed over.", "Shipments handed over: 1");
        assertThat(twice).contains("Handed over.", "Shipments handed over: 1");
        assertThat(DHL.calls("/parcel/de/shipping/v2/manifests")).hasSize(asked + 2);
        HttpResponse<String> nothing = olga.post(SELF, CLOSE, "day", "", "seen", seen());
        assertThat(nothing.statusCode()).isEqualTo(409);
        assertThat(nothing.body())
                .contains("paket has no label that waits to be handed over")
                .doesNotContain("Shipments handed over");
    }

    @Test
    void what_was_handed_over_on_another_day_or_by_somebody_else_is_not_said_to_be_ones_own() throws Exception {
        bought("CLOSE-7");
        String seen = seen();
        closed();
        String another = LocalDate.now(ZoneId.systemDefault()).plusDays(3).toString();

        for (HttpResponse<String> told : List.of(
                olga.post(SELF, CLOSE, "day", another, "seen", seen),
                hub.person("Otto", "ops", "*").post(SELF, CLOSE, "day", "", "seen", seen))) {
            assertThat(told.statusCode()).isEqualTo(409);
            assertThat(told.body()).contains("paket has no label that waits to be handed over");
        }
    }

    @Test
    void what_the_carrier_leaves_out_is_named_with_its_reason_and_is_not_said_to_be_handed_over() throws Exception {
        String in = bought("CLOSE-4");
        String out = bought("CLOSE-5");
        DHL.closes(207, """
                {"items":[{"shipmentNo":"%s","sstatus":{"statusCode":200,"title":"OK"}},
                          {"shipmentNo":"%s","sstatus":{"statusCode":400,"title":"No","detail":"Not <b>today</b>."}}]}
                """.formatted(in, out));

        assertThat(closed())
                .contains(
                        "Not all of it was handed over",
                        "Shipments handed over: 1",
                        "Not &lt;b&gt;today&lt;/b&gt;. (" + out + ")")
                .doesNotContain("<b>today", ">Handed over.<");

        DHL.closes(400, "{\"title\":\"Bad Request\",\"statusCode\":400,\"detail\":\"The profile is wrong\"}");
        olga.language = "zh";
        assertThat(closed()).contains("未全部交接", "已交接票数：0", "The profile is wrong");
        olga.language = "en";
        DHL.closes(207, "{\"items\":[{\"shipmentNo\":\"" + out + "\",\"sstatus\":{\"statusCode\":200}}]}");
        assertThat(closed()).contains("Handed over.", "Shipments handed over: 1");
    }

    @Test
    void one_without_an_answer_is_shown_as_unfinished_and_asked_again_however_often_it_is_pressed() throws Exception {
        String number = bought("CLOSE-6");
        DHL.closes(500, "");

        String open = closed();

        assertThat(open)
                .contains("Not all of it was handed over", "Shipments handed over: 0", "status warn")
                .contains("No answer of the carrier could be read so far.");
        Matcher again = AGAIN.matcher(open);
        assertThat(again.find()).isTrue();
        assertThat(olga.done(SELF, again.group(1))).as("still none").contains("Not all of it was handed over");
        DHL.closes(207, "{\"items\":[{\"shipmentNo\":\"" + number + "\",\"sstatus\":{\"statusCode\":200}}]}");
        for (int time = 1; time <= 2; time++) {
            assertThat(olga.done(SELF, again.group(1)))
                    .contains("Handed over.", "Shipments handed over: 1")
                    .doesNotContain("No answer of the carrier");
        }
        assertThat(olga.post(SELF, CLOSE + "/man_none").statusCode()).isEqualTo(404);
    }

    private static String closed() throws Exception {
        return olga.done(SELF, CLOSE, "day", "", "seen", seen());
    }

    /** What the form on the page sends along. */
    private static String seen() throws Exception {
        Matcher seen = SEEN.matcher(olga.page(SELF));
        assertThat(seen.find()).isTrue();
        return seen.group(1);
    }

    /** The number of a label that is bought. */
    private static String bought(String orderId) throws Exception {
        String address = """
                {"name": "Jane Roe", "line1": "Kurt-Schumacher-Str. 20", "city": "Bonn", "postalCode": "53113",
                 "country": "DE", "phone": "+49 228 5550100"}""";
        HttpResponse<String> answer = hub.hub.postBody(
                """
                {"orderId": "%s", "account": "paket", "service": "dhl-parcel-de:paket", "shipFrom": %s, "shipTo": %s,
                 "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".formatted(orderId, address, address), "Authorization", "Bearer " + hub.admin, "Prefer", "wait=20");
        JsonNode order = Json.mapper().readTree(answer.body());
        String number = order.at("/shipments/0/parcels/0/trackingNumber").asText();
        assertThat(number).as(answer.body()).isNotEmpty();
        return number;
    }
}
