package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Database;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a bench is told of an order that has no label to print: never that it was printed. */
interface ScansOverRest {
    URI hub();

    Database store();

    /** The folder of the station {@code office}. */
    Path printed();

    @Test
    default void an_order_that_is_called_off_prints_nothing_and_the_bench_is_told() throws Exception {
        String id = order("SCAN-1", "hold");
        assertThat(post("/v1/orders/" + id + "/cancel", "").statusCode()).isEqualTo(200);

        assertThat(scanned("SCAN-1")).isEqualTo("409 order-cancelled");
        assertThat(told(id)).doesNotContain("\"printed\"");
    }

    @Test
    default void a_label_that_was_given_back_is_not_printed_and_the_bench_is_told() throws Exception {
        String id = order("SCAN-2", "now");
        assertThat(post("/v1/orders/" + id + "/void", "").statusCode()).isIn(200, 202);

        assertThat(scanned("SCAN-2")).isEqualTo("409 nothing-to-print");
        assertThat(told(id)).doesNotContain("\"printed\"");
    }

    @Test
    default void a_label_that_was_given_back_is_not_printed_by_its_own_number_either() throws Exception {
        String id = order("SCAN-5", "now");
        String shipment = shipment(id);
        assertThat(post("/v1/orders/" + id + "/void", "").statusCode()).isIn(200, 202);
        List<Path> before = papers();

        HttpResponse<String> answer = post("/v1/shipments/" + shipment + "/print?station=office", "");

        assertThat(answer.statusCode() + " " + json(answer).at("/errors/0/code").asText())
                .isEqualTo("409 nothing-to-print");
        assertThat(json(answer).at("/errors/0/hint").asText()).contains("POST /v1/orders/" + id + "/shipments");
        assertThat(papers()).isEqualTo(before);
        assertThat(told(id)).doesNotContain("\"printed\"");
    }

    @Test
    default void another_weight_than_the_label_was_bought_with_is_told_and_nothing_is_printed() throws Exception {
        order("SCAN-9", "now");
        List<Path> before = papers();

        HttpResponse<String> answer = packed("SCAN-9", "{\"weight\": {\"value\": 2.4, \"unit\": \"kg\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(json(answer).at("/errors/0/code").asText()).isEqualTo("bought-with-other-parcels");
        assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo("/parcels");
        assertThat(json(answer).at("/errors/0/detail").asText()).contains("1 (1.2 kg)", "1 (2.4 kg)");
        assertThat(papers()).isEqualTo(before);
    }

    @Test
    default void another_number_of_parcels_than_were_bought_is_told_and_nothing_is_printed() throws Exception {
        order("SCAN-10", "now", 2);
        String parcel = "{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}";
        List<Path> before = papers();

        for (String said : List.of(parcel, String.join(", ", parcel, parcel, parcel))) {
            HttpResponse<String> answer = packed("SCAN-10", said);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            assertThat(json(answer).at("/errors/0/detail").asText()).contains("2 (1.2 kg, 1.2 kg)");
        }
        assertThat(papers()).isEqualTo(before);
    }

    @Test
    default void what_is_to_be_done_about_other_parcels_leads_to_a_label_for_them() throws Exception {
        String id = order("SCAN-12", "now");
        String other = "{\"weight\": {\"value\": 2.4, \"unit\": \"kg\"}}";
        String hint = json(packed("SCAN-12", other)).at("/errors/0/hint").asText();
        String shipment = shipment(id);
        assertThat(hint).contains("POST /v1/shipments/" + shipment + "/void");
        assertThat(post("/v1/shipments/" + shipment + "/void", "").statusCode()).isIn(200, 202);
        assertThat(hint).contains("POST /v1/orders/" + id + "/shipments");
        HttpResponse<String> bought = post("/v1/orders/" + id + "/shipments", """
                {"key": "weighed", "reason": "relabel", "parcels": [%s]}""".formatted(other));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);

        HttpResponse<String> printed = packed("SCAN-12", other);

        assertThat(printed.statusCode()).as(printed.body()).isEqualTo(200);
    }

    @Test
    default void the_parcels_of_a_label_whose_other_parcels_were_called_off_are_its_own() throws Exception {
        String id = order("SCAN-13", "now", 2);
        write("UPDATE shipment SET split_from = id, piece = '{\"parcels\": [0], \"items\": [], \"says\": {\"parcels\":"
                + " [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}]}}' WHERE id = '" + shipment(id) + "'");
        String parcel = "{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}";

        assertThat(packed("SCAN-13", parcel).statusCode()).isEqualTo(200);
        HttpResponse<String> both = packed("SCAN-13", parcel + ", " + parcel);
        assertThat(both.statusCode()).isEqualTo(409);
        assertThat(json(both).at("/errors/0/detail").asText()).contains("bought 1 (1.2 kg), packed 2 (1.2 kg, 1.2 kg)");
    }

