package io.waybill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Finding orders, reading one, and what can be done with it. */
class PortalOrdersTest {
    private static PortalHub hub;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalOrdersTest.class);
        olga = hub.person("Olga", "ops", "*");
    }

    @Test
    void an_order_is_found_by_every_number_it_has_and_by_its_recipients_name() throws Exception {
        String id = hub.order("F-1", """
                "reference": "PO-4711", "identifiers": [{"system": "shopify", "type": "order", "value": "450789469"}],
                """ + PortalTest.WEIGHED);
        String tracking = hub.json("/v1/orders/" + id)
                .at("/shipments/0/trackingNumbers/0")
                .asText();

        for (String key : List.of("F-1", "PO-4711", "450789469", tracking, "jane r")) {
            assertThat(olga.page("/orders?find=" + key.replace(" ", "+")))
                    .as(key)
                    .contains("/orders/" + id);
        }
        assertThat(olga.page("/orders/" + id)).contains(" · Reference PO-4711<");
        assertThat(olga.page("/orders?find=F-1&status=held")).doesNotContain(id);
        assertThat(olga.page("/orders?find=F-1&channel=file")).doesNotContain(id);
        assertThat(olga.page("/orders?find=F-1&since=2020-01-01")).contains(id);
        assertThat(olga.page("/orders?find=F-1&until=2020-01-01")).doesNotContain(id);
        assertThat(olga.page("/orders?find=nobody+at+all")).contains("No order is like that");
    }

    @Test
    void what_came_in_leads_from_today_to_the_orders_that_were_counted() throws Exception {
        String id = hub.order("TODAY-1", PortalTest.WEIGHED);
        Matcher link = Pattern.compile("href=\"(/orders\\?since=[^\"]+)\"").matcher(olga.page("/"));
        assertThat(link.find()).isTrue();

        assertThat(olga.page(link.group(1)))
                .contains("/orders/" + id)
                .containsPattern("name=\"since\" type=\"datetime-local\" value=\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d\"")
                .contains("name=\"until\" type=\"date\" value=\"\"");
        assertThat(olga.page("/orders?find=TODAY-1&since=2020-01-01T08%3A30")).contains("/orders/" + id);
        assertThat(olga.page("/orders?find=TODAY-1&until=2020-01-01T08%3A30")).doesNotContain("/orders/" + id);
    }

    @Test
    void a_view_is_kept_of_a_minute_and_of_a_day() throws Exception {
        for (String since : List.of("2020-01-01T08:30", "2020-01-01")) {
            String page =
                    olga.done("/orders?since=" + since, "/orders/views", "name", "since " + since, "since", since);
            assertThat(page).contains("The view is kept", "since " + since, "/orders/views/forget");
        }
        assertThat(olga.done(
                        "/orders?until=2020-01-01T08:30",
                        "/orders/views",
                        "name",
                        "until",
                        "until",
                        "2020-01-01T08:30"))
                .contains("name=\"until\" type=\"datetime-local\" value=\"2020-01-01T08:30\"");
    }

    @Test
    void a_view_is_kept_under_a_name_seen_by_nobody_else_and_forgotten() throws Exception {
        String path = "/orders?find=VIEW-9&status=held";
        assertThat(olga.page(path)).contains("Keep this view");

        String page = olga.done(path, "/orders/views", "name", "my held", "find", "VIEW-9", "status", "held");

        assertThat(page)
                .contains(
                        "The view is kept.",
                        "href=\"/orders?find=VIEW-9&amp;status=held\" aria-current=\"true\">my held<");
        assertThat(hub.person("Sue", "support", "*").page("/orders")).doesNotContain("my held");
        String id = page.replaceAll("(?s).*name=\"id\" value=\"(view_\\w+)\".*", "$1");
        assertThat(olga.done(path, "/orders/views/forget", "id", id))
                .contains("forgotten")
                .doesNotContain("my held");
        assertThat(olga.done(path, "/orders/views/forget", "id", id))
                .as("pressed twice")
                .contains("forgotten");
    }

    @Test
    void what_is_shown_is_exported_as_a_table() throws Exception {
        hub.order("X-1", PortalTest.WEIGHED);

        HttpResponse<String> csv = olga.get("/orders/export?format=csv&find=X-1");

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(2);
        assertThat(csv.body()).startsWith("orderId,").contains("X-1,acme,labelled,api,", "Jane Roe");
        assertThat(olga.get("/orders/export")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .contains("spreadsheetml");
    }

    @Test
    void what_was_found_by_a_name_is_exported_by_it() throws Exception {
        hub.order("X-2", PortalTest.WEIGHED);

        assertThat(exported(olga.page("/orders?find=jane+r"))).contains("\nX-2,acme,");
        assertThat(exported(olga.page("/orders?find=X-2"))).hasLineCount(2).contains("\nX-2,acme,");
    }

    @Test
    void a_later_page_exports_the_earlier_ones_too() throws Exception {
        hub.order("X-3", PortalTest.WEIGHED);
        String newer = hub.order("X-4", PortalTest.WEIGHED);

        String second = olga.page("/orders?status=labelled&cursor=" + newer);

        assertThat(second).contains(">X-3<").doesNotContain(">X-4<");
        assertThat(exported(second)).contains("\nX-3,acme,", "\nX-4,acme,");
    }

    /** What the page's link to a table leads to. */
    private static String exported(String page) throws Exception {
        String link = page.replaceAll("(?s).*href=\"(/orders/export[^\"]*format=csv)\".*", "$1");
        return olga.get(link.replace("&amp;", "&")).body();
    }

    @Test
    void a_page_tells_the_whole_story_of_an_order() throws Exception {
        String id = hub.order("S-1", PortalTest.WEIGHED);

        String page = olga.page("/orders/" + id);

        assertThat(page).contains("Received", "Label there", "Purchase succeeded", "Expected in total", "Told to");
        assertThat(page).contains("curl &#39;http://127.0.0.1:".replace("&#39;", "'"));
        assertThat(page).contains("/picture?shipment=shp_");
        olga.language = "zh";
        assertThat(olga.page("/orders/" + id)).contains("时间线", "面单已出", "预计合计");
        olga.language = "en";
    }

    @Test
    void where_each_field_comes_from_what_is_told_and_what_is_printed_is_one_click_away() throws Exception {
        hub.drop("O-1", "01067");
        String id = await().until(
                        () -> hub.json("/v1/orders?key=O-1&status=labelled")
                                .at("/items/0/id")
                                .asText(""),
                        found -> !found.isEmpty());
        String self = "/orders/" + id;
        JsonNode order = hub.json("/v1" + self);

        assertThat(olga.page(self))
                .contains(self + "/origin", self + "/papers?shipment=", "How and when things come", "usually at once");
        assertThat(olga.page(self + "/origin"))
                .contains("acme-orders", "<td>Dresden</td>", "<code>/shipTo/city</code>", "<code>/shipFrom/name</code>")
                .contains("class=\"status warn\">assumed");
        assertThat(olga.page(
                        self + "/papers?shipment=" + order.at("/shipments/0/id").asText()))
                .contains("kind=shipping_label");
        String delivery = order.at("/deliveries/0/id").asText();
        assertThat(olga.page(self + "/deliveries/" + delivery))
                .contains("specversion", "O-1", "/deliveries/" + delivery + "/replay");
        assertThat(olga.get(self + "/deliveries/evt_none").statusCode()).isEqualTo(404);
    }

    @Test
    void its_label_is_looked_at_as_a_picture_and_printed_as_it_is() throws Exception {
        String id = hub.order("L-1", PortalTest.WEIGHED);
        String shipment = hub.json("/v1/orders/" + id).at("/shipments/0/id").asText();

        byte[] picture = olga.bytes("/orders/" + id + "/picture?shipment=" + shipment);
        byte[] label = olga.bytes("/orders/" + id + "/label?shipment=" + shipment);

        assertThat(Arrays.copyOfRange(picture, 1, 4)).asString(US_ASCII).isEqualTo("PNG");
        assertThat(Arrays.copyOf(label, 5)).asString(US_ASCII).isEqualTo("%PDF-");
        assertThat(olga.get("/orders/" + id + "/picture?shipment=shp_none").statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_order_without_a_weight_is_packed_bought_and_voided_from_its_page() throws Exception {
        String id = hub.order("W-1", "");
        String self = "/orders/" + id;
        assertThat(olga.page(self)).contains("waits for parcels");

        String bought = olga.done(
                self,
                self + "/parcels",
                "reference",
                "box-1",
                "weight",
                "1.25",
                "unit",
                "kg",
                "weight",
                "",
                "unit",
                "kg");

        assertThat(bought).contains("The parcels are saved.", "labelled", "1.25 kg");
        String shipment = hub.json("/v1/orders/" + id).at("/shipments/0/id").asText();
        assertThat(olga.done(self, self + "/void", "shipment", shipment)).contains("The label is being given back.");
    }

    @Test
    void what_an_act_is_refused_for_is_said_on_the_page_it_came_from() throws Exception {
        String id = hub.order("W-2", "");
        String self = "/orders/" + id;

        HttpResponse<String> refused = olga.post(self, self + "/parcels", "weight", "-1", "unit", "kg");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("role=\"alert\"", "Parcel 1 · Weight", "<h1>W-2</h1>");
        HttpResponse<String> word = olga.post(self, self + "/parcels", "weight", "two", "unit", "kg");
        assertThat(word.statusCode()).isEqualTo(400);
        assertThat(word.body()).contains("Parcel 1 · Weight: “two” is not a number. Expected");
        HttpResponse<String> still = olga.post(self, self + "/release");
        assertThat(still.statusCode()).isEqualTo(409);
        assertThat(still.body())
                .contains("role=\"alert\"", "<h1>W-2</h1>", "This cannot be done as things stand")
                .contains("Fill the weights in under")
                .doesNotContain("PUT /v1/orders/&lt;id>");
        assertThat(olga.done(self, self + "/cancel")).contains("Cancelled.");
    }

    @Test
    void a_stale_form_of_parcels_overwrites_nothing() throws Exception {
        String self = "/orders/" + hub.order("W-3", "");
        String seen = olga.page(self).replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        hub.person("Sam", "ops", "*").done(self, self + "/edit", "revision", "1", "/service", "sandbox:nowhere");
        String[] form = {"seen", seen, "weight", "2", "unit", "kg"};
        olga.post(self, self + "/parcels", form);
        assertThat(olga.page(self)).contains("2 kg", "refused");

        HttpResponse<String> stale = olga.post(self, self + "/parcels", "seen", seen, "weight", "9", "unit", "kg");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body())
                .contains(
                        "The parcels were changed meanwhile",
                        "name=\"weight\" inputmode=\"decimal\" size=\"6\" value=\"9\"")
                .contains(
                        "<small id=\"weight-now-0\">Now in the order: 2</small>", "aria-describedby=\"weight-now-0\"");
        assertThat(hub.json("/v1" + self).at("/order/parcels/0/weight/value").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_form_of_fields_or_parcels_that_is_sent_twice_says_both_times_that_it_is_saved() throws Exception {
        String self = "/orders/" + hub.order("EP-4", "");
        List<String> form = editOf(olga.page(self));
        form.set(form.indexOf("/shipTo/name") + 1, "Joan Roe");
        String seen = olga.page(self).replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        String[] parcels = {"seen", seen, "weight", "2", "unit", "kg"};

        for (int i = 0; i < 2; i++) {
            assertThat(olga.send(self + "/edit", form).headers().firstValue("Location"))
                    .hasValue(self + "?done=edited");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(olga.post(self, self + "/parcels", parcels).headers().firstValue("Location"))
                    .hasValue(self + "?done=packed");
        }

        assertThat(hub.json("/v1" + self).path("revision").asInt()).isEqualTo(3);
    }

    @Test
    void who_packs_what_its_source_said_meanwhile_packs_it() throws Exception {
        String held = "\"release\": \"packed\", ";
        String self = "/orders/" + hub.order("W-5", held);
        String seen = olga.page(self).replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        hub.order("W-5", held + "\"parcels\": [{\"weight\": {\"value\": 2, \"unit\": \"kg\"}}],");
        assertThat(hub.json("/v1" + self).path("status").asText()).isEqualTo("held");

        String packed = olga.done(self, self + "/parcels", "seen", seen, "weight", "2", "unit", "kg");

        assertThat(packed).contains("The parcels are saved.");
        assertThat(hub.json("/v1" + self).path("status").asText()).isEqualTo("labelled");
    }

    @Test
    void what_was_left_as_it_stood_in_a_stale_form_of_parcels_follows_the_order() throws Exception {
        String self = "/orders/" + hub.order("W-4", "");
        String seen = olga.page(self).replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        hub.person("Sam", "ops", "*").done(self, self + "/edit", "revision", "1", "/service", "sandbox:nowhere");
        String[] form = {
            "seen",
            seen,
            "was-reference",
            "",
            "reference",
            "blue box",
            "was-weight",
            "",
            "weight",
            "",
            "was-unit",
            "kg",
            "unit",
            "kg"
        };
        olga.post(self, self + "/parcels", "seen", seen, "weight", "2", "unit", "lb");

        assertThat(olga.post(self, self + "/parcels", form).body())
                .contains("value=\"blue box\"", "<small id=\"reference-now-0\">Now in the order: –</small>")
                .contains("size=\"6\" value=\"2\"", "<option selected>lb</option>")
                .doesNotContain("weight-now-0", "unit-now-0");
    }

    @Test
    void what_waits_for_its_account_says_so_and_no_bill_comes_where_there_is_none() throws Exception {
        PortalHub.Visitor ada = hub.person("Adam", "admin", "*");
        String bought = hub.order("AO-1", PortalTest.WEIGHED);
        assertThat(olga.page("/orders/" + bought)).doesNotContain("the final bill is to come");
        try {
            ada.done("/settings", "/settings/account", "name", "sandbox", "turn", "off", "reason", "strike");
            String id = hub.json("/v1/orders?key=AO-1").at("/items/0/id").asText();
            assertThat(olga.done("/orders/" + id, "/orders/" + id + "/shipments", "key", "k", "reason", "split"))
                    .contains("nothing is bought until the account is switched on again · sandbox · strike")
                    .doesNotContain("a label is being bought");
        } finally {
            ada.done("/settings", "/settings/account", "name", "sandbox", "turn", "on");
        }
    }

    @Test
    void whoever_tries_again_what_another_person_cancelled_meanwhile_is_told_that_nothing_was_tried() throws Exception {
        String self = "/orders/" + hub.order("GONE-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        assertThat(olga.page(self)).contains(self + "/retry");
        hub.person("Sam", "ops", "*").done(self, self + "/cancel");

        assertThat(olga.done(self, self + "/retry"))
                .contains("Nothing is left to try: it is closed by now.")
                .doesNotContain("Tried again.");
    }

    @Test
    void what_a_carrier_refused_is_corrected_on_its_page_and_bought() throws Exception {
        String id = hub.order("EP-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        String self = "/orders/" + id;
        assertThat(olga.page(self)).contains("Correct and buy", "name=\"/shipTo/postalCode\" value=\"78701\"");

        HttpResponse<String> wrong =
                olga.post(self, self + "/edit", "revision", "1", "/shipTo/postalCode", "1", "/service", "ground");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("To be corrected", "name=\"/shipTo/postalCode\" value=\"1\"", "aria-invalid=\"true\"")
                .contains("name=\"/service\" value=\"ground\"");

        String bought = olga.done(self, self + "/edit", "revision", "1", "/service", "ground");
        assertThat(bought)
                .contains(
                        "The changes are saved.",
                        "labelled",
                        "<del>sandbox:nowhere</del>",
                        "<ins>ground</ins>",
                        "Olga");
        assertThat(bought).doesNotContain("Correct and buy");
        assertThat(olga.post(self, self + "/edit", "revision", "1", "/service", "express")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void what_another_person_changed_meanwhile_stays_when_a_stale_form_is_sent_once_more() throws Exception {
        String self = "/orders/" + hub.order("EP-3", "");
        List<String> form = editOf(olga.page(self));
        form.set(form.indexOf("/shipTo/name") + 1, "Joan Roe");
        hub.person("Sam", "ops", "*").done(self, self + "/edit", "revision", "1", "/shipTo/line1", "2 Side St");

        HttpResponse<String> stale = olga.send(self + "/edit", form);

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("value=\"Joan Roe\"", "value=\"2 Side St\"");
        assertThat(olga.send(self + "/edit", editOf(stale.body())).statusCode()).isEqualTo(303);
        assertThat(hub.json("/v1" + self).at("/order/shipTo").toString())
                .contains("\"name\":\"Joan Roe\"", "\"line1\":\"2 Side St\"");
    }

    /** The names and values a browser sends of the page's form of fields when nothing is typed. */
    private static List<String> editOf(String page) {
        String form = page.replaceAll("(?s).*<form [^>]*/edit\"(.*?)</form>.*", "$1");
        return Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(form)
                .results()
                .flatMap(field -> Stream.of(field.group(1), field.group(2)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void a_row_that_was_rejected_is_corrected_on_its_page_and_bought() throws Exception {
        hub.drop("EP-2", "787");
        String id = await().until(
                        () -> hub.json("/v1/orders?key=EP-2").at("/items/0/id").asText(""), found -> !found.isEmpty());
        String self = "/orders/" + id;
        assertThat(olga.page(self))
                .contains("rejected", "To be corrected", "name=\"/shipTo/postalCode\" value=\"787\"");

        assertThat(olga.done(self, self + "/edit", "revision", "1", "/shipTo/postalCode", "01067"))
                .contains("The changes are saved.", "labelled");
        assertThat(hub.json("/v1/exceptions").findValuesAsText("orderId")).doesNotContain("EP-2");
    }

    @Test
    void another_label_is_asked_for_on_the_page_and_a_form_sent_twice_buys_one() throws Exception {
        String id = hub.order("AL-1", PortalTest.WEIGHED);
        String self = "/orders/" + id;
        assertThat(olga.page(self)).contains("I want a second label", "name=\"sure\" value=\"true\" required");

        String[] wish = {"key", "k", "reason", "return", "weight", "0.5", "unit", "kg", "note", "does not fit"};
        assertThat(olga.done(self, self + "/shipments", wish))
                .contains("Another label is bought.", "label 2: A label to send it back", "does not fit");
        assertThat(olga.done(self, self + "/shipments", wish)).doesNotContain("label 3");
        JsonNode order = hub.json("/v1" + self);
        String sum = String.format(
                Locale.ROOT,
                "$%.2f",
                order.at("/shipments/0/total/amount").asDouble()
                        + order.at("/shipments/1/total/amount").asDouble());
        assertThat(olga.page(self)).contains("All labels that stand cost " + sum);
        assertThat(olga.page("/orders?find=AL-1"))
                .contains(sum)
                .contains(order.at("/shipments/0/trackingNumbers/0").asText())
                .contains(order.at("/shipments/1/trackingNumbers/0").asText());
        assertThat(olga.post(self, self + "/shipments", "key", "l", "reason", "relabel")
                        .body())
                .contains("still has a shipment that counts");
    }

    @Test
    void every_label_of_an_order_is_given_back_with_one_act() throws Exception {
        String id = hub.order("AL-2", PortalTest.WEIGHED);
        String self = "/orders/" + id;
        assertThat(olga.page(self)).doesNotContain("Void every label");
        olga.done(self, self + "/shipments", "key", "k", "reason", "split", "weight", "0.5", "unit", "kg");
        assertThat(olga.page(self)).contains("Void every label", "/v1/orders/" + id + "/void");

        olga.done(self, self + "/void-all");

        await().until(() -> hub.json("/v1/orders/" + id).findValuesAsText("status").stream()
                        .filter("voided"::equals)
                        .count()
                >= 3);
    }

    @Test
    void a_delivery_is_sent_again() throws Exception {
        String id = hub.order("R-1", PortalTest.WEIGHED);
        String delivery = hub.json("/v1/orders/" + id).at("/deliveries/0/id").asText();
        assertThat(delivery).startsWith("evt_");

        HttpResponse<String> again = olga.post("/orders/" + id, "/orders/" + id + "/replay", "delivery", delivery);

        assertThat(again.statusCode()).isIn(303, 409);
    }

    @Test
    void a_delivery_that_can_never_be_taken_is_discarded_on_its_page() throws Exception {
        String id = hub.order("R-3", PortalTest.WEIGHED);
        String delivery = hub.json("/v1/orders/" + id).at("/deliveries/0/id").asText();
        String page = "/orders/" + id + "/deliveries/" + delivery;
        await().until(() -> {
            try (Connection connection =
                    DriverManager.getConnection(hub.database.url(), hub.database.user(), hub.database.password())) {
                return connection
                                .createStatement()
                                .executeUpdate("UPDATE outbox SET state = 'PARKED', sent_at = NULL WHERE id = '"
                                        + delivery + "' AND state <> 'CLAIMED'")
                        == 1;
            }
        });
        assertThat(olga.page(page)).contains("Send again", "Never send it again", "/orders/" + id + "/discard");

        String without = olga.post(page, "/orders/" + id + "/discard", "delivery", delivery)
                .body();
        assertThat(without).contains("role=\"alert\"", "is missing");
        String done = olga.done(
                page,
                "/orders/" + id + "/discard",
                "delivery",
                delivery,
                "reason",
                "that shop is closed",
                "sure",
                "true");

        assertThat(done)
                .contains("It is not sent any more.", "Not delivered: given up", "that shop is closed", "discarded");
        assertThat(olga.page(page)).contains("discarded").doesNotContain("Send again", "Never send it again");
        assertThat(hub.json("/v1/deliveries/" + delivery).path("state").asText())
                .isEqualTo("discarded");
    }

    @Test
    void an_order_says_that_what_was_told_of_it_long_ago_is_kept_no_longer() throws Exception {
        String id = hub.order("R-2", PortalTest.WEIGHED);
        assertThat(olga.page("/orders/" + id)).doesNotContain("is kept no longer");
        assertThat(hub.json("/v1/orders/" + id).has("deliveriesSince")).isFalse();

        try (Connection connection =
                DriverManager.getConnection(hub.database.url(), hub.database.user(), hub.database.password())) {
            connection
                    .createStatement()
                    .execute("UPDATE orders SET received_at = received_at - INTERVAL '91' DAY WHERE id = '" + id + "'");
            connection.createStatement().execute("DELETE FROM outbox WHERE entity_id = '" + id + "'");
        }

        JsonNode order = hub.json("/v1/orders/" + id);
        String since = order.path("deliveriesSince").asText();
        assertThat(Instant.parse(since)).isBefore(Instant.now().minus(Duration.ofDays(89)));
        assertThat(order.path("deliveries")).isEmpty();
        assertThat(olga.page("/orders/" + id)).contains("What was taken before ", "is kept no longer.");
        HttpResponse<String> gone = olga.get("/orders/" + id + "/deliveries/evt_01JB0000000000000000000000");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("if there was one, it is gone", "cannot be sent again");
    }

    @Test
    void text_of_an_order_is_text_on_the_page() throws Exception {
        String id = hub.order("H-<b>1", "\"reference\": \"<script>alert(1)</script>\",");

        assertThat(olga.page("/orders/" + id))
                .doesNotContain("<script>alert", "<b>1")
                .contains("&lt;b&gt;1");
        assertThat(olga.page("/orders?find=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
    }

    @Test
    void the_first_page_counts_what_came_in_and_what_is_open() throws Exception {
        hub.order("T-1", "");
        String page = olga.page("/");

        assertThat(page).contains("<svg", "sandbox", "available");
        assertThat(page).containsPattern("<strong>[1-9]\\d*</strong><span>held</span>");
        assertThat(olga.get("/", "HX-Request", "true").body())
                .doesNotContain("<html")
                .contains("<svg");
    }

    @Test
    void what_to_do_about_a_refusal_is_something_a_page_can_do() throws Exception {
        String packed = "/orders/" + hub.order("DO-1", "\"release\": \"packed\", ");
        olga.post(packed, packed + "/parcels", "weight", "1", "unit", "kg");
        assertThat(hub.json("/v1" + packed).path("status").asText()).isEqualTo("labelled");
        assertThat(olga.post(packed, packed + "/parcels", "weight", "3", "unit", "kg")
                        .body())
                .contains("Press “Void the label” first")
                .doesNotContain("POST /v1/shipments");
        olga.done(
                packed,
                packed + "/void",
                "shipment",
                hub.json("/v1" + packed).at("/shipments/0/id").asText());
        assertThat(olga.post(packed, packed + "/parcels", "weight", "3", "unit", "kg")
                        .body())
                .as("whose label is given back already")
                .contains("cannot change: its label is void")
                .doesNotContain("Press “Void the label” first");

        String cancelled = "/orders/" + hub.order("DO-2", "\"release\": \"packed\", ");
        olga.done(cancelled, cancelled + "/cancel");
        assertThat(olga.post(cancelled, cancelled + "/release").body()).contains("under another order number");

        byte[] sheet = "order_no\nnone\n".getBytes(UTF_8);
        String batch = olga.upload("/upload", "/upload", "do.csv", sheet, "source", "acme-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        await().until(() -> olga.page(batch), page -> page.contains(">looked at<") || page.contains(">failed<"));
        assertThat(olga.get(batch + "/file?what=labels").body())
                .contains("stand under “All labels (PDF)”")
                .doesNotContain("only=new");
        assertThat(olga.post(batch, batch + "/stop").body())
                .contains("Its page tells what became of it")
                .doesNotContain("GET /v1/batches");
        assertThat(olga.get("/upload/bat_none").body())
                .contains("“Upload” lists those")
                .doesNotContain("GET /v1/batches");
        assertThat(olga.get("/rates/sheets/none").body())
                .contains("“Rates” lists the newest you may see")
                .doesNotContain("GET /v1/rates");
    }
}
