package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
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

/** Two who call themselves alike and see different namespaces share nothing. */
class TenantsApartTest {
    @TempDir
    Path folder;

    private Rig rig;
    private Access access;

    @BeforeEach
    void start() {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.C, "8.10")));
        access = Access.open(rig.ledger);
    }

    @AfterEach
    void stop() {
        access.close();
        rig.close();
    }

    @Test
    void a_view_is_its_makers_and_not_that_of_a_namesake_of_another_namespace() throws Exception {
        Caller acme = wms(Namespaces.of(Set.of("acme")));
        Caller globex = wms(Namespaces.of(Set.of("globex")));
        Answer kept = call(acme, "post", "/views", "{\"name\": \"Jane\", \"filter\": {\"q\": \"Jane Roe\"}}");
        String id = Json.mapper().readTree(kept.body()).path("id").asText();

        assertThat(call(globex, "delete", "/views/" + id, "").status()).isEqualTo(404);
        call(globex, "post", "/views", "{\"name\": \"Jane\", \"filter\": {}}");

        assertThat(views(globex)).doesNotContain("Jane Roe");
        assertThat(views(wms(Namespaces.of(Set.of("acme", "globex"))))).doesNotContain("Jane");
        assertThat(views(wms(Namespaces.ALL))).doesNotContain("Jane");
        assertThat(views(wms(Namespaces.of(Set.of("acme"))))).contains("Jane Roe");
        assertThat(call(acme, "delete", "/views/" + id, "").status()).isEqualTo(204);
    }

    @Test
    void a_view_that_its_list_would_refuse_is_not_kept() throws Exception {
        Caller acme = wms(Namespaces.of(Set.of("acme")));
        for (String filter : List.of(
                "{\"status\": \"shiped\"}", "{\"since\": \"yesterday\"}", "{\"channel\": \"fax\", \"q\": \"Jane\"}")) {
            Answer refused = call(acme, "post", "/views", "{\"name\": \"Jane\", \"filter\": " + filter + "}");

            assertThat(refused.status()).as(filter).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("bad-parameter", "filter.");
        }
        assertThat(views(acme)).doesNotContain("Jane");
        String good = "{\"status\": \"held\", \"since\": \"2026-11-23\", \"until\": \" \"}";
        assertThat(call(acme, "post", "/views", "{\"name\": \"Jane\", \"filter\": " + good + "}")
                        .status())
                .isEqualTo(201);
    }

    private String views(Caller caller) {
        return new String(call(caller, "get", "/views", "").body(), StandardCharsets.UTF_8);
    }

    private static Caller wms(Namespaces namespaces) {
        return new Caller(
                "wms", Optional.empty(), Set.of(Scope.READ), namespaces, false, Optional.empty(), Optional.empty());
    }

    private Answer call(Caller caller, String verb, String path, String body) {
        return new InProcess(rig.api(new Accounts(List.of()), access, null).resources(2), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }
}
