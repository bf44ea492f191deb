package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a person does with an order that is in: corrects it, asks for another label, prints one; as a tool asks for it. */
interface ActsOverRest {
    URI hub();

    /** The folder of the station {@code office}. */
    Path printed();

    @Test
    default void what_a_carrier_refused_is_corrected_and_bought_at_once() throws Exception {
        String id = order("EDIT-1", "\"service\": \"sandbox:nowhere\"", "787 01");
        assertThat(story(id)).doesNotContain("revised");

        HttpResponse<String> edited =
                send("PATCH", "/v1/orders/" + id, "{\"service\": \"ground\"}", "If-Match", "\"1\"");

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        JsonNode order = json(edited);
        assertThat(order.path("status").asText()).isEqualTo("labelled");
        assertThat(order.path("revision").asInt()).isEqualTo(2);
        assertThat(order.path("channel").asText()).isEqualTo("api");
        JsonNode change = json(get("/v1/orders/" + id)).at("/story").findValue("changes");
        assertThat(change.toString())
                .isEqualTo("[{\"pointer\":\"/service\",\"before\":\"sandbox:nowhere\",\"after\":\"ground\"}]");
        assertThat(json(get("/v1/audit?entity=" + id)).at("/items/0/act").asText())
                .isEqualTo("order.edited");
    }

    @Test
    default void a_change_of_a_revision_that_is_not_said_changes_none() throws Exception {
        String id = order("EDIT-BLANK", "\"release\": \"hold\"", "78701");

        HttpResponse<String> edited = send("PATCH", "/v1/orders/" + id, "{\"service\": \"express\"}", "If-Match", "");

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(400);
        assertThat(edited.body()).contains("the parameter If-Match");
        assertThat(json(get("/v1/orders/" + id)).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    default void a_change_of_an_order_is_checked_like_a_document_that_comes_in() throws Exception {
        String id = order("EDIT-2", "\"release\": \"hold\"", "78701");

        HttpResponse<String> bad = send(
                "PATCH",
                "/v1/orders/" + id,
                "{\"shipTo\": {\"postalCode\": \"1\", \"city\": null}, \"colour\": \"red\", \"parcels\": [{\"weight\": {\"value\": -1, \"unit\": \"kg\"}}]}");

        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body())
                .contains("\"/shipTo/postalCode\"", "\"/shipTo/city\"", "\"/colour\"", "\"/parcels/0/weight");
        assertThat(json(get("/v1/orders/" + id)).path("revision").asInt()).isEqualTo(1);
        assertThat(send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"name\": \"Ja\\ufffde\"}}")
                        .body())
                .contains("lost-character", "\"/shipTo/name\"");
        assertThat(send("PATCH", "/v1/orders/" + id, "{\"orderId\": \"EDIT-3\"}")
                        .body())
                .contains("name-stays", "EDIT-2");
        assertThat(send("PATCH", "/v1/orders/" + id, "{\"namespace\": \"other\"}")
                        .body())
                .contains("name-stays", "acme");
        assertThat(send("PATCH", "/v1/orders/ord_none", "{}").statusCode()).isEqualTo(404);
        HttpResponse<String> same = send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"city\": \"Austin\"}}");
        assertThat(same.statusCode()).isEqualTo(202);
        assertThat(json(same).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    default void who_asks_for_a_new_order_revises_none_that_is_known() throws Exception {
        String held = "\"release\": \"hold\"";
        String id = order("NEW-1", held, "78701");
        String other = document("NEW-1", held, "78702");

        HttpResponse<String> known = post("/v1/orders?new=true", other);

        assertThat(known.statusCode()).as(known.body()).isEqualTo(409);
        assertThat(known.body()).contains("order-known", "/shipTo/postalCode");
        assertThat(known.headers().firstValue("Location")).contains("/v1/orders/" + id);
        assertThat(json(get("/v1/orders/" + id)).path("revision").asInt()).isEqualTo(1);
        assertThat(post("/v1/orders?new=true", document("NEW-1", held, "78701"))
                        .headers()
                        .firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(post("/v1/orders", other).statusCode()).isEqualTo(202);
        assertThat(json(get("/v1/orders/" + id)).path("revision").asInt()).isEqualTo(2);
    }

    @Test
    default void a_change_of_another_revision_is_refused() throws Exception {
        String id = order("EDIT-4", "\"release\": \"hold\"", "78701");
        send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"name\": \"Jane Poe\"}}");

        HttpResponse<String> late =
                send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"name\": \"Joe\"}}", "If-Match", "1");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("order-changed");
        assertThat(send("PATCH", "/v1/orders/" + id, "{}", "If-Match", "x").statusCode())
                .isEqualTo(400);
    }

