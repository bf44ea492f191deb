package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A system that posts its own documents through its mapping calls an order off by one of them. */
interface CalledOffOverRest {
    URI hub();

    @Test
    default void a_document_that_calls_an_order_off_cancels_it_and_once_more_changes_nothing() throws Exception {
        String id = json(post("7001", "processing")).path("id").asText();

        HttpResponse<String> off = post("7001", "cancelled");

        assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
        assertThat(json(off).path("id").asText()).isEqualTo(id);
        assertThat(json(off).path("status").asText()).isEqualTo("cancelled");
        HttpResponse<String> again = post("7001", "cancelled");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    default void one_that_calls_off_what_has_its_label_is_a_conflict_and_a_person_is_told() throws Exception {
        String id = labelled("7002");

        HttpResponse<String> off = post("7002", "refunded");

        assertThat(off.statusCode()).as(off.body()).isEqualTo(409);
        assertThat(json(off).at("/errors/0/code").asText()).isEqualTo("cancelled-late");
        assertThat(off.headers().firstValue("Location")).contains("/v1/orders/" + id);
        assertThat(toldLate()).contains(id);
    }

    @Test
    default void one_that_our_own_label_brought_about_changes_nothing() throws Exception {
        String id = labelled("7003");

        HttpResponse<String> done = post("7003", "completed");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(json(done).path("status").asText()).isEqualTo("labelled");
        assertThat(toldLate()).doesNotContain(id);
    }

    @Test
    default void one_that_names_an_order_nobody_sent_says_so_and_a_dry_run_calls_nothing_off() throws Exception {
        HttpResponse<String> unknown = post("7004", "cancelled");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(json(unknown).at("/errors/0/code").asText()).isEqualTo("cancelled-unknown");

        String id = json(post("7005", "processing")).path("id").asText();
        HttpResponse<String> dry = send("POST", "/v1/orders?source=woo&dryRun=true", document("7005", "cancelled"));
        assertThat(dry.statusCode()).isEqualTo(422);
        assertThat(json(dry).at("/errors/0/code").asText()).isEqualTo("not-ours");
        assertThat(json(send("GET", "/v1/orders/" + id, "")).path("status").asText())
                .isEqualTo("held");
    }

    private String toldLate() throws Exception {
        return send("GET", "/v1/exceptions?reason=changed-late", "").body();
    }

    private String labelled(String number) throws Exception {
        String id = json(post(number, "processing")).path("id").asText();
        HttpResponse<String> packed = send(
                "PUT",
                "/v1/orders/" + id + "/parcels",
                "{\"parcels\": [{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}]}");
        assertThat(json(packed).path("status").asText()).as(packed.body()).isEqualTo("labelled");
        return id;
    }

    private HttpResponse<String> post(String number, String status) throws Exception {
        return send("POST", "/v1/orders?source=woo", document(number, status));
    }

    private static String document(String number, String status) {
        return """
                {"id": %1$s, "number": "%1$s", "status": "%2$s", "currency": "USD", "date_created_gmt": "2026-11-24T09:30:00",
                 "shipping": {"first_name": "Jane", "last_name": "Roe", "address_1": "1 Main St", "city": "Austin",
                              "state": "TX", "postcode": "78701", "country": "US"},
                 "line_items": [{"id": 1, "sku": "MUG-1", "name": "Mug", "quantity": 1, "price": 12.5}]}
                """.formatted(number, status);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(hub().resolve(path))
                .header("Prefer", "wait=60")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(call, BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }
}
