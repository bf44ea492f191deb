package io.waybill.api;

import static io.waybill.api.RunningHub.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    @TempDir
    static Path folder;

    static RunningHub hub;
    static String key;

    @BeforeAll
    static void start() throws Exception {
        hub = new RunningHub(folder, "");
        key = "Bearer " + hub.key("acme shop", Set.of(Scope.READ, Scope.ORDERS_WRITE), Namespaces.of(Set.of("acme")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_key_opens_the_door_and_names_its_caller() {
        HttpResponse<String> answer = hub.get("/v1/orders/acme?q=x", "Authorization", key);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("caller").asText()).isEqualTo("acme shop");
        assertThat(json(answer).get("source").asText()).isEqualTo("shop");
        assertThat(json(answer).get("q").asText()).isEqualTo("x");
        assertThat(json(answer).get("thread").asText()).startsWith("waybill-http");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void x_api_key_is_as_good() {
        assertThat(hub.get("/v1/orders/acme", "X-Api-Key", key.substring(7)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_secret_goes_no_further_than_the_gate() {
        HttpResponse<String> answer = hub.get("/v1/orders/acme", "Authorization", key, "X-Api-Key", "x");
        assertThat(json(answer).get("headers").asText().toLowerCase()).doesNotContain("authorization", "x-api-key");
        assertThat(answer.headers().map().keySet()).doesNotContain("authorization", "x-api-key", "host");
    }

    @Test
    void a_wrong_key_is_told_how_to_sign_in() {
        HttpResponse<String> answer = hub.get("/v1/orders/acme", "Authorization", "Bearer wbk_wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"waybill\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("type").asText()).isEqualTo("/docs#key-refused");
        assertThat(json(answer).get("status").asInt()).isEqualTo(401);
        assertThat(json(answer).at("/errors/0/code").asText()).isEqualTo("key-refused");
    }

    @Test
    void a_packed_body_is_refused_before_it_is_read() {
        int before = hub.handled.get();
        HttpResponse<String> answer = hub.send(hub.to("/v1/orders")
                .header("Authorization", key)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b})));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).at("/errors/0/code").asText()).isEqualTo("encoding-not-taken");
        assertThat(hub.handled).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "X-Api-Key", "Content-Type", "Idempotency-Key"})
    void a_header_that_decides_something_is_refused_where_it_is_sent_twice(String name) {
        int before = hub.handled.get();
        HttpResponse<String> answer = hub.send(hub.to("/v1/orders")
                .header("Authorization", key)
                .header(name, "one")
                .header(name, "two")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("detail").asText()).isEqualTo("the header " + name + " is sent more than once");
        assertThat(hub.handled).hasValue(before);
    }

    @Test
    void no_key_is_refused_once_keys_exist() {
        assertThat(json(hub.get("/v1/orders/acme")).at("/errors/0/code").asText())
                .isEqualTo("key-missing");
    }

    @Test
    void a_path_without_a_key_knows_nobody() {
        assertThat(json(hub.get("/v1/open")).get("caller").asText()).isEqualTo("anyone");
    }

    @Test
    void chinese_is_answered_to_those_who_read_it() {
        HttpResponse<String> answer = hub.get("/v1/orders/acme", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5");
        assertThat(json(answer).get("detail").asText()).isEqualTo("此请求需要密钥");
        assertThat(json(hub.get("/v1/orders/acme", "Accept-Language", "fr"))
                        .get("detail")
                        .asText())
                .isEqualTo("this call needs a key");
    }

    @Test
    void a_key_without_the_scope_is_refused() {
        HttpResponse<String> answer = hub.send(hub.to("/v1/orders")
                .header(
                        "Authorization",
                        "Bearer " + hub.key("reader", Set.of(Scope.READ), Namespaces.of(Set.of("acme"))))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).get("detail").asText()).contains("reader", "orders:write");
    }

    @Test
    void another_namespaces_key_finds_nothing() {
        String other = hub.key("other", Set.of(Scope.READ), Namespaces.of(Set.of("other")));
        assertThat(hub.get("/v1/orders/acme", "X-Api-Key", other).statusCode()).isEqualTo(404);
    }

    @Test
    void a_revoked_key_is_refused_at_once() {
        Access.Created created = hub.made("short", Set.of(Scope.READ), Namespaces.ALL);
        assertThat(hub.get("/v1/orders/acme", "X-Api-Key", created.secret()).statusCode())
                .isEqualTo(200);
        hub.access.revoke(created.id(), "test");
        assertThat(hub.get("/v1/orders/acme", "X-Api-Key", created.secret()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_header_for_camel_is_stripped_however_it_is_spelled() {
        HttpResponse<String> answer = hub.get(
                "/edge?CAmelHttpResponseCode=201&ORG.apache.camel.x=1",
                "Authorization",
                key,
                "CAmelHttpUri",
                "http://169.254.169.254/",
                "camelFileName",
                "../x",
                "Org.Apache.Camel.Exec",
                "x",
                "Waybill-Request",
                "x",
                "X-Shop",
                "kept");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().split(","))
                .contains("X-Shop")
                .doesNotContain(
                        "CAmelHttpUri",
                        "camelFileName",
                        "Org.Apache.Camel.Exec",
                        "Waybill-Request",
                        "CAmelHttpResponseCode",
                        "ORG.apache.camel.x");
    }

    @Test
    void a_body_within_the_limit_arrives_whole() {
        HttpResponse<String> answer = post("/v1/orders", 1024 * 1024);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/v1/orders/1");
        assertThat(json(answer).get("size").asInt()).isEqualTo(1024 * 1024);
    }

    @Test
    void a_file_of_orders_may_be_larger_and_goes_to_the_disk_as_it_comes() throws Exception {
        JsonNode answer = json(post("/v1/batches", 3_000_000));

        assertThat(answer.get("size").asInt()).isEqualTo(3_000_000);
        assertThat(answer.get("memory").asInt()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(hub.spool).isEmptyDirectory());
    }

    @Test
    void while_shedding_callers_are_told_when_to_return() {
        hub.shed = Optional.of(Duration.ofSeconds(7));
        try {
            HttpResponse<String> answer = hub.get("/v1/orders/acme", "Authorization", key);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            hub.shed = Optional.empty();
        }
    }

    @Test
    void a_source_that_is_turned_away_is_told_before_its_body_is_read_and_may_still_read() throws IOException {
        hub.shedIntake = Optional.of(Duration.ofSeconds(3));
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("POST /v1/orders?source=other HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + key
                    + "\r\nContent-Length: 4000\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
            assertThat(hub.intakesOf).as("the source is the key's own").last().isEqualTo("shop");
            assertThat(hub.get("/v1/orders/acme", "Authorization", key).statusCode())
                    .isEqualTo(200);
        } finally {
            hub.shedIntake = Optional.empty();
        }
        assertThat(hub.get("/metrics").body()).contains("waybill_http_shed_total{reason=\"hub-busy\"}");
    }

    @Test
    void a_path_that_is_spelled_otherwise_is_turned_away_no_less() throws IOException {
        hub.shedIntake = Optional.of(Duration.ofSeconds(3));
        try {
            for (String path : List.of(
                    "/v1/orders/", "/v1//orders", "/v1/orders//", "/v1/x/../orders/", "/v1/%6Frders", "/v1/batches/")) {
                assertThat(turnedAway(path)).as(path).isEqualTo("HTTP/1.1 429 Too Many Requests");
            }
            hub.intakesOf.clear();
            assertThat(turnedAway("/hooks/sources/erp/")).isEqualTo("HTTP/1.1 429 Too Many Requests");
            assertThat(hub.intakesOf).containsExactly("erp");
        } finally {
            hub.shedIntake = Optional.empty();
        }
        JsonNode answer = json(post("/v1/%62atches", 3_000_000));
        assertThat(answer.get("size").asInt()).isEqualTo(3_000_000);
        assertThat(answer.get("memory").asInt()).isZero();
    }

    private static String turnedAway(String path) throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            return socket.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + key
                            + "\r\nContent-Length: 4000\r\n\r\n")
                    .status();
        }
    }

    @Test
    void a_hub_that_is_not_ready_says_why() {
        hub.ready = false;
        try {
            assertThat(hub.get("/health/ready").body()).isEqualTo("{\"status\":\"not-ready\",\"why\":\"hub-busy\"}");
            assertThat(hub.get("/metrics").statusCode()).isEqualTo(200);
        } finally {
            hub.ready = true;
        }
    }

    @Test
    void metrics_are_for_this_machine_and_for_a_key_that_may_read_everything() {
        String[] proxied = {"X-Forwarded-For", "203.0.113.7"};
        HttpResponse<String> answer = hub.get("/metrics", proxied);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).get("type").asText()).isEqualTo("/docs#metrics-need-a-key");
        assertThat(hub.get("/metrics", "X-Forwarded-For", "203.0.113.7", "Authorization", key)
                        .statusCode())
                .as("a key of one namespace")
                .isEqualTo(401);
        String all = hub.key("prometheus", Set.of(Scope.READ), Namespaces.ALL);
        assertThat(hub.get("/metrics", "X-Forwarded-For", "203.0.113.7", "X-Api-Key", all)
                        .body())
                .contains("waybill_http_requests_seconds_count{method=\"GET\",status=\"200\"}");
    }

    @Test
    void probes_need_no_key() {
        assertThat(hub.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(hub.get("/health/ready").statusCode()).isEqualTo(200);
        hub.ready = false;
        assertThat(hub.get("/health/ready").statusCode()).isEqualTo(503);
        hub.ready = true;
    }

    @Test
    void no_browser_guesses_what_a_probe_answers() {
        for (String path : List.of("/health/live", "/health/started", "/health/ready", "/metrics")) {
            HttpResponse<String> answer = hub.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            for (HttpResponse<String> told :
                    List.of(answer, hub.send(hub.to(path).DELETE()), refusedMetrics())) {
                assertThat(told.headers().firstValue("X-Content-Type-Options"))
                        .as(path + " " + told.statusCode())
                        .hasValue("nosniff");
            }
        }
    }

    private static HttpResponse<String> refusedMetrics() {
        return hub.get("/metrics", "X-Forwarded-For", "203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/orders/",
                "/v1/orders//",
                "/v1//orders",
                "//v1/orders",
                "/v1/orders//acme",
                "/v1/orders/acme/",
                "/v1/orders/."
            })
    void an_address_with_an_empty_part_is_of_nothing(String path) {
        HttpResponse<String> answer = hub.get(path, "Authorization", key);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(json(answer).at("/errors/0/code").asText()).isEqualTo("no-such-path");
        assertThat(json(answer).at("/errors/0/hint").asText())
                .contains("without a slash at its end", "an id was left out");
        assertThat(hub.get(path, "Accept-Language", "en").statusCode()).isEqualTo(401);
    }

    @Test
    void an_unknown_path_and_a_wrong_verb_are_problems_too() {
        HttpResponse<String> unknown = hub.get("/v1/nothing", "Authorization", key);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).at("/errors/0/code").asText()).isEqualTo("no-such-path");
        HttpResponse<String> verb =
                hub.send(hub.to("/v1/orders/acme").header("Authorization", key).DELETE());
        assertThat(verb.statusCode()).isEqualTo(405);
        assertThat(verb.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(json(verb).get("detail").asText()).isEqualTo("DELETE cannot be used on /v1/orders/acme");
    }

    @Test
    void a_probe_asked_by_a_wrong_verb_says_which_it_takes() {
        for (String path : List.of("/health/live", "/health/started", "/health/ready", "/metrics")) {
            for (String verb : List.of("OPTIONS", "POST", "DELETE")) {
                HttpResponse<String> answer = hub.send(hub.to(path).method(verb, HttpRequest.BodyPublishers.noBody()));
                assertThat(answer.statusCode()).as(verb + " " + path).isEqualTo(405);
                assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
                assertThat(json(answer).get("detail").asText()).isEqualTo(verb + " cannot be used on " + path);
            }
        }
    }

    @Test
    void nothing_a_caller_sent_is_a_header_of_the_answer_of_a_route() {
        for (String body : List.of("", "&q=body")) {
            HttpResponse<String> answer = hub.get(
                    "/hook?Set-Cookie=canary&Access-Control-Allow-Origin=canary&X-Query=canary" + body,
                    "Authorization",
                    key,
                    "Accept",
                    "text/canary",
                    "X-Sent",
                    "canary",
                    "Cookie",
                    "a=canary");
            assertThat(answer.headers().toString()).doesNotContain("canary");
            assertThat(answer.headers().firstValue("X-Said")).hasValue("by the route");
        }
    }

    @Test
    void a_route_may_say_again_what_a_caller_sent() {
        HttpResponse<String> answer = hub.get("/hook", "Authorization", key, "X-Challenge", "c-1");

        assertThat(answer.headers().firstValue("X-Known")).hasValue("c-1");
        assertThat(answer.headers().firstValue("X-Challenge")).isEmpty();
    }

    @Test
    void a_resource_may_stand_at_the_root() {
        HttpResponse<String> answer = hub.get("/docs");
        assertThat(answer.body()).isEqualTo("!");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void an_address_that_cannot_be_decoded_is_a_problem_of_the_caller() throws IOException {
        for (String call : List.of(
                "GET /v1/orders/acme?q=%zz",
                "GET /v1/orders/%zz", "POST /v1/orders?dryRun=%zz", "POST /v1/batches?source=sheet&name=50%")) {
            try (RawSocket socket = new RawSocket(hub.server.port())) {
                socket.send(call + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: " + key
                        + "\r\n\r\n");
                assertThat(socket.status()).as(call).isEqualTo("HTTP/1.1 400 Bad Request");
                assertThat(socket.rest()).as(call).contains("application/problem+json", "\"request-unreadable\"");
            }
        }
    }

    @Test
    void a_failure_says_an_id_and_nothing_of_its_inside() {
        HttpResponse<String> answer = hub.get("/v1/broken", "Authorization", key);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret words", "Exception", "io.waybill");
        assertThat(answer.body())
                .contains(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void an_edge_that_fails_keeps_its_inside_to_itself() {
        HttpResponse<String> answer = hub.get("/broken-edge", "Authorization", key);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret words", "Exception", "io.waybill");
    }

    private static HttpResponse<String> post(String path, int size) {
        return hub.send(
                hub.to(path).header("Authorization", key).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size])));
    }
}
