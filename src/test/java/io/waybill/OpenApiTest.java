package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.waybill.ledger.OrderStatus;
import io.waybill.order.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract at {@code /openapi.json} and {@code /docs} is what the hub does: every example in it is sent to one. */
class OpenApiTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static PortalHub portal;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        portal = PortalHub.running();
        document = Json.mapper()
                .readTree(portal.hub
                        .send("/openapi.json", "Accept-Language", "en")
                        .body());
    }

    @Test
    void every_example_is_answered_as_it_promises_and_with_no_field_that_is_not_told() throws Exception {
        Map<String, String> kept =
                new HashMap<>(Map.of("WAYBILL", portal.address().toString(), "WAYBILL_KEY", portal.admin));
        int sent = 0;
        for (JsonNode call : calls(document)) {
            assertThat(call.path("x-codeSamples"))
                    .as(call.path("operationId").asText())
                    .isNotEmpty();
            for (JsonNode sample : call.path("x-codeSamples")) {
                run(call, sample, kept);
                sent++;
            }
        }
        assertThat(sent).isGreaterThan(90);
    }

    private static void run(JsonNode call, JsonNode sample, Map<String, String> kept) throws Exception {
        String name =
                call.path("operationId").asText() + ", " + sample.path("label").asText();
        HttpResponse<String> answer = sample.has("x-until")
                ? await().until(
                                () -> Curl.sent(sample.path("source").asText(), kept),
                                told -> isThere(told, sample.path("x-until").asText()))
                : Curl.sent(sample.path("source").asText(), kept);
        assertThat(answer.statusCode())
                .as(name + "\n" + answer.body())
                .isEqualTo(sample.path("x-status").asInt());
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode told = call.path("responses").path(String.valueOf(answer.statusCode()));
        assertThat(told.isMissingNode())
                .as(name + " tells of " + answer.statusCode())
                .isFalse();
        if (!type.isEmpty()) {
            assertThat(told.path("content").has(type))
                    .as(name + " tells of " + type + " in " + told)
                    .isTrue();
        }
        JsonNode schema = told.path("content").path(type).path("schema");
        JsonNode body = type.endsWith("json")
                ? Json.mapper().readTree(answer.body())
                : Json.mapper().nullNode();
        if (type.endsWith("json") && !schema.isMissingNode()) {
            assertThat(broken(schema, body)).as(name + "\n" + answer.body()).isEmpty();
        }
        told(call, answer, name);
        sample.path("x-keeps").fields().forEachRemaining(keep -> {
            String value = body.at(keep.getValue().asText()).asText();
            assertThat(value).as(name + " has " + keep).isNotEmpty();
            kept.put(keep.getKey(), value);
        });
    }

    /** A refusal is one that the call tells of, under the status it tells. */
    private static void told(JsonNode call, HttpResponse<String> answer, String name) throws Exception {
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            return;
        }
        JsonNode refused = Json.mapper().readTree(answer.body());
        String first = refused.at("/errors/0/code").asText();
        String any = document.at("/components/responses/Problem/description").asText();
        assertThat(any + call.path("responses").path(String.valueOf(answer.statusCode())))
                .as(name + " tells of " + first + " with " + answer.statusCode())
                .containsPattern("[ \"]" + first + "[,\"]");
        Set<String> codes = new TreeSet<>();
        call.path("x-problems").forEach(code -> codes.add(code.asText()));
        refused.path("errors").findValuesAsText("code").stream()
                .filter(code -> !any.contains(code))
                .forEach(code -> assertThat(codes).as(name).contains(code));
    }

    @Test
    void whatever_is_wrong_with_an_order_is_told_of() throws Exception {
        JsonNode call = document.at("/paths/~1v1~1orders/post");
        for (String body : List.of(
                "",
                "[]",
                "nonsense",
                "{\"orderId\":",
                "{\"orderId\":\"W-1\",\"orderId\":\"W-1\"}",
                "[".repeat(2000),
                "{}",
                "{\"orderId\":\"W-1\",\"note\":\"\"}",
                wrong("\"reference\":\"\\u0000\""),
                wrong("\"reference\":\"\\ud800\""),
                wrong("\"reference\":7"),
                wrong("\"reference\":\"" + "x".repeat(200) + "\""),
                wrong("\"service\":\"no such: service!\""),
                wrong("\"service\":\"nowhere:x\""),
                wrong("\"account\":\"nobody\""),
                wrong("\"account\":\"!\""),
                wrong("\"namespace\":\"!\""),
                wrong("\"placedAt\":\"yesterday\""),
                wrong("\"options\":{\"shipDate\":\"tomorrow\"}"),
                wrong("\"options\":{\"signature\":\"perhaps\"}"),
                wrong("\"label\":{\"dpi\":1}"),
                wrong("\"parcels\":[{\"weight\":{\"value\":0,\"unit\":\"kg\"}}]"),
                wrong("\"parcels\":[{\"weight\":{\"value\":\"x\",\"unit\":\"kg\"}}]"),
                wrong("\"parcels\":[{\"weight\":{\"value\":1e999999,\"unit\":\"kg\"}}]"),
                wrong("\"parcels\":[{\"items\":[\"none\"],\"weight\":{\"value\":1,\"unit\":\"kg\"}}]"),
                wrong("\"items\":[{\"sku\":\"A\",\"quantity\":1,"
                        + "\"unitPrice\":{\"amount\":\"1,5\",\"currency\":\"USD\"}}]"),
                wrong("\"items\":[{\"sku\":\"A\",\"quantity\":0,\"hsCode\":\"x\",\"originCountry\":\"XX\"}]"),
                wrong("\"orderId\":\" \"").replace("\"orderId\":\"W-1\",", ""),
                good().replace("\"US\"", "\"XX\""),
                good().replace("\"TX\"", "\"NY\""))) {
            refused(call, "POST", "/v1/orders", body);
        }
        refused(call, "POST", "/v1/orders?source=nobody", "{}");
        refused(call, "POST", "/v1/orders?dryRun=perhaps", "{}");
        refused(call, "POST", "/v1/orders?dryRun=true&dryRun=false", "{}");
        refused(call, "POST", "/v1/orders", "x", "Content-Encoding", "gzip");
        refused(call, "POST", "/v1/orders", good(), "Idempotency-Key", "k".repeat(2000));
        refused(call, "POST", "/v1/orders", "x".repeat(9_000_000));
    }

    private static String good() {
        return wrong("").replace(",}", "}");
    }

    private static String wrong(String field) {
        return """
                {"orderId":"W-1","service":"ground","shipTo":{"name":"Jane Roe","line1":"1 Main St","city":"Austin",
                 "state":"TX","postalCode":"78701","country":"US"},%s}""".formatted(field).replace("\n", "");
    }

    @Test
    void what_is_wrong_with_other_calls_is_told_of() throws Exception {
        String held = portal.order("DOC-WRONG-1", "\"reference\": \"x\",");
        String order = "/v1/orders/" + held;
        JsonNode paths = document.path("paths");
        JsonNode patch = paths.at("/~1v1~1orders~1{id}/patch");
        refused(patch, "PATCH", order, "{\"orderId\":\"other\"}");
        refused(patch, "PATCH", order, "{\"shipTo\":{\"country\":\"XX\"}}");
        refused(patch, "PATCH", order, "[]");
        refused(patch, "PATCH", order, "{}", "If-Match", "x");
        JsonNode parcels = paths.at("/~1v1~1orders~1{id}~1parcels/put");
        for (String body : List.of("", "{}", "{\"parcels\":[]}", "{\"parcels\":[{\"weigth\":1}]}", "{\"orderId\":7}")) {
            refused(parcels, "PUT", order + "/parcels", body);
        }
        JsonNode another = paths.at("/~1v1~1orders~1{id}~1shipments/post");
        refused(another, "POST", order + "/shipments", "{\"reason\":\"split\"}");
        refused(another, "POST", order + "/shipments", "{\"key\":\"k\",\"reason\":\"reship\"}");
        JsonNode cancel = paths.at("/~1v1~1orders~1{id}~1cancel/post");
        assertThat(sent("POST", order + "/cancel", "").statusCode()).isEqualTo(200);
        refused(paths.at("/~1v1~1orders~1{id}~1release/post"), "POST", order + "/release", "");
        refused(patch, "PATCH", order, "{\"reference\":\"y\"}");
        refused(cancel, "POST", "/v1/orders/none/cancel", "");
        refused(paths.at("/~1v1~1journal/get"), "GET", "/v1/journal?cursor=x", "");
        refused(paths.at("/~1v1~1charges/get"), "GET", "/v1/charges?orderId=a&orderId=b", "");
        for (String needed : List.of("reconciliation", "rates", "shadow", "readiness", "profile", "manifests")) {
            refused(paths.at("/~1v1~1" + needed + "/get"), "GET", "/v1/" + needed, "");
        }
        refused(paths.at("/~1v1~1accruals/post"), "POST", "/v1/accruals", "");
        refused(paths.at("/~1v1~1invoices/post"), "POST", "/v1/invoices", "");
        JsonNode keys = paths.at("/~1v1~1admin~1keys/post");
        for (String body :
                List.of("{}", "{\"name\":\"x\"}", "{\"name\":\"x\",\"scopes\":[\"y\"]}", "{\"name\":7}", "x")) {
            refused(keys, "POST", "/v1/admin/keys", body);
        }
        refused(keys, "POST", "/v1/admin/keys", "{\"name\":\"x\",\"scopes\":[\"read\"],\"source\":\"nobody\"}");
        JsonNode imported = paths.at("/~1v1~1shipments~1import/post");
        for (String field : List.of(
                "\"date\":\"x\"", "\"account\":\"nobody\"", "\"cost\":{\"amount\":\"x\",\"currency\":\"USD\"}")) {
            refused(
                    imported,
                    "POST",
                    "/v1/shipments/import",
                    "{\"orderId\":\"W-2\",\"carrier\":\"Post\",\"trackingNumber\":\"N1\",\"date\":\"2026-11-17\","
                                    .replace(field.startsWith("\"date") ? "\"date\":\"2026-11-17\"," : "\0", "")
                            + field + "}");
        }
        refused(paths.at("/~1v1~1manifests/post"), "POST", "/v1/manifests", "{}");
        refused(paths.at("/~1v1~1batches~1{id}~1commit/post"), "POST", "/v1/batches/none/commit", "{\"rows\":\"x\"}");
        refused(paths.at("/~1v1~1orders~1{id}/get"), "GET", "/v1/orders/%00", "");
    }

    @Test
    void a_body_that_a_call_would_pass_over_is_refused_and_nothing_is_done() throws Exception {
        String parcel = "\"parcels\": [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}],";
        String order = "/v1/orders/" + portal.order("DOC-BODY", parcel);
        HttpResponse<String> one = sent("POST", order + "/void", "{\"shipment\":\"shp_1\",\"reason\":\"torn\"}");
        assertThat(error(one).path("code").asText()).isEqualTo("body-not-taken");
        assertThat(error(one).path("detail").asText()).contains("reason, shipment");
        assertThat(portal.json(order).path("status").asText()).isEqualTo("labelled");
        int calls = 0;
        for (JsonNode call : calls(document)) {
            if (verb(call).equals("POST")
                    && !call.has("requestBody")
                    && !call.path("x-scope").asText().isEmpty()) {
                refused(call, "POST", place(call), "{\"colour\":\"red\"}");
                refused(call, "POST", place(call), "colour=red");
                calls++;
            }
        }
        assertThat(calls).isGreaterThan(20);
        for (String nothing : List.of(" ", "{}", "null")) {
            assertThat(sent("POST", order + "/release", nothing).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_word_that_an_order_and_a_shipment_can_stand_under_is_told() {
        Set<String> words = new TreeSet<>(OrderStatus.words());
        words.remove("exception");
        assertThat(words("Order", "status")).isEqualTo(words);
        words.remove("rejected");
        assertThat(words("Shipment", "status")).isEqualTo(words);
    }

    private static Set<String> words(String schema, String field) {
        Set<String> words = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/properties/" + field + "/x-extensible-enum")
                .forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    void whatever_is_wrong_with_a_file_is_told_of() throws Exception {
        JsonNode invoices = document.at("/paths/~1v1~1invoices/post");
        String ups = "/v1/invoices?account=sandbox&name=wrong.csv&carrier=ups";
        for (String body : List.of("", "a,b\n1,2\n", "%PDF-1.7", "PK\u0003\u0004x", "\"open")) {
            refused(invoices, "POST", ups, body);
            refused(invoices, "POST", ups.replace("carrier=ups", "mapping=label-platform-bill"), body);
        }
        refused(invoices, "POST", ups.replace("sandbox", "nobody"), "a,b\n");
        refused(invoices, "POST", ups.replace("ups", "zz"), "a,b\n");
        refused(invoices, "POST", ups.replace("carrier=ups", "mapping=zz"), "a,b\n");
        String header = "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\n";
        for (String row : List.of("D,T,1,x,1,1,USD,", "D,T,1,1,1,1,ZZZ,", "D,T,1,1.23456,1,1,USD,", "D,T", "")) {
            refused(invoices, "POST", ups.replace("carrier=ups", "mapping=label-platform-bill"), header + row + "\n");
        }
        JsonNode trial = document.at("/paths/~1v1~1mappings~1{name}~1try/post");
        for (String mapping : List.of("acme-orders", "excel-template", "shopify-order")) {
            for (String body : List.of("", "a", "%PDF-1.7", "PK\u0003\u0004x", "\"open")) {
                HttpResponse<String> answer = sent("POST", "/v1/mappings/" + mapping + "/try", body);
                told(trial, answer, mapping + body);
            }
        }
        JsonNode orders = document.at("/paths/~1v1~1orders/post");
        for (String body : List.of("{}", "{\"id\":{}}", "{\"orderId\":7}")) {
            refused(orders, "POST", "/v1/orders?source=sheet", body);
        }
    }

    @Test
    void a_label_that_was_bought_elsewhere_is_given_back_elsewhere() throws Exception {
        String imported = "{\"orderId\":\"DOC-ELSE\",\"carrier\":\"Post\",\"trackingNumber\":\"ELSE1\","
                + "\"date\":\"2026-11-17\",\"system\":\"counter\"}";
        JsonNode order = Json.mapper()
                .readTree(sent("POST", "/v1/shipments/import", imported).body());
        String shipment = "/v1/shipments/" + order.at("/shipments/0/id").asText();
        refused(document.at("/paths/~1v1~1shipments~1{id}~1void/post"), "POST", shipment + "/void", "");
    }

    @Test
    void a_label_of_a_source_that_is_only_looked_at_is_refused_as_the_document_tells() throws Exception {
        sent("PUT", "/v1/sources/canary/shadow", "{\"shadow\":true}");
        try {
            String imported = "{\"orderId\":\"DOC-SEEN\",\"carrier\":\"Post\",\"trackingNumber\":\"SEEN1\","
                    + "\"date\":\"2026-11-17\",\"system\":\"counter\"}";
            refused(
                    document.at("/paths/~1v1~1shipments~1import/post"),
                    "POST",
                    "/v1/shipments/import?source=canary",
                    imported);
        } finally {
            sent("PUT", "/v1/sources/canary/shadow", "{\"shadow\":false}");
        }
    }

    @Test
    void what_is_wrong_with_an_order_that_is_only_looked_at_is_told_as_it_is_of_any_other() throws Exception {
        sent("PUT", "/v1/sources/canary/shadow", "{\"shadow\":true}");
        try {
            String wrong = wrong("\"options\":{\"shipDate\":\"tomorrow\"}");
            HttpResponse<String> seen = sent("POST", "/v1/orders?source=canary", wrong);
            HttpResponse<String> refused = sent("POST", "/v1/orders", wrong);

            assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
            assertThat(Json.mapper().readTree(seen.body()).path("problems")).contains(error(refused));
        } finally {
            sent("PUT", "/v1/sources/canary/shadow", "{\"shadow\":false}");
        }
    }

    @Test
    void the_sheet_of_a_batch_whose_file_cannot_be_read_is_refused_as_the_document_tells() throws Exception {
        String batch = looked("/v1/batches?source=sheet&dryRun=true&name=unread.xlsx&format=xlsx", "orderId\nA-1\n");

        refused(document.at("/paths/~1v1~1batches~1{id}~1results/get"), "GET", batch + "/results?format=csv", "");
    }

    @Test
    void the_bad_orders_of_a_batch_come_in_a_format_the_document_tells() throws Exception {
        String batch =
                looked("/v1/batches?source=canary&dryRun=true&name=bad.ndjson&format=ndjson", "{\"orderId\":7}\n");

        HttpResponse<String> bad = sent("GET", batch + "/errors", "");

        assertThat(bad.statusCode()).as(bad.body()).isEqualTo(200);
        assertThat(document.at("/paths/~1v1~1batches~1{id}~1errors/get/responses/200/content")
                        .fieldNames())
                .toIterable()
                .contains(bad.headers().firstValue("Content-Type").orElseThrow());
    }

    private static String looked(String path, String file) throws Exception {
        String batch = sent("POST", path, file).headers().firstValue("Location").orElseThrow();
        await().until(() -> Set.of("checked", "failed")
                .contains(Json.mapper()
                        .readTree(sent("GET", batch, "").body())
                        .path("state")
                        .asText()));
        return batch;
    }

    @Test
    void a_cursor_that_no_page_ended_with_and_a_word_of_no_set_are_refused_everywhere() throws Exception {
        for (JsonNode call : calls(document)) {
            if (!verb(call).equals("GET") || !has(call, "cursor") || place(call).contains("x/")) {
                continue;
            }
            for (String cursor : List.of("abc", "~~~", "ord_1", "%20x")) {
                refused(call, "GET", place(call) + "?cursor=" + cursor, "");
            }
        }
        JsonNode paths = document.path("paths");
        refused(paths.at("/~1v1~1orders/get"), "GET", "/v1/orders?channel=apii", "");
        refused(paths.at("/~1v1~1variances/get"), "GET", "/v1/variances?state=zz", "");
        refused(paths.at("/~1v1~1disputes/get"), "GET", "/v1/disputes?state=zz", "");
        refused(paths.at("/~1v1~1manifests/get"), "GET", "/v1/manifests?account=nope", "");
        assertThat(sent("GET", "/v1/orders?channel=apii", "").body()).contains("api, portal, file");
        for (String path :
                List.of("/v1/orders?channel=kafka", "/v1/variances?state=written-off", "/v1/disputes?state=credited")) {
            assertThat(sent("GET", path, "").statusCode()).isEqualTo(200);
        }
    }

    private static boolean has(JsonNode call, String parameter) {
        return call.path("parameters").findValuesAsText("name").contains(parameter);
    }

    @Test
    void what_a_refusal_says_has_no_null_and_no_words_of_a_library() throws Exception {
        for (String body :
                List.of("{\"orderId\":", "{} {}", "{\"a\":NaN}", "{\"a\":01}", "{/**/}", "nonsense", "{'a':1}")) {
            assertThat(sent("POST", "/v1/orders", body).body())
                    .contains("\"line\":\"1\"")
                    .doesNotContain("null:", "fasterxml", "enable", "Feature", "`");
        }
        JsonNode missing = error(sent("GET", "/v1/reconciliation", ""));
        assertThat(missing.path("detail").asText()).isEqualTo("the parameter account is missing");
        assertThat(missing.path("expected").asText()).isEqualTo("the name of an account");
        JsonNode twice = error(sent("GET", "/v1/orders?status=held&status=ready", ""));
        assertThat(twice.path("detail").asText())
                .isEqualTo("the parameter status is given more than once: \"held\", \"ready\"");
        assertThat(twice.has("expected")).isFalse();
        JsonNode unnamed = error(sent("POST", "/v1/manifests", "{}"));
        assertThat(unnamed.path("code").asText()).isEqualTo("missing-field");
        assertThat(unnamed.path("pointer").asText()).isEqualTo("/account");
        JsonNode date = error(sent(
                "POST",
                "/v1/shipments/import",
                "{\"orderId\":\"W-3\",\"carrier\":\"Post\",\"trackingNumber\":\"N1\",\"date\":\"17.11.2026\"}"));
        assertThat(date.path("expected").asText()).startsWith("year-month-day");
    }

    private static JsonNode error(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body()).at("/errors/0");
    }

    @Test
    void a_label_in_a_format_it_is_not_there_in_says_in_which_it_is() throws Exception {
        String order = portal.order("DOC-EPL", "\"parcels\": [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}],");
        String shipment =
                portal.json("/v1/orders/" + order).at("/shipments/0/id").asText();
        JsonNode label = document.at("/paths/~1v1~1shipments~1{id}~1label/get");
        refused(label, "GET", "/v1/shipments/" + shipment + "/label?format=EPL2", "");
        JsonNode error = error(sent("GET", "/v1/shipments/" + shipment + "/label?format=EPL2", ""));
        assertThat(error.path("code").asText()).isEqualTo("unsupported-format");
        assertThat(error.path("expected").asText()).contains("PDF");
        assertThat(error(sent("GET", "/v1/shipments/" + shipment + "/label?parcel=9", ""))
                        .path("code")
                        .asText())
                .isEqualTo("no-such-parcel");
    }

    @Test
    void parcels_that_cannot_change_say_what_can_be_done() throws Exception {
        String parcels = "{\"parcels\":[{\"weight\":{\"value\":3,\"unit\":\"kg\"}}]}";
        String sold = portal.order("DOC-FROZEN", "\"parcels\": [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}],");
        JsonNode frozen = error(sent("PUT", "/v1/orders/" + sold + "/parcels", parcels));
        assertThat(frozen.path("code").asText()).isEqualTo("parcels-frozen");
        assertThat(frozen.path("hint").asText()).startsWith("Void the label first: POST /v1/shipments/shp_");
        String cancelled = portal.order("DOC-CALLED-OFF", "");
        assertThat(sent("POST", "/v1/orders/" + cancelled + "/cancel", "").statusCode())
                .isEqualTo(200);
        JsonNode over = error(sent("PUT", "/v1/orders/" + cancelled + "/parcels", parcels));
        assertThat(over.path("code").asText()).isEqualTo("order-cancelled");
    }

    @Test
    void answers_that_hold_nothing_keep_to_their_schemas() throws Exception {
        String parcel = "\"parcels\": [{\"weight\": {\"value\": 1.2, \"unit\": \"kg\"}}],";
        String order = portal.order("DOC-NULLS", parcel);
        kept("post.orders.id.void", "POST", "/v1/orders/" + order + "/void", "");
        kept("post.orders.id.erase", "POST", "/v1/orders/" + order + "/erase", "");
        kept("get.orders.id", "GET", "/v1/orders/" + order, "");
        portal.drop("DOC-REJECTED", "787");
        String rejected = await().until(
                        () -> portal.json("/v1/orders?key=DOC-REJECTED")
                                .at("/items/0/id")
                                .asText(""),
                        found -> !found.isEmpty());
        kept("get.orders.id", "GET", "/v1/orders/" + rejected, "");
        kept("get.refunds", "GET", "/v1/refunds", "");
        kept("get.audit", "GET", "/v1/audit", "");
        kept(
                "post.orders",
                "POST",
                "/v1/orders?dryRun=true",
                "{\"orderId\":\"DOC-HEAVY\",\"service\":\"cheapest\","
                        + "\"parcels\":[{\"weight\":{\"value\":900,\"unit\":\"kg\"}}],"
                        + good().substring("{\"orderId\":\"W-1\",\"service\":\"ground\",".length()));
        String batch = Json.mapper()
                .readTree(sent("POST", "/v1/batches?source=sheet-csv&dryRun=true&name=bad.csv&format=csv", """
                                Order number,Recipient,Address 1,City,State,Postal code,Country,Service,SKU,Quantity,Weight (kg)
                                ,Jane Roe,1 Main St,Austin,TX,78701,XX,,MUG-1,2,1.2
                                """)
                        .body())
                .path("id")
                .asText();
        await().until(() ->
                !portal.json("/v1/batches/" + batch).path("state").asText().endsWith("ING"));
        await().until(() -> portal.json("/v1/batches/" + batch).has("dryRun"));
        kept("get.batches.id.results", "GET", "/v1/batches/" + batch + "/results", "");
    }

    @Test
    void an_invoice_of_a_fee_and_of_a_label_that_was_never_bought_here_keeps_to_its_schemas() throws Exception {
        String bill = upsRow("", "MSC", "", "4.00") + upsRow("1ZNEVER01", "FRT", "Ground", "9.99");
        String brought = "/v1/invoices?carrier=ups&account=sandbox&name=fees.csv";
        kept("post.invoices", "POST", brought, bill);
        String invoice = Json.mapper()
                .readTree(sent("POST", brought, bill).body())
                .at("/items/0/id")
                .asText();
        kept("get.invoices.id", "GET", "/v1/invoices/" + invoice, "");
        kept("get.invoices.id.lines", "GET", "/v1/invoices/" + invoice + "/lines", "");
        JsonNode found = portal.json("/v1/variances?rule=outside-label&invoice=" + invoice)
                .at("/items/0");
        String dispute = Json.mapper()
                .readTree(sent("POST", "/v1/variances/" + found.path("id").asText() + "/dispute", "")
                        .body())
                .path("dispute")
                .asText();
        kept("get.disputes.id", "GET", "/v1/disputes/" + dispute, "");
    }

    private static String upsRow(String tracking, String kind, String said, String amount) {
        String[] row = new String[250];
        Arrays.fill(row, "");
        row[0] = "2.1";
        row[2] = "A1B2C3";
        row[4] = "2026-11-24";
        row[5] = "DOC-FEES";
        row[9] = "USD";
        row[10] = "13.99";
        row[20] = tracking;
        row[43] = kind;
        row[45] = said;
        row[52] = amount;
        return String.join(",", row) + "\n";
    }

    /** Holds an answer to the schema of its call. */
    private static void kept(String operation, String verb, String path, String body) throws Exception {
        JsonNode call = calls(document).stream()
                .filter(one -> one.path("operationId").asText().equals(operation))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> answer = sent(verb, path, body);
        JsonNode schema = call.path("responses")
                .path(String.valueOf(answer.statusCode()))
                .at("/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as(operation + answer.body()).isFalse();
        assertThat(broken(schema, Json.mapper().readTree(answer.body())))
                .as(operation + answer.body())
                .isEmpty();
    }

    @Test
    void head_is_answered_as_get_is_without_a_body() throws Exception {
        HttpResponse<String> ready = HTTP.send(
                HttpRequest.newBuilder(URI.create(portal.address() + "/health/ready"))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEmpty();
        for (String path : List.of("/v1/accounts?", "/v1/orders?format=csv", "/docs?", "/openapi.json?")) {
            HttpResponse<String> head = sent("HEAD", path, "");
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(sent("GET", path, "").headers().firstValue("Content-Type"));
        }
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(URI.create(portal.address() + "/v1/accounts"))
                                        .method("HEAD", BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    /** Sends something wrong and holds the refusal to what the call tells. */
    private static void refused(JsonNode call, String verb, String path, String body, String... headers)
            throws Exception {
        HttpResponse<String> answer = sent(verb, path, body, headers);
        String name = verb + " " + path + " " + body.substring(0, Math.min(200, body.length()));
        assertThat(answer.statusCode()).as(name + answer.body()).isBetween(400, 499);
        told(call, answer, name);
    }

    private static HttpResponse<String> sent(String verb, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(portal.address() + path))
                .headers("Authorization", "Bearer " + portal.admin, "Accept-Language", "en")
                .method(verb, BodyPublishers.ofString(body));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    @Test
    void a_key_with_every_scope_that_a_call_names_may_call_it_and_with_one_less_may_not() throws Exception {
        JsonNode taking = document.at("/paths/~1v1~1orders/post");
        assertThat(taking.path("x-scope").asText()).isEqualTo("orders:write, labels:buy");
        for (JsonNode call : calls(document)) {
            List<String> scopes = List.of(call.path("x-scope").asText().split(", "));
            if (scopes.size() < 2) {
                continue;
            }
            for (String left : scopes) {
                String names = scopes.stream()
                        .filter(scope -> !scope.equals(left))
                        .map(scope -> "\"" + scope + "\"")
                        .collect(Collectors.joining(","));
                JsonNode key = Json.mapper()
                        .readTree(sent("POST", "/v1/admin/keys", "{\"name\":\"less\",\"scopes\":[" + names + "]}")
                                .body());
                HttpResponse<String> answer = HTTP.send(
                        HttpRequest.newBuilder(URI.create(portal.address() + place(call)))
                                .headers(
                                        "Authorization",
                                        "Bearer " + key.path("secret").asText())
                                .method(verb(call), BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode())
                        .as(call.path("operationId").asText() + answer.body())
                        .isEqualTo(403);
                assertThat(answer.body()).contains(left);
            }
        }
    }

    private static String verb(JsonNode call) {
        return call.path("operationId").asText().replaceFirst("\\..*", "").toUpperCase(Locale.ROOT);
    }

    private static String place(JsonNode call) {
        Map<String, JsonNode> paths = new HashMap<>();
        document.path("paths").fields().forEachRemaining(path -> paths.put(path.getKey(), path.getValue()));
        return paths.entrySet().stream()
                .filter(path -> path.getValue()
                        .findValuesAsText("operationId")
                        .contains(call.path("operationId").asText()))
                .map(path -> path.getKey().replaceAll("\\{\\w+}", "x"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isThere(HttpResponse<String> answer, String fact) {
        String[] pair = fact.split("=", 2);
        try {
            return Json.mapper().readTree(answer.body()).at(pair[0]).asText().equals(pair[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> broken(JsonNode schema, JsonNode body) {
        ObjectNode whole = schema.deepCopy();
        whole.putObject("components").set("schemas", closed(document.at("/components/schemas")));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(closed(whole)).validate(body).stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    /** Nothing may be answered that is not told of, no word either. */
    private static JsonNode closed(JsonNode schemas) {
        JsonNode copy = schemas.deepCopy();
        copy.findParents("properties").stream()
                .filter(object -> object.path("properties").isObject()
                        && object.path("type").asText().equals("object")
                        && !object.has("additionalProperties"))
                .forEach(object -> ((ObjectNode) object).put("additionalProperties", false));
        copy.findParents("x-extensible-enum")
                .forEach(word -> ((ObjectNode) word).set("enum", word.get("x-extensible-enum")));
        return copy;
    }

    @Test
    void nothing_is_told_of_that_is_not_served() throws Exception {
        Set<String> paths = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        for (String path : paths) {
            if (path.startsWith("/health/") || path.equals("/metrics")) {
                continue; // answered before the gate, and sent as examples above
            }
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(portal.address().resolve(path.replaceAll("\\{\\w+}", "x")))
                            .header("Authorization", "Bearer " + portal.admin)
                            .method(
                                    document.path("paths").path(path).has("patch") ? "DELETE" : "PATCH",
                                    BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            Set<String> verbs = new TreeSet<>();
            paths.stream()
                    .filter(other -> isAlso(path, other))
                    .forEach(other -> document.path("paths")
                            .path(other)
                            .fieldNames()
                            .forEachRemaining(verb -> verbs.add(verb.toUpperCase(Locale.ROOT))));
            if (verbs.contains("GET")) {
                verbs.add("HEAD");
            }
            assertThat(Set.of(answer.headers().firstValue("Allow").orElse("").split(", ")))
                    .as(path)
                    .isEqualTo(verbs);
        }
        assertThat(told())
                .isEqualTo(calls(document).stream()
                        .map(call -> call.path("operationId").asText())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether what stands in the one place stands in the other too: {@code /disputes/file} in {@code /disputes/{id}}. */
    private static boolean isAlso(String path, String other) {
        String[] one = path.split("/", -1);
        String[] two = other.split("/", -1);
        if (one.length != two.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!two[i].startsWith("{") && !two[i].equals(one[i].startsWith("{") ? "x" : one[i])) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> told() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/calls.yaml")) {
            Map<String, Map<String, Object>> groups = new org.yaml.snakeyaml.Yaml().load(in);
            groups.remove("parameters");
            groups.remove("problems");
            return groups.values().stream()
                    .flatMap(calls -> calls.keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void every_body_that_is_json_has_a_schema_and_a_patch_may_hold_any_field_or_null() throws Exception {
        Set<String> without = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    JsonNode json = call.getValue().at("/requestBody/content/application~1json");
                    if (path.getKey().startsWith("/v1/") && !json.isMissingNode() && !json.has("schema")) {
                        without.add(call.getKey() + " " + path.getKey());
                    }
                }));
        assertThat(without).isEmpty();

        JsonNode patch = document.at("/paths/~1v1~1orders~1{id}/patch/requestBody/content/application~1json/schema");
        assertThat(broken(patch, Json.mapper().readTree("""
                {"shipTo": {"line2": null, "city": "Austin"}, "customs": {"incoterm": null}, "reference": null,
                 "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}"""))).isEmpty();
        assertThat(broken(patch, Json.mapper().readTree("{\"shipTo\": {\"street\": \"1 Main St\"}}")))
                .isNotEmpty();
        assertThat(broken(patch, Json.mapper().readTree("{\"parcels\": [{\"weight\": 1}]}")))
                .isNotEmpty();
    }

    @Test
    void a_generated_client_has_a_class_for_every_schema_and_a_value_for_every_body() {
        JsonNode schemas = document.at("/components/schemas");
        Map<String, List<String>> classes = new TreeMap<>();
        schemas.fieldNames()
                .forEachRemaining(name -> classes.computeIfAbsent(
                                name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT), one -> new ArrayList<>())
                        .add(name));
        assertThat(classes.values()).allSatisfy(names -> assertThat(names).hasSize(1));
        assertThat(classes).doesNotContainKeys("exception", "file", "error", "object", "string");
        assertThat(schemas.findValues("$defs"))
                .as("parts without a name of their own")
                .isEmpty();
        assertThat(schemas.findValues("oneOf"))
                .as("a client reads \"12.50\" as a text and as a number, and refuses it")
                .isEmpty();
        assertThat(schemas.findParents("type"))
                .filteredOn(schema -> schema.path("type").asText().equals("array"))
                .allSatisfy(schema -> assertThat(schema.has("items")).isTrue());
        assertThat(schemas.properties())
                .flatExtracting(schema -> schema.getValue().findValues("properties"))
                .flatExtracting(fields -> fields.properties())
                .noneMatch(field -> field.getValue().path("type").asText().equals("null"));
        for (JsonNode call : calls(document)) {
            assertThat(call.path("responses").findValues("anyOf"))
                    .as("the client cannot tell which it was answered: " + call.path("operationId"))
                    .isEmpty();
        }
        document.findValues("content")
                .forEach(content -> content.properties()
                        .forEach(media -> assertThat(media.getValue().has("schema"))
                                .as(media.toString())
                                .isTrue()));
        assertThat(document.at(
                                "/paths/~1v1~1shipments~1{id}~1label/get/responses/200/content/application~1pdf/schema/format")
                        .asText())
                .isEqualTo("binary");
    }

    @Test
    void a_client_reads_a_word_that_a_later_hub_answers() {
        Set<String> answered = answered();
        assertThat(answered).contains("Order", "Shipment", "Batch", "Arrival");
        for (String name : answered) {
            // What a dry run gives back is what its caller sent.
            if (!name.startsWith("CanonicalOrder")) {
                assertThat(schema(name).findValues("enum")).as(name).isEmpty();
            }
        }
        assertThat(schema("Order").at("/properties/status/x-extensible-enum").toString())
                .contains("\"labelled\"");
        assertThat(document.at("/info/description").asText()).contains("x-extensible-enum");
        assertThat(schema("Resolution").at("/properties/action").has("enum")).isTrue();
    }

    @Test
    void what_is_answered_is_a_text_or_an_object_but_never_now_this_and_now_that() {
        for (String name : answered()) {
            if (!name.startsWith("CanonicalOrder")) {
                assertThat(schema(name).findValues("anyOf"))
                        .as(name)
                        .allSatisfy(either -> assertThat(either)
                                .filteredOn(one -> !one.path("type").asText().equals("null"))
                                .hasSize(1));
            }
        }
        assertThat(schema("Commit").at("/properties/maxTotal/anyOf/0/$ref").asText())
                .endsWith("/MaxTotal");
    }

    @Test
    void a_page_of_a_list_has_a_name() {
        for (JsonNode call : calls(document)) {
            JsonNode page = call.at("/responses/200/content/application~1json/schema");
            if (page.at("/properties/items").isObject()) {
                assertThat(page.path("title").asText())
                        .as(call.path("operationId").asText())
                        .isEqualTo(
                                page.at("/properties/items/items/$ref").asText().replaceAll(".*/", "") + "Page");
            }
        }
    }

    @Test
    void another_label_tells_the_fields_of_its_parcels_and_items_which_may_be_null() throws Exception {
        JsonNode wish = schema("AnotherLabel");
        JsonNode none = Json.mapper().readTree("{\"reason\": \"relabel\", \"parcels\": null, \"items\": null}");
        assertThat(broken(wish, none)).isEmpty();
        JsonNode heavy = Json.mapper().readTree("{\"reason\": \"split\", \"parcels\": [{\"weight\": 1}]}");
        assertThat(broken(wish, heavy)).isNotEmpty();
        JsonNode scanned = Json.mapper().readTree("{\"orderId\": \"A\", \"parcels\": [{\"weight\": 1}]}");
        assertThat(broken(schema("Scan"), scanned)).isNotEmpty();
    }

    @Test
    void a_file_that_may_be_a_workbook_tells_so() {
        for (String path : List.of("batches", "rates~1sheets", "invoices", "mappings~1{name}~1try")) {
            assertThat(document.at("/paths/~1v1~1" + path + "/post/requestBody/content")
                            .properties())
                    .extracting(
                            media -> media.getKey(),
                            media -> media.getValue().at("/schema/format").asText())
                    .as(path)
                    .containsExactly(
                            tuple("text/csv", "binary"),
                            tuple("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "binary"));
        }
    }

    private static JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** Names of schemas that an answer holds. */
    private static Set<String> answered() {
        Set<String> names = new TreeSet<>();
        calls(document).forEach(call -> referred(call.path("responses"), names));
        return names;
    }

    private static void referred(JsonNode node, Set<String> names) {
        for (String reference : node.findValuesAsText("$ref")) {
            String name = reference.replaceAll("#/components/(schemas|responses)/([^/]*).*", "$2");
            if (names.add(name)) {
                referred(schema(name), names);
            }
        }
    }

    @Test
    void a_call_that_reads_its_body_as_a_format_does_not_tell_of_an_answer_in_that_format() {
        for (String path : List.of("~1v1~1batches", "~1v1~1rates~1sheets", "~1v1~1shipments~1{id}~1label-link")) {
            JsonNode told = document.at("/paths/" + path + "/post/responses");
            assertThat(told.findValues("text/csv")).as(path).isEmpty();
        }
        assertThat(document.at("/paths/~1v1~1orders/get/responses/200/content").has("text/csv"))
                .isTrue();
    }

    @Test
    void a_call_that_is_refused_without_a_key_tells_so() throws Exception {
        int refused = 0;
        for (JsonNode call : calls(document)) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(portal.address().resolve(place(call)))
                            .method(verb(call), BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() == 401 && answer.body().contains("\"key-missing\"")) {
                assertThat(call.has("security"))
                        .as(call.path("operationId").asText() + " is open to anyone")
                        .isFalse();
                refused++;
            }
            if (answer.statusCode() >= 400 && answer.statusCode() != 503) {
                assertThat(call.path("responses"))
                        .as(call.path("operationId").asText())
                        .anySatisfy(told -> assertThat(told.toString()).contains("Problem"));
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(document.at("/paths/~1v1~1session/get/responses").has("default"))
                .isTrue();
    }

    @Test
    void it_is_an_openapi_document() throws Exception {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString());
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.path("paths"));
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void every_call_parameter_and_header_has_its_words_in_both_languages_and_no_words_are_left_over() throws Exception {
        for (String language : List.of("en", "zh")) {
            JsonNode told = Json.mapper()
                    .readTree(portal.hub
                            .send("/openapi.json", "Accept-Language", language)
                            .body());
            List<String> words = new ArrayList<>(told.findValuesAsText("summary"));
            words.addAll(told.findValuesAsText("description"));
            assertThat(words).noneMatch(text -> text.matches("(call|parameter|header|tag|docs)\\..* \\{}"));
            assertThat(told.at("/paths/~1v1~1orders/get/summary").asText())
                    .matches(language.equals("zh") ? ".*\\p{IsHan}.*" : "[\\x20-\\x7e]*");
        }
        Set<String> used = new HashSet<>();
        for (JsonNode call : calls(document)) {
            used.add("call." + call.path("operationId").asText());
            call.path("tags").forEach(tag -> used.add("tag." + tag.asText()));
            call.path("parameters")
                    .forEach(parameter ->
                            used.add((parameter.path("in").asText().equals("header") ? "header." : "parameter.")
                                    + parameter.path("name").asText()));
            call.path("responses")
                    .forEach(answer ->
                            answer.path("headers").fieldNames().forEachRemaining(name -> used.add("header." + name)));
        }
        Properties texts = new Properties();
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/messages_en.properties")) {
            texts.load(in);
        }
        assertThat(texts.stringPropertyNames())
                .filteredOn(key -> key.matches("(call|parameter|header|tag)\\..*"))
                .isSubsetOf(used);
    }

    @Test
    void the_page_shows_every_call_and_where_the_type_of_every_problem_leads() throws Exception {
        String page = portal.stranger().page("/docs");

        for (JsonNode call : calls(document)) {
            assertThat(page).contains("id=\"" + call.path("operationId").asText() + "\"");
        }
        document.path("webhooks")
                .fieldNames()
                .forEachRemaining(type -> assertThat(page)
                        .contains("href=\"#schema-event." + type + "\"", "id=\"schema-event." + type + "\""));
        List<String> codes = document.path("x-problems").findValuesAsText("code");
        assertThat(codes)
                .hasSizeGreaterThan(100)
                .allSatisfy(code -> assertThat(page).contains("id=\"" + code + "\""));
        for (JsonNode call : calls(document)) {
            call.path("x-problems")
                    .forEach(code -> assertThat(codes)
                            .as(call.path("operationId").asText())
                            .contains(code.asText()));
        }
        assertThat(page)
                .contains("labels:buy", "Idempotency-Key", "Retry-After")
                .doesNotContain("href=\"http", "src=\"http");
    }

    private static List<JsonNode> calls(JsonNode document) {
        List<JsonNode> calls = new ArrayList<>();
        document.path("paths").forEach(path -> path.forEach(calls::add));
        calls.sort(Comparator.comparingInt(call -> call.path("x-order").asInt()));
        return calls;
    }
}
