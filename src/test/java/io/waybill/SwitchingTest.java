package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.access.Spending;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.InProcess;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Rollout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is switched by calls: what is not said as it must be switches nothing. */
class SwitchingTest {
    @TempDir
    Path folder;

    private Rig rig;
    private Access access;
    private Rollout rollout;

    @BeforeEach
    void start() {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.C, "8.10")));
        access = Access.open(rig.ledger);
        rollout = new Rollout(rig.ledger, Set.of("acme"), () -> {});
    }

    @AfterEach
    void stop() {
        access.close();
        rig.close();
    }

    @Test
    void a_channel_whose_times_are_no_object_is_refused_and_stays_as_it_is() throws IOException {
        assertThat(call("put", "/rollout/acme/channels", """
                {"channels": {"excel": {"until": "2026-12-01T00:00:00Z"}}}""").status()).isEqualTo(200);

        assertThat(new String(
                        call("put", "/rollout/acme/channels", "{\"channels\": {\"excel\": false}}")
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

        assertThat(told("/rollout/acme").at("/channels/1/until").asText()).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void a_source_is_told_as_looked_at_whatever_its_namespace_was_when_it_was_switched() throws IOException {
        rollout.setShadow("old", "strict", true, "before the cut-over", "Ada");
        assertThat(strict().path("shadow").asBoolean()).isTrue();
        assertThat(strict().path("reason").asText()).isEqualTo("before the cut-over");

        assertThat(call("put", "/sources/strict/shadow", "{\"shadow\": false}").status())
                .isEqualTo(200);

        assertThat(strict().path("shadow").asBoolean()).isFalse();
    }

    private JsonNode strict() throws IOException {
        for (JsonNode source : told("/rollout/acme").path("sources")) {
            if (source.path("source").asText().equals("strict")) {
                return source;
            }
        }
        throw new AssertionError("strict is not among the sources of acme");
    }

    private JsonNode told(String path) throws IOException {
        return Json.mapper().readTree(call("get", path, "").body());
    }

    private String refused(String path, String body) throws IOException {
        Answer answer = call("put", path, body);
        assertThat(answer.status()).as(body).isBetween(400, 422);
        JsonNode error = Json.mapper().readTree(answer.body()).at("/errors/0");
        return error.path("code").asText() + " " + error.path("pointer").asText();
    }

    private Answer call(String verb, String path, String body) {
        return call(Namespaces.ALL, verb, path, body);
    }

    private Answer call(Namespaces namespaces, String verb, String path, String body) {
        Caller caller = new Caller(
                "Ada", Optional.empty(), Set.of(Scope.ADMIN), namespaces, true, Optional.empty(), Optional.empty());
        return new InProcess(api().resources(2), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }

    private Api api() {
        Accounts none = new Accounts(List.of());
        return new Api(
                rig.ledger,
                new Orders(),
                null,
                rig.intake,
                null,
                rig.desk,
                null,
                null,
                rig.dispatch,
                null,
                null,
                none,
                access,
                rig.sources,
                null,
                null,
                null,
                Optional.empty(),
                source -> null,
                null,
                null,
                Spending.UNLIMITED,
                rollout,
                new NextStage(rig.ledger, none, (namespace, type) -> List.of()),
                null);
    }
}