    @Test
    default void a_change_of_one_of_several_revisions_changes_the_one_that_is_there_and_no_other() throws Exception {
        String id = order("EDIT-LIST", "\"release\": \"hold\"", "78701");

        assertThat(send("PATCH", "/v1/orders/" + id, "{\"reference\": \"A\"}", "If-Match", "\"7\", \"1\"")
                        .statusCode())
                .isEqualTo(202);
        HttpResponse<String> late =
                send("PATCH", "/v1/orders/" + id, "{\"reference\": \"B\"}", "If-Match", "\"7\",\"1\"");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("7, 1");
        for (String none : List.of("\"2\", \"x\"", ",")) {
            assertThat(send("PATCH", "/v1/orders/" + id, "{}", "If-Match", none).statusCode())
                    .as(none)
                    .isEqualTo(400);
        }
    }

    @Test
    default void a_source_that_says_again_what_it_said_does_not_undo_a_correction() throws Exception {
        String id = order("EDIT-5", "\"release\": \"hold\"", "78701");
        send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"name\": \"Jane Poe\"}}");

        assertThat(post("/v1/orders", document("EDIT-5", "\"release\": \"hold\"", "78701"))
                        .headers()
                        .firstValue("Idempotent-Replayed"))
                .isPresent();
        assertThat(json(get("/v1/orders/" + id)).at("/order/shipTo/name").asText())
                .isEqualTo("Jane Poe");

