package io.waybill.api;

import static io.waybill.api.RunningHub.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.ledger.Namespaces;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    @TempDir
    static Path folder;

    static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new RunningHub(folder, "");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void whoever_signs_in_with_a_key_gets_a_cookie_that_no_script_and_no_other_site_can_use() {
        HttpResponse<String> answer = signIn(key("Jane Roe").secret());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("waybill_session=wbk_[\\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
        assertThat(answer.body()).doesNotContain("wbk_");
        HttpResponse<String> who = hub.get("/v1/session", "Cookie", cookie(answer));
        assertThat(json(who).path("name").asText()).isEqualTo("Jane Roe");
        assertThat(json(who).path("csrfToken").asText())
                .isEqualTo(json(answer).path("csrfToken").asText());
        assertThat(hub.get("/v1/orders/acme", "Cookie", cookie(answer)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void over_the_network_the_cookie_needs_tls() {
        assertThat(cookieHeader("hub.example.com")).endsWith("; Secure");
        assertThat(cookieHeader("localhost.example.com")).endsWith("; Secure");
        assertThat(cookieHeader("localhost:8080")).doesNotContain("Secure");
        assertThat(cookieHeader("localhost:8080", "X-Forwarded-For", "203.0.113.9"))
                .as("a proxy called it so")
                .endsWith("; Secure");
    }

    @Test
    void a_change_needs_the_token_of_this_very_session() {
        HttpResponse<String> mine = signIn(key("Jane Roe").secret());
        HttpResponse<String> other = signIn(key("Joe Doe").secret());

        assertThat(json(change(cookie(mine), null)).at("/errors/0/code").asText())
                .isEqualTo("csrf-missing");
        assertThat(change(cookie(mine), csrf(other)).statusCode()).isEqualTo(403);
        assertThat(change(cookie(mine), csrf(mine)).statusCode()).isEqualTo(201);
    }

    @Test
    void signing_out_ends_it_and_a_cookie_of_before_opens_nothing() {
        HttpResponse<String> answer = signIn(key("Jane Roe").secret());

        HttpResponse<String> out = hub.send(hub.to("/v1/session")
                .header("Cookie", cookie(answer))
                .header("X-CSRF-Token", csrf(answer))
                .DELETE());

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("waybill_session=; Path=/; Max-Age=0");
        assertThat(hub.get("/v1/orders/acme", "Cookie", cookie(answer)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_ends_with_its_key() {
        Access.Created key = key("Jane Roe");
        HttpResponse<String> answer = signIn(key.secret());

        hub.access.revoke(key.id(), "test");

        assertThat(hub.get("/v1/orders/acme", "Cookie", cookie(answer)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobody_signs_in_without_a_key_or_from_a_session() {
        HttpResponse<String> answer = signIn(key("Jane Roe").secret());

        HttpResponse<String> again = hub.send(hub.to("/v1/session")
                .header("Cookie", cookie(answer))
                .header("X-CSRF-Token", csrf(answer))
                .POST(BodyPublishers.noBody()));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(signIn("wbk_wrong").statusCode()).isEqualTo(401);
        assertThat(hub.get("/v1/session", "Cookie", "waybill_session=wbk_wrong").statusCode())
                .isEqualTo(401);
    }

    private static String cookieHeader(String host, String... header) {
        Request request = new Request(
                "1",
                io.waybill.access.Caller.ANYONE,
                "DELETE",
                "/v1/session",
                java.util.Map.of(),
                java.util.Map.of(),
                header.length == 0 ? java.util.Map.of() : java.util.Map.of(header[0], header[1]),
                new byte[0],
                java.util.Locale.ENGLISH,
                host);
        Resource out = new SessionCalls(hub.access.sessions()).resources().get(2);
        return String.valueOf(RestRoutes.handled(out, request).headers().get("Set-Cookie"));
    }

    private static Access.Created key(String person) {
        return hub.access.create(NewKey.forPerson(person, Role.OPS, Namespaces.ALL), "test");
    }

    private static HttpResponse<String> signIn(String secret) {
        return hub.send(hub.to("/v1/session")
                .header("Authorization", "Bearer " + secret)
                .POST(BodyPublishers.noBody()));
    }

    private static HttpResponse<String> change(String cookie, String csrf) {
        HttpRequest.Builder request = hub.to("/v1/orders").header("Cookie", cookie);
        if (csrf != null) {
            request.header("X-CSRF-Token", csrf);
        }
        return hub.send(request.POST(BodyPublishers.ofString("{}")));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static String csrf(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        return body.path("csrfToken").asText();
    }
}
