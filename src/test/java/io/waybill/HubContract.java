package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Database;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The REST interface of a whole hub with the sandbox carrier, asked as an OMS asks it, on every store. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HubContract
        implements BatchesOverRest,
                SheetRatesOverRest,
                ActsOverRest,
                CalledOffOverRest,
                WronglyAskedOverRest,
                ScansOverRest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Hub hub;
    private Path printed;
    private Database database;

    abstract Database database(Path folder);

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        int sandbox = FreePort.next();
        printed = folder.resolve("printed");
        database = database(folder);
        hub = Hub.start(Settings.of("""
                waybill.data=%s
                waybill.routes.dir=routes
                waybill.mappings.dir=mappings
                waybill.db.url=%s
                waybill.db.user=%s
                waybill.db.password=%s
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%d
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%d
                account.sandbox.settle=200ms
                dispatch.sendWithin=30s
                service.ground=sandbox:ground
                service.express=sandbox:express
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                source.shopify.mapping=shopify-order
                source.shopify.namespace=acme-shopify
                source.acme-desk.mapping=acme-orders
                source.woo.mapping=woocommerce-order
                source.woo.namespace=acme-woo
                station.office.folder=%s
                station.off.host=127.0.0.1
                station.off.port=1
                """.formatted(
                        folder.resolve("data"),
                        database.url(),
                        database.user(),
                        database.password(),
                        sandbox,
                        sandbox,
                        Files.createDirectory(folder.resolve("printed")))));
    }

    @Override
    public Database store() {
        return database;
    }

    @Override
    public Path printed() {
        return printed;
    }

    @Override
    public URI hub() {
        return hub.address();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void an_account_says_how_each_fact_comes_and_how_long_its_labels_took() throws Exception {
        post("/v1/orders", order("ARRIVES-1", "Jane Roe", "1.2"));

        JsonNode account = json(get("/v1/accounts")).at("/items/0");

        JsonNode arrives = account.path("arrives");
        assertThat(arrives.at("/number").toString())
                .isEqualTo("{\"how\":[\"sync\"],\"usually\":\"PT0S\",\"measured\":0}");
        assertThat(arrives.at("/tracking").toString())
                .isEqualTo("{\"how\":[\"poll\"],\"usually\":null,\"measured\":0}");
        assertThat(arrives.at("/bill/how")).isEmpty();
        assertThat(arrives.at("/label/how").toString()).isEqualTo("[\"sync\",\"poll\"]");
        assertThat(arrives.at("/label/measured").asLong()).isPositive();
        assertThat(Duration.parse(arrives.at("/label/usually").asText()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void a_day_is_counted_and_an_order_is_found_by_any_of_its_numbers() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/orders",
                order("DAY-1", "Jane Roe", "1.2")
                        .replaceFirst(
                                "\\{",
                                "{\"reference\": \"PO-DAY\", \"identifiers\": [{\"system\": \"sap\", \"value\": \"80-DAY\"}],"));
        String tracking = json(answer).at("/shipments/0/trackingNumbers/0").asText();

        for (String key : new String[] {"DAY-1", "PO-DAY", "80-DAY", tracking}) {
            JsonNode found = json(get("/v1/orders?key=" + key + "&channel=api&since=2020-01-01"));
            assertThat(found.path("items")).as(key).hasSize(1);
            assertThat(found.at("/items/0/shipTo/city").asText()).isEqualTo("Austin");
        }
        assertThat(json(get("/v1/orders?key=DAY-1&until=2020-01-01")).path("items"))
                .isEmpty();
        assertThat(json(get("/v1/orders?key=DAY-1&status=refused")).path("items"))
                .isEmpty();
        assertThat(json(get("/v1/orders?key=DAY-1&status=labelled")).path("items"))
                .hasSize(1);
        assertThat(get("/v1/orders?since=yesterday").statusCode()).isEqualTo(400);
        assertThat(get("/v1/orders?key=DAY-1&format=csv").body()).contains("DAY-1,acme,labelled,api,");
        JsonNode today = json(get("/v1/today"));
        assertThat(today.at("/counts/received").asInt()).isPositive();
        assertThat(today.at("/counts/labelled").asInt()).isPositive();
        assertThat(today.path("hours")).hasSize(24);
        AtomicInteger more = new AtomicInteger();
        // an hour may end between an order and the look
        await().untilAsserted(() -> {
            post("/v1/orders", order("DAY-NOW-" + more.incrementAndGet(), "Jane Roe", "1.2"));
            JsonNode now = json(get("/v1/today"));
            assertThat(now.at("/hours/23/received").asInt()).isPositive();
        });
        assertThat(today.at("/exceptions/byAge")).hasSize(4);
        assertThat(json(get("/v1/sources")).toString()).contains("\"shopify\"");
    }

    @Test
    void an_order_is_answered_with_its_label_and_every_part_of_its_price() throws Exception {
        HttpResponse<String> answer = post("/v1/orders", order("R-1", "Jane Roe", "1.2"));

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode order = json(answer);
        assertThat(order.path("status").asText()).isEqualTo("labelled");
        JsonNode shipment = order.path("shipments").get(0);
        assertThat(shipment.path("trackingNumbers").get(0).asText()).startsWith("WB");
        assertThat(sum(shipment.path("charges")))
                .isEqualByComparingTo(shipment.path("total").path("amount").asText());
        assertThat(header(answer, "Location"))
                .isEqualTo("/v1/orders/" + order.path("id").asText());
        String label = shipment.path("label").path("href").asText();
        assertThat(bytes(label)).startsWith('%', 'P', 'D', 'F');
        assertThat(bytes(label + "?format=png")).startsWith(0x89, 'P', 'N', 'G');
        assertThat(new String(bytes(label + "?format=zpl"), StandardCharsets.UTF_8))
                .startsWith("^XA");
    }

    @Test
    void the_same_order_again_answers_200_and_says_it_is_replayed() throws Exception {
        post("/v1/orders", order("R-2", "Jane Roe", "1.2"));

        HttpResponse<String> again = post("/v1/orders", order("R-2", "Jane Roe", "1.2"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_label_is_opened_by_a_link_without_a_key_and_kept_by_no_cache() throws Exception {
        JsonNode order = json(post("/v1/orders", order("R-LINK", "Jane Roe", "1")));
        String shipment = order.at("/shipments/0/id").asText();
        JsonNode link = json(post("/v1/shipments/" + shipment + "/label-link?format=png", ""));
        String href = link.path("href").asText();

        HttpResponse<byte[]> label = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + href))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(label.statusCode()).isEqualTo(200);
        assertThat(label.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(label.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(get(href.substring(0, href.length() - 2) + "AA").statusCode())
                .isEqualTo(404);
        assertThat(get("/labels/x.y").body()).contains("link-over");
    }

    @Test
    void other_content_after_the_label_is_a_conflict_that_names_the_fields() throws Exception {
        post("/v1/orders", order("R-3", "Jane Roe", "1.2"));

        HttpResponse<String> changed = post("/v1/orders", order("R-3", "Jane Doe", "1.2"));

        assertThat(changed.statusCode()).isEqualTo(409);
        assertThat(json(changed).path("type").asText()).isEqualTo("/docs#order-content-differs");
        assertThat(json(changed).path("detail").asText()).contains("/shipTo/name");
    }

    @Test
    void an_idempotency_key_answers_once_and_refuses_another_body() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", "k-1");
        assertThat(send("POST", "/v1/orders", order("R-4", "Jane Roe", "1"), key)
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("POST", "/v1/orders", order("R-4", "Jane Roe", "1"), key)
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> reused = send("POST", "/v1/orders", order("R-5", "Jane Roe", "1"), key);

        assertThat(reused.statusCode()).isEqualTo(422);
        assertThat(json(reused).path("type").asText()).isEqualTo("/docs#idempotency-key-reused");
    }

    @Test
    void a_bill_that_is_pending_leads_to_the_money_of_its_order_alone_whatever_its_number() throws Exception {
        String own = order("R&6 #1+2", "Jane Roe", "1");
        post("/v1/orders", own.replaceFirst("\\{", "{\"namespace\": \"beta\", "));

        JsonNode order = json(post("/v1/orders", own));

        JsonNode bill = order.at("/pending/0");
        assertThat(bill.path("what").asText()).isEqualTo("final_bill");
        assertThat(bill.path("account").asText()).isEqualTo("sandbox");
        assertThat(json(get(bill.path("href").asText())).path("items"))
                .isNotEmpty()
                .isEqualTo(order.at("/shipments/0/charges"));
    }

    @Test
    void no_bill_is_pending_of_a_label_that_was_bought_with_no_account_of_the_hub() throws Exception {
        JsonNode order = json(post("/v1/shipments/import", """
                {"orderId": "R-NO-ACCOUNT", "carrier": "Regional Post", "trackingNumber": "RP-NO-ACCOUNT",
                 "date": "2026-11-17", "system": "post counter"}"""));

        assertThat(order.path("status").asText()).isEqualTo("labelled");
        assertThat(order.path("pending")).isEmpty();
    }

    @Test
    void an_order_without_a_weight_is_held_and_its_parcels_release_it() throws Exception {
        HttpResponse<String> held = post("/v1/orders", order("R-6", "Jane Roe", null));
        assertThat(held.statusCode()).isEqualTo(202);
        assertThat(json(held).at("/pending/0/waitingFor/0").asText()).isEqualTo("/parcels/0/weight");
        String self = json(held).at("/links/self").asText();
        assertThat(send("POST", self + "/release", "", Map.of()).statusCode()).isEqualTo(409);

        HttpResponse<String> packed = send(
                "PUT", self + "/parcels", "{\"parcels\":[{\"weight\":{\"value\":1.4,\"unit\":\"kg\"}}]}", Map.of());

        assertThat(packed.statusCode()).isEqualTo(200);
        assertThat(json(packed).path("status").asText()).isEqualTo("labelled");
        assertThat(send(
                                "PUT",
                                self + "/parcels",
                                "{\"parcels\":[{\"weight\":{\"value\":9,\"unit\":\"kg\"}}]}",
                                Map.of())
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_shop_order_comes_through_its_mapping_and_waits_for_its_parcels() throws Exception {
        HttpResponse<String> held = post("/v1/orders?source=shopify", """
                {"order": {"id": 91, "name": "#S-91", "created_at": "2026-11-24T10:00:00-05:00", "currency": "USD",
                 "shipping_address": {"name": "Bob Norman", "address1": "Chestnut Street 92", "city": "Louisville",
                   "province_code": "KY", "zip": "40202", "country_code": "US"},
                 "line_items": [{"id": 1, "sku": "IPOD", "name": "IPod", "quantity": 1, "grams": 200, "price": "199.00"}]}}
                """);

        assertThat(held.statusCode()).as(held.body()).isEqualTo(202);
        assertThat(json(held).path("orderId").asText()).isEqualTo("S-91");
        assertThat(json(held).path("namespace").asText()).isEqualTo("acme-shopify");
    }

    @Test
    void a_body_with_many_mistakes_is_told_all_of_them_in_the_callers_language() throws Exception {
        String body =
                "{\"orderId\":\"R-7\",\"shipTo\":{\"nme\":\"x\",\"line1\":\"1 Main St\",\"city\":\"Austin\",\"state\":\"TX\","
                        + "\"postalCode\":\"1234\",\"country\":\"US\"},\"parcels\":[{\"weight\":{\"value\":0,\"unit\":\"kg\"}}]}";

        HttpResponse<String> answer = send("POST", "/v1/orders", body, Map.of("Accept-Language", "zh-CN"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(StreamSupport.stream(json(answer).path("errors").spliterator(), false)
                        .map(error -> error.path("pointer").asText()))
                .contains("/shipTo/nme", "/shipTo/postalCode", "/parcels/0/weight/value", "/shipTo/name");
        assertThat(json(answer).path("detail").asText()).matches(".*\\p{IsHan}.*");
    }

    @Test
    void the_type_of_a_problem_leads_to_its_page() throws Exception {
        String type = json(post("/v1/orders", "{}")).path("type").asText();

        assertThat(type).startsWith("/docs#");
        assertThat(get("/docs").body())
                .contains("id=\"" + type.substring("/docs#".length()) + "\"")
                .contains("POST /v1/batches/{id}/commit");
    }

    @Test
    void truncated_json_is_told_with_its_place() throws Exception {
        HttpResponse<String> answer = post("/v1/orders", "{\"orderId\": \"R-8\", ");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asText()).isEqualTo("/docs#truncated-json");
    }

    @Test
    void a_refusal_carries_the_carriers_words_and_the_place_of_the_order() throws Exception {
        HttpResponse<String> refused = post("/v1/orders", order("R-9", "SANDBOX:REFUSE Jane Roe", "1"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("type").asText()).isEqualTo("/docs#carrier-refused");
        assertThat(header(refused, "Location")).startsWith("/v1/orders/ord_");
        assertThat(get("/v1/exceptions").body()).contains("R-9");

        JsonNode open = StreamSupport.stream(
                        json(get("/v1/exceptions?reason=carrier-refused"))
                                .path("items")
                                .spliterator(),
                        false)
                .filter(row -> row.path("orderId").asText().equals("R-9"))
                .findFirst()
                .orElseThrow();
        String self = "/v1/exceptions/" + open.path("id").asText();
        assertThat(json(get(self)).path("toDo").asText()).contains("correct the order");
        assertThat(json(get("/v1/exceptions/causes?by=source,reason"))
                        .at("/items/0/week")
                        .asText())
                .isNotEmpty();
        assertThat(json(post(self + "/assign", "{\"assignee\": \"local\"}"))
                        .path("assignee")
                        .asText())
                .as("while no key exists there is one person")
                .isEqualTo("local");

        HttpResponse<String> corrected = post("/v1/orders", order("R-9", "Jane Roe", "1"));
        assertThat(corrected.statusCode()).isEqualTo(201);
        assertThat(get("/v1/exceptions").body()).doesNotContain("R-9");
        assertThat(json(get(self)).path("closedBy").asText()).isEqualTo("revised");
    }

    @Test
    void a_carrier_that_sold_and_hung_up_is_found_and_sells_no_second_label() throws Exception {
        HttpResponse<String> unresolved = post("/v1/orders", order("R-10", "SANDBOX:LOSE-ANSWER Jane Roe", "1"));
        String self = "/v1/orders/" + json(unresolved).path("id").asText();

        await().until(() -> json(get(self)).path("status").asText().equals("labelled"));

        assertThat(json(get(self)).path("attempts")).hasSize(1);
    }

    @Test
    void a_caller_who_does_not_want_to_wait_is_answered_at_once() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/v1/orders", order("R-11", "Jane Roe", "1"), Map.of("Prefer", "respond-async"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(header(answer, "Preference-Applied")).isEqualTo("respond-async");
        assertThat(header(answer, "Retry-After")).isNotEmpty();
    }

    @Test
    void a_bench_that_packs_what_is_being_bought_is_told_when_to_come_again() throws Exception {
        HttpResponse<String> slow = send(
                "POST", "/v1/orders", order("R-112", "SANDBOX:SLOW Jane Roe", "1"), Map.of("Prefer", "respond-async"));
        String self = "/v1/orders/" + json(slow).path("id").asText();
        await().until(() -> json(get(self)).path("status").asText().equals("buying"));

        HttpResponse<String> packed = send(
                "PUT", self + "/parcels", "{\"parcels\": [{\"weight\": {\"value\": 2, \"unit\": \"kg\"}}]}", Map.of());

        assertThat(packed.statusCode()).as(packed.body()).isEqualTo(409);
        assertThat(packed.body()).contains("parcels-being-bought");
        assertThat(header(packed, "Retry-After")).isEqualTo("5");
    }

    @Test
    void what_a_caller_prefers_may_stand_in_several_lines() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.address() + "/v1/orders"))
                .header("Prefer", "return=minimal")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(order("R-111", "Jane Roe", "1")))
                .build();

        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(header(answer, "Preference-Applied")).isEqualTo("respond-async");
    }

    @Test
    void a_dry_run_rates_and_buys_nothing() throws Exception {
        HttpResponse<String> dry = post("/v1/orders?dryRun=true", order("R-12", "Jane Roe", "1"));

        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(json(dry).path("rates")).isNotEmpty();
        assertThat(json(get("/v1/orders?orderId=R-12")).path("items")).isEmpty();
    }

    @Test
    void a_dry_run_of_what_would_be_refused_says_what_the_real_call_says() throws Exception {
        for (String wrong : new String[] {"\"service\":\"sandbox:teleport\"", "\"label\":{\"format\":\"EPL2\"}"}) {
            String order = order("R-12b", "Jane Roe", "1");
            String asked = order.contains("\"service\"") && wrong.contains("service")
                    ? order.replaceFirst("\"service\"\\s*:\\s*\"[^\"]*\"", wrong)
                    : order.replaceFirst("\\{", "{" + wrong + ",");

            HttpResponse<String> dry = post("/v1/orders?dryRun=true", asked);
            HttpResponse<String> real = post("/v1/orders", asked.replace("R-12b", "R-12b" + wrong.hashCode()));

            assertThat(dry.statusCode()).as(dry.body()).isEqualTo(422);
            assertThat(json(dry).path("errors")).isEqualTo(json(real).path("errors"));
            assertThat(json(get("/v1/orders?orderId=R-12b")).path("items")).isEmpty();
        }
    }

    @Test
    void a_dry_run_of_what_would_be_a_conflict_says_what_the_real_call_says() throws Exception {
        post("/v1/orders", order("R-12c", "Jane Roe", "1"));
        String changed = order("R-12c", "Jane Doe", "1");
        Map<String, String> key = Map.of("Idempotency-Key", "k-12c");
        send("POST", "/v1/orders", order("R-12d", "Jane Roe", null), key);

        HttpResponse<String> dry = post("/v1/orders?dryRun=true", changed);
        HttpResponse<String> reused = send("POST", "/v1/orders?dryRun=true", order("R-12e", "Jane Roe", "1"), key);
        HttpResponse<String> same = post("/v1/orders?dryRun=true", order("R-12c", "Jane Roe", "1"));

        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(409);
        assertThat(dry.body()).isEqualTo(post("/v1/orders", changed).body());
        assertThat(reused.statusCode()).as(reused.body()).isEqualTo(422);
        assertThat(reused.body()).contains("idempotency-key-reused", "k-12c");
        assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
    }

    @Test
    void parcels_weighed_the_same_in_other_digits_are_the_same_parcels() throws Exception {
        String self = json(post("/v1/orders", order("R-12f", "Jane Roe", null)))
                .at("/links/self")
                .asText();
        String parcels = "{\"parcels\":[{\"reference\":\"box-1\",\"weight\":{\"value\":%s,\"unit\":\"kg\"}}]}";
        send("PUT", self + "/parcels", parcels.formatted("1.4"), Map.of());

        HttpResponse<String> again = send("PUT", self + "/parcels", parcels.formatted("1.40"), Map.of());
        HttpResponse<String> other = send("PUT", self + "/parcels", parcels.formatted("1.41"), Map.of());

        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again).path("status").asText()).isEqualTo("labelled");
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @Test
    void an_order_is_found_by_its_tracking_number_and_tells_its_whole_story() throws Exception {
        JsonNode order = json(post("/v1/orders", order("R-13", "Jane Roe", "1")));
        String number = order.at("/shipments/0/trackingNumbers/0").asText();

        JsonNode found = json(get("/v1/orders?trackingNumber=" + number)).path("items");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("orderId").asText()).isEqualTo("R-13");
        assertThat(StreamSupport.stream(
                                json(get(order.at("/links/self").asText()))
                                        .path("story")
                                        .spliterator(),
                                false)
                        .map(entry -> entry.path("what").asText()))
                .containsExactly("received", "bought", "labelled");
    }

    @Test
    void a_void_is_answered_and_credited() throws Exception {
        JsonNode order = json(post("/v1/orders", order("R-14", "Jane Roe", "1")));
        String shipment = "/v1/shipments/" + order.at("/shipments/0/id").asText();

        HttpResponse<String> voided = send("POST", shipment + "/void", "", Map.of());

        assertThat(voided.statusCode()).isEqualTo(200);
        assertThat(json(voided).path("status").asText()).isEqualTo("voided");
        assertThat(sum(json(voided).path("charges"))).isEqualByComparingTo("0");
    }

    @Test
    void what_is_not_there_is_404_and_an_unknown_account_or_source_422() throws Exception {
        assertThat(get("/v1/orders/ord_0").statusCode()).isEqualTo(404);
        assertThat(get("/v1/shipments/shp_0").statusCode()).isEqualTo(404);
        HttpResponse<String> account = post(
                "/v1/orders", order("R-15", "Jane Roe", "1").replace("\"orderId\"", "\"account\":\"ups\",\"orderId\""));
        assertThat(account.statusCode()).isEqualTo(422);
        assertThat(account.body()).contains("unknown-account", "sandbox");
        assertThat(post("/v1/orders?source=ebay", "{}").body()).contains("unknown-source");
    }

    @Test
    void a_mistyped_dry_run_buys_nothing() throws Exception {
        for (String query : new String[] {"dryRun=yes", "dry_run=true", "dryRun=true1"}) {
            HttpResponse<String> answer = post("/v1/orders?" + query, order("R-16", "Jane Roe", "1"));

            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(json(answer).path("type").asText()).endsWith("-parameter");
        }
        assertThat(json(get("/v1/orders?orderId=R-16")).path("items")).isEmpty();
    }

    @Test
    void an_endless_idempotency_key_is_refused_by_name() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/v1/orders", order("R-17", "Jane Roe", "1"), Map.of("Idempotency-Key", "k".repeat(256)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("type").asText()).isEqualTo("/docs#bad-idempotency-key");
    }

    @Test
    void parcels_that_name_another_order_are_refused() throws Exception {
        String self = json(post("/v1/orders", order("R-18", "Jane Roe", null)))
                .at("/links/self")
                .asText();
        String packing = "{\"orderId\":\"%s\",\"parcels\":[{\"weight\":{\"value\":1,\"unit\":\"kg\"}}]}";

        HttpResponse<String> other = send("PUT", self + "/parcels", packing.formatted("R-19"), Map.of());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).at("/errors/0/pointer").asText()).isEqualTo("/orderId");

        assertThat(send("PUT", self + "/parcels", packing.formatted("R-18"), Map.of())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_list_is_narrowed_by_its_status_and_by_no_word_it_does_not_know() throws Exception {
        post("/v1/orders", order("R-20", "Jane Roe", "1"));
        post("/v1/orders", order("R-21", "Jane Roe", null));

        assertThat(get("/v1/orders?status=held").body()).contains("R-21").doesNotContain("R-20");
        assertThat(get("/v1/orders?status=labelled").body()).contains("R-20").doesNotContain("R-21");
        assertThat(get("/v1/orders?status=unresolved").statusCode()).isEqualTo(200);
        assertThat(get("/v1/orders?status=sent").body()).contains("bad-parameter", "labelled");
        assertThat(get("/v1/orders?staus=held").body()).contains("unknown-parameter", "status");
    }

    @Test
    void a_parcel_that_is_no_number_is_told_as_it_was_written() throws Exception {
        String label = json(post("/v1/orders", order("R-22", "Jane Roe", "1")))
                .at("/shipments/0/label/href")
                .asText();

        HttpResponse<String> answer = get(label + "?parcel=first");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains("first");
    }

    @Test
    void a_zero_character_is_told_like_any_other_mistake() throws Exception {
        String zero = "{\"reference\":\"a\\u0000b\",\"metadata\":{\"x\":\"\\u0000\"},";
        HttpResponse<String> answer = post(
                "/v1/orders",
                order("R-23", "Jane Roe", "1").replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement(zero)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"/reference\"", "\"/metadata/x\"");
        assertThat(get("/v1/orders?q=%00").statusCode()).isEqualTo(400);
        assertThat(get("/v1/orders/%00").statusCode()).isEqualTo(400);
    }

    @Test
    void what_a_mapping_could_not_read_is_told_with_its_place_on_both_sides() throws Exception {
        HttpResponse<String> answer = post("/v1/orders?source=shopify", """
                {"order": {"id": 92, "name": "#S-92", "shipping_address": {"name": "Bob", "country_code": "ZZ"},
                 "line_items": [{"id": 1, "sku": "IPOD", "name": "IPod", "quantity": "two"}]}}
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("country_code");
        assertThat(json(answer).at("/errors/0/line").asText()).matches(".*shopify-order/mapping\\.yaml:\\d+");
    }

    private static java.math.BigDecimal sum(JsonNode charges) {
        return StreamSupport.stream(charges.spliterator(), false)
                .map(charge -> new java.math.BigDecimal(charge.path("amount").asText()))
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add);
    }

    private static String order(String orderId, String name, String kilograms) {
        String weight = kilograms == null
                ? "{}"
                : "{\"reference\":\"box-1\",\"weight\":{\"value\":" + kilograms + ",\"unit\":\"kg\"}}";
        return """
                {"orderId": "%s", "service": "ground", "parcels": [%s],
                 "shipTo": {"name": "%s", "line1": "1 Main St", "city": "Austin", "state": "TX", "postalCode": "78701",
                            "country": "US"}}""".formatted(orderId, weight.equals("{}") ? "{\"reference\":\"box-1\"}" : weight, name);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body, Map.of());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "", Map.of());
    }

    private HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path));
        request.header("Prefer", "wait=60");
        headers.forEach(request::setHeader);
        request.method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private byte[] bytes(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                .build();
        return HTTP.send(request, BodyHandlers.ofByteArray()).body();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }
}