        post("/v1/orders", document("EDIT-5", "\"release\": \"hold\", \"reference\": \"PO-2\"", "78701"));
        assertThat(json(get("/v1/orders/" + id)).at("/order/shipTo/name").asText())
                .isEqualTo("Jane Roe");
    }

    @Test
    default void nothing_changes_under_a_label_and_what_was_given_back_may_be_corrected() throws Exception {
        String id = order("EDIT-6", "\"service\": \"ground\"", "78701");
        String change = "{\"shipTo\": {\"line1\": \"2 Main St\"}}";

        HttpResponse<String> sold = send("PATCH", "/v1/orders/" + id, change);
        assertThat(sold.statusCode()).isEqualTo(409);
        assertThat(sold.body())
                .contains("order-content-differs", "/shipTo/line1", "POST /v1/orders/" + id + "/shipments");

        post(
                "/v1/shipments/"
                        + json(get("/v1/orders/" + id)).at("/shipments/0/id").asText() + "/void",
                "");
        assertThat(post("/v1/orders", document("EDIT-6", "\"service\": \"express\"", "78701"))
                        .body())
                .as("whose label is given back already")
                .contains("order-content-differs", "PATCH /v1/orders/" + id);
        HttpResponse<String> edited = send("PATCH", "/v1/orders/" + id, change);

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        JsonNode order = json(get("/v1/orders/" + id));
        assertThat(order.path("status").asText()).isEqualTo("voided");
        assertThat(order.path("shipments")).hasSize(1);
        assertThat(order.at("/order/shipTo/line1").asText()).isEqualTo("2 Main St");
    }

    @Test
    default void a_second_label_is_asked_for_with_a_reason_and_a_key_and_is_one_however_often_it_is_asked_for()
            throws Exception {
        String id = order("MORE-1", "\"service\": \"ground\"", "78701");
        String shipments = "/v1/orders/" + id + "/shipments";

        assertThat(post(shipments, "{\"key\": \"k1\"}").body()).contains("missing-field", "/reason");
        assertThat(post(shipments, "{\"reason\": \"reship\"}").body()).contains("missing-field", "/key");
        assertThat(post(shipments, "{\"key\": \"k1\", \"reason\": \"fun\"}").body())
                .contains("bad-value", "relabel, split, reship, return");
        assertThat(json(get("/v1/orders/" + id)).path("shipments")).hasSize(1);

        String wish = "{\"key\": \"k1\", \"reason\": \"reship\", \"note\": \"never arrived\","
                + " \"parcels\": [{\"weight\": {\"value\": 3, \"unit\": \"kg\"}}]}";
        HttpResponse<String> more = post(shipments, wish);
        assertThat(more.statusCode()).as(more.body()).isEqualTo(201);
        HttpResponse<String> again = post(shipments, wish);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(more.headers().firstValue("Location"));
        assertThat(post(shipments, wish.replace("3", "4")).body()).contains("idempotency-key-reused");

        JsonNode order = json(get("/v1/orders/" + id));
        assertThat(order.path("shipments")).hasSize(2);
        JsonNode second = order.at("/shipments/1");
        assertThat(second.path("reason").asText()).isEqualTo("reship");
        assertThat(second.path("status").asText()).isEqualTo("labelled");
        assertThat(new BigDecimal(second.at("/total/amount").asText()))
                .isGreaterThan(
                        new BigDecimal(order.at("/shipments/0/total/amount").asText()));
        assertThat(order.at("/attempts/1/ref").asText())
                .isNotEqualTo(order.at("/attempts/0/ref").asText());
        assertThat(order.path("story").toString()).contains("another label", "never arrived");
        assertThat(json(get("/v1/audit?entity=" + second.path("id").asText()))
                        .at("/items/0/act")
                        .asText())
                .isEqualTo("label.another");
    }

    /** As shops write what they do not know. */
    @Test
    default void what_was_left_blank_where_a_list_or_an_object_stands_hinders_no_change_of_the_order()
            throws Exception {
        String blank = "\"identifiers\": \"\", \"customs\": \" \", \"metadata\": {\"a\": \"\"}, \"release\": \"hold\"";
        String id = order("EDIT-BLANKS", blank, "78701");

        HttpResponse<String> edited = send("PATCH", "/v1/orders/" + id, "{\"reference\": \"a\", \"items\": \"\"}");
        HttpResponse<String> again = send("PATCH", "/v1/orders/" + id, "{\"reference\": \"b\"}");
        HttpResponse<String> revised = post("/v1/orders", document("EDIT-BLANKS", blank, "78702"));

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(202);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(revised.statusCode()).as(revised.body()).isEqualTo(202);
        assertThat(json(revised).path("revision").asInt()).isEqualTo(4);
    }

    @Test
    default void a_further_label_is_bought_whatever_was_left_blank_in_what_it_shall_say() throws Exception {
        String id = order("MORE-8", "\"service\": \"ground\"", "78701");
        String wish = "{\"key\": \"b1\", \"reason\": \"reship\", \"service\": \" \", \"account\": {}, \"items\": \"\","
                + " \"parcels\": [{\"reference\": {}, \"weight\": {\"value\": 3, \"unit\": \"kg\"}, \"items\": \"\"}]}";

        HttpResponse<String> more = post("/v1/orders/" + id + "/shipments", wish);

        assertThat(more.statusCode()).as(more.body()).isEqualTo(201);
        assertThat(json(get("/v1/orders/" + id)).at("/shipments/1/status").asText())
                .isEqualTo("labelled");
        assertThat(post("/v1/orders/" + id + "/shipments", wish).statusCode()).isEqualTo(200);
    }

    @Test
    default void a_label_in_place_of_another_is_bought_once_that_one_is_void_or_lost() throws Exception {
        String id = order("MORE-2", "\"service\": \"ground\"", "78701");
        String shipments = "/v1/orders/" + id + "/shipments";
        String relabel = "{\"key\": \"%s\", \"reason\": \"relabel\"}";

        HttpResponse<String> good = post(shipments, relabel.formatted("a"));
        assertThat(good.statusCode()).isEqualTo(409);
        assertThat(good.body()).contains("label-still-good", "shp_");
        assertThat(post(shipments, relabel.formatted("a").replace("}", ", \"lost\": true}"))
                        .statusCode())
                .isEqualTo(201);

        for (JsonNode shipment : json(get("/v1/orders/" + id)).path("shipments")) {
            post("/v1/shipments/" + shipment.path("id").asText() + "/void", "");
        }
        send("PATCH", "/v1/orders/" + id, "{\"shipTo\": {\"line1\": \"9 Main St\"}}");
        assertThat(post(shipments, relabel.formatted("b")).statusCode()).isEqualTo(201);
        JsonNode order = json(get("/v1/orders/" + id));
        assertThat(order.path("status").asText()).isEqualTo("labelled");
        assertThat(order.at("/order/shipTo/line1").asText()).isEqualTo("9 Main St");
        assertThat(order.path("shipments")).hasSize(3);
    }

    @Test
    default void an_order_whose_label_was_given_back_and_that_was_cancelled_is_shipped_when_it_is_opened_again()
            throws Exception {
        String id = order("MORE-6", "\"service\": \"ground\"", "78701");
        String document = document("MORE-6", "\"service\": \"ground\"", "78701");
        assertThat(post("/v1/orders/" + id + "/void", "").statusCode()).isEqualTo(200);
        assertThat(post("/v1/orders/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(post("/v1/orders", document).body()).contains("order-cancelled");

        HttpResponse<String> again = post("/v1/orders?reopen=true", document);

        assertThat(again.statusCode()).as(again.body()).isBetween(200, 202);
        assertThat(post("/v1/orders?reopen=true", document).statusCode()).isEqualTo(200);
        JsonNode order = json(get("/v1/orders/" + id));
        assertThat(order.path("status").asText()).isEqualTo("labelled");
        assertThat(order.path("shipments")).hasSize(2);
    }

    @Test
    default void a_further_label_under_a_key_and_an_idempotency_key_that_differ_is_refused() throws Exception {
        String id = order("MORE-7", "\"service\": \"ground\"", "78701");

        HttpResponse<String> answer = send(
                "POST",
                "/v1/orders/" + id + "/shipments",
                "{\"key\": \"a\", \"reason\": \"reship\"}",
                "Idempotency-Key",
                "b");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(get("/v1/orders/" + id)).path("shipments")).hasSize(1);
    }

    @Test
    default void a_further_label_answers_for_itself_and_one_that_is_refused_leaves_the_order_as_it_stands()
            throws Exception {
        String id = order("MORE-4", "\"service\": \"ground\"", "78701");
        String shipments = "/v1/orders/" + id + "/shipments";
        String wish = "{\"key\": \"r1\", \"reason\": \"reship\", \"service\": \"sandbox:nowhere\"}";

        HttpResponse<String> refused = post(shipments, wish);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        String location = refused.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/v1/shipments/shp_");
        assertThat(post(shipments, wish).statusCode()).isEqualTo(422);

        HttpResponse<String> again = post("/v1/orders", document("MORE-4", "\"service\": \"ground\"", "78701"));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again).path("status").asText()).isEqualTo("labelled");
        HttpResponse<String> bought = post(shipments, "{\"key\": \"r2\", \"reason\": \"reship\"}");
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);

        HttpResponse<String> given = post(location + "/void", "");
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(json(given).path("status").asText()).isEqualTo("cancelled");
        assertThat(post(location + "/void", "").statusCode()).isEqualTo(200);
        assertThat(post(shipments, wish).statusCode()).isEqualTo(200);
        assertThat(found("exception")).doesNotContain(id);
        assertThat(json(get("/v1/orders/" + id)).path("status").asText()).isEqualTo("labelled");
    }

    @Test
    default void the_only_shipment_of_an_order_that_was_refused_is_cancelled_with_its_order() throws Exception {
        String id = order("MORE-5", "\"service\": \"sandbox:nowhere\"", "78701");
        String shipment = json(get("/v1/orders/" + id)).at("/shipments/0/id").asText();

        assertThat(post("/v1/shipments/" + shipment + "/void", "").body()).contains("nothing-to-void");
        assertThat(post("/v1/orders/" + id + "/cancel", "").statusCode()).isEqualTo(200);
    }

    @Test
    default void a_label_that_was_given_back_is_not_handed_out_again() throws Exception {
        String id = order("GONE-1", "\"service\": \"ground\"", "78701");
        String shipment = "/v1/shipments/"
                + json(get("/v1/orders/" + id)).at("/shipments/0/id").asText();
        String link = json(post(shipment + "/label-link", "")).path("href").asText();
        assertThat(get(link).statusCode()).isEqualTo(200);

        assertThat(post(shipment + "/void", "").statusCode()).isEqualTo(200);

        for (String path : List.of(shipment + "/label", link, shipment + "/papers/shipping_label?parcel=1")) {
            HttpResponse<String> label = get(path);
            assertThat(label.statusCode()).as(path).isEqualTo(409);
            assertThat(label.body()).contains("nothing-to-print", "POST /v1/orders/" + id + "/shipments");
        }
    }

    @Test
    default void what_comes_too_soon_is_told_when_to_come_again() throws Exception {
        String id = order("SOON-1", "\"release\": \"hold\"", "78701");
        String shipment = json(get("/v1/orders/" + id)).at("/shipments/0/id").asText();

        HttpResponse<String> label = get("/v1/shipments/" + shipment + "/label");

        assertThat(label.body()).contains("label-not-ready");
        assertThat(label.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    default void an_order_without_a_label_gets_no_second_one() throws Exception {
        String id = order("MORE-3", "\"release\": \"hold\"", "78701");

        HttpResponse<String> answer =
                post("/v1/orders/" + id + "/shipments", "{\"key\": \"a\", \"reason\": \"return\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("no-label-yet", "PATCH /v1/orders/" + id, "PUT /v1/orders/" + id + "/parcels");
        assertThat(post("/v1/orders/" + id + "/shipments", "{\"key\": \"a\", \"reason\": \"split\"}")
                        .body())
                .contains("/parcels");
    }

    @Test
    default void a_label_is_bought_once_and_printed_as_often_as_it_is_scanned() throws Exception {
        String id = order("PRINT-1", "\"release\": \"packed\"", "78701");
        String scan = "{\"orderId\": \"PRINT-1\", \"parcels\": [{\"weight\": {\"value\": 2, \"unit\": \"kg\"}}]}";

        JsonNode first = json(post("/v1/stations/office/print", scan));
        JsonNode again = json(post("/v1/stations/office/print", scan));

        assertThat(first.at("/printed/0/reprint").asBoolean(true)).isFalse();
        assertThat(again.at("/printed/0/prints").asInt()).isEqualTo(2);
        assertThat(again.at("/printed/0/reprint").asBoolean()).isTrue();
        JsonNode order = json(get("/v1/orders/" + id));
        assertThat(order.path("shipments")).hasSize(1);
        assertThat(order.path("attempts")).hasSize(1);
        assertThat(story(id)).containsSubsequence("packed", "labelled", "printed", "printed");
        String shipment = order.at("/shipments/0/id").asText();
        assertThat(printed().resolve(shipment + "-1.pdf")).isNotEmptyFile();
        assertThat(printed().resolve(shipment + "-1-2.pdf"))
                .hasSameBinaryContentAs(printed().resolve(shipment + "-1.pdf"));
        assertThat(post("/v1/shipments/" + shipment + "/print?station=office", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(get("/v1/audit?entity=" + shipment)).path("items"))
                .as("who printed it, and how often")
                .filteredOn(entry -> entry.path("act").asText().equals("label.printed"))
                .hasSize(3);
    }

    @Test
    default void a_station_that_is_off_costs_no_label() throws Exception {
        String id = order("PRINT-2", "\"service\": \"ground\"", "78701");
        String shipment = json(get("/v1/orders/" + id)).at("/shipments/0/id").asText();

        HttpResponse<String> off = post("/v1/shipments/" + shipment + "/print?station=off", "");

        assertThat(off.statusCode()).isEqualTo(502);
        assertThat(off.body())
                .contains("station-unreachable", "127.0.0.1:1", "/v1/shipments/" + shipment + "/label?parcel=1");
        assertThat(get("/v1/shipments/" + shipment + "/label").statusCode()).isEqualTo(200);
        assertThat(story(id)).doesNotContain("printed");
        assertThat(post("/v1/shipments/" + shipment + "/print?station=none", "").body())
                .contains("station-unknown", "off, office");
        assertThat(post("/v1/shipments/" + shipment + "/print", "").statusCode())
                .isEqualTo(400);
        assertThat(post("/v1/stations/office/print", "{\"orderId\": \"no such\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    default void orders_are_found_by_every_word_for_where_they_stand() throws Exception {
        String refused = order("WORD-1", "\"service\": \"sandbox:nowhere\"", "78701");
        String labelled = order("WORD-2", "\"service\": \"ground\"", "78701");
        String held = order("WORD-3", "\"release\": \"hold\"", "78701");

        assertThat(found("refused")).contains(refused).doesNotContain(labelled, held);
        assertThat(found("exception")).contains(refused).doesNotContain(labelled, held);
        assertThat(found("labelled")).contains(labelled).doesNotContain(refused, held);
        assertThat(found("held")).contains(held).doesNotContain(refused, labelled);
        for (String word : List.of("in_transit", "delivered", "rejected", "voided", "unresolved", "ready")) {
            assertThat(found(word)).as(word).doesNotContain(refused, labelled, held);
        }
        assertThat(get("/v1/orders?status=lost").body()).contains("bad-parameter", "in_transit", "exception");
    }

    private List<String> found(String status) throws Exception {
        return json(get("/v1/orders?status=" + status)).findValuesAsText("id").stream()
                .filter(id -> id.startsWith("ord_"))
                .toList();
    }

    private static String document(String orderId, String more, String postalCode) {
        return """
                {"orderId": "%s", %s, "parcels": [{"reference": "box-1", "weight": {"value": 1.2, "unit": "kg"}}],
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX", "postalCode": "%s",
                            "country": "US"}}""".formatted(
                        orderId,
                        more.contains("service") ? more : "\"service\": \"ground\", " + more,
                        postalCode.replace(" ", ""));
    }

    /** Its hub id, whatever became of it. */
    private String order(String orderId, String more, String postalCode) throws Exception {
        HttpResponse<String> answer = post("/v1/orders", document(orderId, more, postalCode));
        JsonNode told = json(answer);
        String id = (told.has("order") ? told.path("order") : told).path("id").asText();
        assertThat(id).as(answer.body()).startsWith("ord_");
        return id;
    }

    private List<String> story(String id) throws Exception {
        return StreamSupport.stream(json(get("/v1/orders/" + id)).path("story").spliterator(), false)
                .map(entry -> entry.path("what").asText())
                .toList();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private HttpResponse<String> send(String verb, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub().resolve(path)).header("Prefer", "wait=60");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        request.method(verb, verb.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }
}
