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
import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.order.Orders;
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

/** No key is made that may more than was meant. */
class AdminBoundsTest {
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
    void a_key_whose_bounds_are_mistyped_is_refused_and_not_made_without_them() throws Exception {
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "namespaces": "acme"}""")).isEqualTo("wrong-type /namespaces");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "namespaces": null}""")).isEqualTo("wrong-type /namespaces");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "namespaces": [7]}""")).isEqualTo("wrong-type /namespaces/0");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "namespaces": []}""")).isEqualTo("bad-value /namespaces");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "namespace": ["acme"]}"""))
                .isEqualTo("unknown-field /namespace");
        assertThat(refused("""
                {"name": "acme shop", "scopes": "read", "namespaces": ["acme"]}""")).isEqualTo("wrong-type /scopes");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "source": ["shop"]}""")).isEqualTo("wrong-type /source");
        assertThat(refused("""
                {"name": "Sam", "role": "support", "scopes": ["read"], "source": "shop"}"""))
                .isEqualTo("unknown-field /scopes");
        assertThat(access.list()).isEmpty();
    }

    @Test
    void a_key_sees_the_namespaces_it_names_and_all_when_it_names_none() {
        Caller admin = admin(Namespaces.ALL);
        assertThat(call(admin, "post", "/admin/keys", """
                {"name": "acme shop", "scopes": ["orders:write", "read"], "namespaces": ["globex", "acme"]}""")
                        .status())
                .isEqualTo(201);
        assertThat(call(admin, "post", "/admin/keys", """
                {"name": "Sam", "role": "support", "validFor": "90d"}""").status()).isEqualTo(201);

        assertThat(access.list()).extracting(KeyBook.Row::namespaces).containsExactly("acme,globex", "*");
    }

    private String refused(String body) throws Exception {
        Answer answer = call(admin(Namespaces.ALL), "post", "/admin/keys", body);
        JsonNode error = Json.mapper().readTree(answer.body()).at("/errors/0");
        assertThat(answer.status()).as(body).isEqualTo(422);
        return error.path("code").asText() + " " + error.path("pointer").asText();
    }

    private static Caller admin(Namespaces namespaces) {
        return new Caller(
                "Ada", Optional.empty(), Set.of(Scope.ADMIN), namespaces, true, Optional.empty(), Optional.empty());
    }

    private Answer call(Caller caller, String verb, String path, String body) {
        Api api = new Api(
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
                new Accounts(List.of()),
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
                null,
                null,
                null);
        return new InProcess(api.resources(2), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }
}