    @Test
    default void the_same_weight_in_another_unit_is_printed_once_more() throws Exception {
        order("SCAN-11", "now");

        HttpResponse<String> answer = packed(
                "SCAN-11",
                "{\"reference\": \"B1\", \"weight\": {\"value\": 1200, \"unit\": \"g\"}, \"dimensions\":"
                        + " {\"length\": 10, \"width\": 10, \"height\": 10, \"unit\": \"cm\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("printed")).hasSize(1);
    }

    @Test
    default void what_two_scales_make_of_one_parcel_is_no_other_weight() throws Exception {
        order("SCAN-14", "now");

        for (String alike : List.of("\"value\": 42.3, \"unit\": \"oz\"", "\"value\": 1.26, \"unit\": \"kg\"")) {
            assertThat(packed("SCAN-14", "{\"weight\": {" + alike + "}}").statusCode())
                    .isEqualTo(200);
        }
        assertThat(packed("SCAN-14", "{\"weight\": {\"value\": 1.261, \"unit\": \"kg\"}}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    default void a_parcel_with_two_numbers_is_one_label() throws Exception {
        String id = order("SCAN-6", "now");
        String shipment = shipment(id);
        write("INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen) VALUES ('" + shipment
                + "', 'tracking', 1, 'ZZ-SCAN-6', CURRENT_TIMESTAMP)");

        HttpResponse<String> answer = post("/v1/stations/office/print", "{\"orderId\": \"SCAN-6\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("printed")).hasSize(1);
        assertThat(Json.mapper().readTree(told(id)).at("/shipments/0/parcels")).hasSize(1);
    }

    @Test
    default void each_parcel_of_a_label_that_has_one_number_for_all_is_printed() throws Exception {
        String id = order("SCAN-7", "now", 3);
        String shipment = shipment(id);
        write("DELETE FROM shipment_number WHERE parcel <> 2 AND shipment_uid = '" + shipment + "'");

        JsonNode printed = json(post("/v1/stations/office/print", "{\"orderId\": \"SCAN-7\"}"))
                .path("printed");

        assertThat(printed.findValuesAsText("parcel")).containsExactly("1", "2", "3");
        assertThat(printed.at("/0/trackingNumber").isNull()).isTrue();
        assertThat(printed.at("/1/trackingNumber").asText()).isNotEmpty();
        JsonNode parcels = Json.mapper().readTree(told(id)).at("/shipments/0/parcels");
        assertThat(parcels).hasSize(3);
        assertThat(parcels.at("/1/trackingNumber")).isEqualTo(printed.at("/1/trackingNumber"));
        assertThat(parcels.at("/2/label/href").asText()).endsWith("/label?parcel=3");
        assertThat(parcels.get(0).has("trackingNumber")).isFalse();
    }

    @Test
    default void a_return_label_does_not_stand_in_for_the_one_that_goes_out() throws Exception {
        String id = order("SCAN-8", "now");
        String shipment = shipment(id);
        HttpResponse<String> asked =
                post("/v1/orders/" + id + "/shipments", "{\"key\": \"a\", \"reason\": \"return\"}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);

        JsonNode answer = json(post("/v1/stations/office/print", "{\"orderId\": \"SCAN-8\"}"));

        assertThat(answer.at("/printed/0/shipment").asText()).isEqualTo(shipment);
    }

    @Test
    default void a_label_that_was_bought_elsewhere_is_not_printed_and_the_bench_is_told() throws Exception {
        JsonNode order = json(post("/v1/shipments/import", """
                {"orderId": "SCAN-3", "carrier": "Regional Post", "trackingNumber": "RP-SCAN-3",
                 "date": "2026-11-17", "system": "post counter"}"""));

        assertThat(scanned("SCAN-3")).isEqualTo("404 label-is-elsewhere");
        assertThat(told(order.path("id").asText())).doesNotContain("\"printed\"");
    }

    @Test
    default void an_order_that_waits_is_told_as_it_stands() throws Exception {
        String id = order("SCAN-4", "hold");

        HttpResponse<String> answer = post("/v1/stations/office/print", "{\"orderId\": \"SCAN-4\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(json(answer).path("id").asText()).isEqualTo(id);
    }

    /** The status and the code it is answered with, when nothing came to the printer. */
    private String scanned(String orderId) throws Exception {
        List<Path> before = papers();
        HttpResponse<String> answer = post("/v1/stations/office/print", "{\"orderId\": \"" + orderId + "\"}");
        assertThat(papers()).isEqualTo(before);
        return answer.statusCode() + " " + json(answer).at("/errors/0/code").asText();
    }

    private List<Path> papers() throws IOException {
        try (Stream<Path> papers = Files.list(printed())) {
            return papers.sorted().toList();
        }
    }

    private HttpResponse<String> packed(String orderId, String parcels) throws Exception {
        return post(
                "/v1/stations/office/print", "{\"orderId\": \"%s\", \"parcels\": [%s]}".formatted(orderId, parcels));
    }

    private String shipment(String id) throws Exception {
        return Json.mapper().readTree(told(id)).at("/shipments/0/id").asText();
    }

    /** What no carrier of this hub says of its labels. */
    private void write(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(store().url(), store().user(), store().password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private String order(String orderId, String release) throws Exception {
        return order(orderId, release, 1);
    }

    private String order(String orderId, String release, int parcels) throws Exception {
        HttpResponse<String> answer = post("/v1/orders", """
                {"orderId": "%s", "release": "%s", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [%s]}""".formatted(
                orderId,
                release,
                String.join(", ", Collections.nCopies(parcels, "{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}"))));
        return json(answer).path("id").asText();
    }

    private String told(String id) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(hub().resolve("/v1/orders/" + id)).build(), BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub().resolve(path))
                .header("Prefer", "wait=30")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }
}
