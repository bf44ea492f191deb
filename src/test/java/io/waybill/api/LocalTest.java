package io.waybill.api;

import static io.waybill.api.RunningHub.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub on which no key was ever made. */
class LocalTest {
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
    void without_keys_this_machine_may_do_everything() {
        assertThat(json(hub.get("/v1/orders/any")).get("caller").asText()).isEqualTo("local");
        assertThat(json(hub.get("/v1/orders/any")).get("source").asText()).isEqualTo("local");
    }

    @Test
    void no_key_works_only_on_loopback(@TempDir Path other) {
        assertThatThrownBy(() -> new RunningHub(other, "waybill.http.host=0.0.0.0"))
                .hasMessageContaining("will not listen on 0.0.0.0")
                .hasMessageContaining("at least one key, and TLS");
    }

    @Test
    void a_proxy_needs_keys_even_on_loopback(@TempDir Path other) {
        assertThatThrownBy(() -> new RunningHub(other, "waybill.http.behindProxy=true"))
                .hasMessageContaining("behind a proxy");
        assertThat(code(hub.get("/v1/orders/any", "X-Forwarded-For", "203.0.113.9")))
                .isEqualTo("proxy-without-keys");
    }

    @Test
    void a_stranger_on_an_open_path_is_anyone() {
        assertThat(json(hub.get("/v1/open", "X-Forwarded-For", "203.0.113.9"))
                        .get("caller")
                        .asText())
                .isEqualTo("anyone");
    }

    @Test
    void a_wrong_key_is_not_better_than_none() {
        assertThat(hub.get("/v1/orders/any", "X-Api-Key", "wbk_x").statusCode()).isEqualTo(401);
    }

    @Test
    void a_name_pointed_at_this_machine_is_refused() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("GET /v1/orders/any HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 403 Forbidden");
        }
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("GET /v1/orders/any HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void of_two_hosts_none_is_believed() throws IOException {
        for (String hosts : List.of("Host: localhost\r\nHost: evil.example", "Host: evil.example\r\nHost: localhost")) {
            try (RawSocket socket = new RawSocket(hub.server.port())) {
                socket.send("GET /v1/orders/any HTTP/1.1\r\n" + hosts + "\r\n\r\n");
                assertThat(socket.status()).as(hosts).isEqualTo("HTTP/1.1 400 Bad Request");
            }
        }
    }

    @Test
    void a_page_of_another_site_is_refused() {
        assertThat(code(hub.get("/v1/orders/any", "Origin", "https://evil.example")))
                .isEqualTo("origin-refused");
        assertThat(code(hub.get("/v1/orders/any", "Origin", "null"))).isEqualTo("origin-refused");
        assertThat(code(hub.get("/v1/orders/any", "Sec-Fetch-Site", "cross-site")))
                .isEqualTo("origin-refused");
        assertThat(hub.get("/v1/orders/any", "Origin", "http://127.0.0.1:" + hub.server.port())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void revoking_the_only_key_does_not_open_the_door_again(@TempDir Path other) throws Exception {
        try (RunningHub keyed = new RunningHub(other, "")) {
            String id = keyed.access
                    .create(NewKey.forPerson("Jane Roe", Role.ADMIN, Namespaces.ALL), "test")
                    .id();
            keyed.access.revoke(id, "test");
            assertThat(keyed.get("/v1/orders/any").statusCode()).isEqualTo(401);
        }
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).at("/errors/0/code").asText();
    }
}
