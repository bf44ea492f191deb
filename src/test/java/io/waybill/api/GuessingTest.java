package io.waybill.api;

import static io.waybill.api.RunningHub.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuessingTest {
    @TempDir
    Path folder;

    @Test
    void keys_guessed_too_fast_are_sent_away_and_a_good_one_is_not() throws Exception {
        try (RunningHub hub = new RunningHub(folder, "")) {
            String key = hub.key("acme shop", Set.of(Scope.READ), Namespaces.ALL);
            int status = 0;
            for (int i = 0; i < 60 && status != 429; i++) {
                status = hub.get("/v1/orders/acme", "X-Api-Key", "guessed-" + i).statusCode();
            }
            HttpResponse<String> away = hub.get("/v1/orders/acme", "X-Api-Key", "guessed-again");

            assertThat(away.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(away.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(json(away).at("/errors/0/code").asText()).isEqualTo("too-many-tries");
            assertThat(hub.get("/v1/orders/acme", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/upload", "/metrics"})
    void keys_are_guessed_no_faster_where_a_stranger_is_answered_too(String path) throws Exception {
        try (RunningHub hub = new RunningHub(folder, "")) {
            String key = hub.key("acme shop", Set.of(Scope.READ), Namespaces.ALL);
            int status = 0;
            for (int i = 0; i < 60 && status != 429; i++) {
                status = hub.get(path, "X-Api-Key", "guessed-" + i, "Via", "1.1 proxy")
                        .statusCode();
            }

            assertThat(status).isEqualTo(429);
            assertThat(hub.get(path, "X-Api-Key", key).statusCode()).isEqualTo(200);
            assertThat(hub.get("/sign-in").statusCode()).isEqualTo(200);
            assertThat(hub.get("/v1/open", "X-Api-Key", "of-a-carrier").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void behind_a_proxy_that_adds_a_line_of_its_own_nobody_guesses_under_another_address() throws Exception {
        try (RunningHub hub = new RunningHub(folder, "")) {
            hub.key("acme shop", Set.of(Scope.READ), Namespaces.ALL);
        }
        try (RunningHub hub = new RunningHub(folder, "waybill.http.behindProxy=true")) {
            int status = 0;
            for (int i = 0; i < 60 && status != 429; i++) {
                status = hub.get(
                                "/v1/orders/acme",
                                "X-Api-Key",
                                i + "-guessed",
                                "X-Forwarded-For",
                                "203.0.113." + i,
                                "X-Forwarded-For",
                                "198.51.100.7")
                        .statusCode();
            }
            assertThat(status).isEqualTo(429);
        }
    }
}
