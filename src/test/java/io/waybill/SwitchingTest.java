package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.Answer;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is switched by calls: what is not said as it must be switches nothing. */
class SwitchingTest {
    @TempDir
    Path folder;

    private Switchboard switchboard;

    @BeforeEach
    void start() {
        switchboard = Switchboard.on(
                Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.C, "8.10"))));
    }

    @AfterEach
    void stop() {
        switchboard.close();
    }

    @Test
    void a_channel_whose_times_are_no_object_is_refused_and_stays_as_it_is() throws IOException {
        assertThat(put("/rollout/acme/channels", """
                {"channels": {"excel": {"until": "2026-12-01T00:00:00Z"}}}""").status()).isEqualTo(200);

        assertThat(new String(
                        put("/rollout/acme/channels", "{\"channels\": {\"excel\": false}}")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("/channels/excel cannot be \\\"false\\\"", "until");
        for (String slip : List.of("false", "\"read-only\"", "null", "[]")) {
            assertThat(refused("/rollout/acme/channels", "{\"channels\": {\"excel\": " + slip + "}}"))
                    .isEqualTo("bad-parameter /channels/excel");
        }
        assertThat(refused("/rollout/acme/channels", "{\"channels\": [\"excel\"]}"))
                .isEqualTo("bad-parameter /channels");
        assertThat(refused("/rollout/acme/stages", "{\"stages\": \"tracking\"}"))
                .isEqualTo("bad-parameter /stages");
        assertThat(refused("/rollout/acme/stages", "{}")).isEqualTo("missing-field /stages");

        assertThat(told().at("/channels/1/until").asText()).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void a_source_is_told_as_looked_at_whatever_its_namespace_was_when_it_was_switched() throws IOException {
        switchboard.rollout().setShadow("old", "strict", true, "before the cut-over", "Ada");
        assertThat(strict().path("shadow").asBoolean()).isTrue();
        assertThat(strict().path("reason").asText()).isEqualTo("before the cut-over");

        assertThat(put("/sources/strict/shadow", "{\"shadow\": false}").status())
                .isEqualTo(200);

        assertThat(strict().path("shadow").asBoolean()).isFalse();
    }

    @Test
    void a_reason_no_store_can_keep_is_refused_and_nothing_is_switched() throws IOException {
        String why = "\"reason\": \"moved\\u0000\"}";

        assertThat(refused("/rollout/acme/stages", "{\"stages\": {\"tracking\": false}, " + why))
                .isEqualTo("zero-character /reason");
        assertThat(refused("/sources/strict/shadow", "{\"shadow\": true, " + why))
                .isEqualTo("zero-character /reason");

        assertThat(strict().path("shadow").asBoolean()).isFalse();
    }

    private JsonNode strict() throws IOException {
        for (JsonNode source : told().path("sources")) {
            if (source.path("source").asText().equals("strict")) {
                return source;
            }
        }
        throw new AssertionError("strict is not among the sources of acme");
    }

    private JsonNode told() throws IOException {
        return switchboard.told(Namespaces.ALL, "/rollout/acme");
    }

    private String refused(String path, String body) throws IOException {
        Answer answer = put(path, body);
        assertThat(answer.status()).as(body).isBetween(400, 422);
        JsonNode error = Json.mapper().readTree(answer.body()).at("/errors/0");
        return error.path("code").asText() + " " + error.path("pointer").asText();
    }

    private Answer put(String path, String body) {
        return switchboard.call(Namespaces.ALL, "put", path, body);
    }
}
