package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.InProcess;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.StopBook;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No key is made that may more than was meant, and an admin of one namespace decides nothing for another. */
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
                {"name": "acme shop", "scopes": ["read"], "namespace": ["acme"]}""")).isEqualTo("unknown-field /namespace");
        assertThat(refused("""
                {"name": "acme shop", "scopes": "read", "namespaces": ["acme"]}""")).isEqualTo("wrong-type /scopes");
        assertThat(refused("""
                {"name": "acme shop", "scopes": ["read"], "source": ["shop"]}""")).isEqualTo("wrong-type /source");
        assertThat(refused("""
                {"name": "Sam", "role": "support", "scopes": ["read"], "source": "shop"}""")).isEqualTo("unknown-field /scopes");
        assertThat(access.list()).isEmpty();
    }

    @Test
    void what_a_key_cannot_be_is_told_with_the_field_that_says_it() throws Exception {
        assertThat(refused("{\"scopes\": [\"read\"]}")).isEqualTo("key-without-name /name");
        assertThat(refused("{\"name\": \"shop\"}")).isEqualTo("key-without-scopes /scopes");
        assertThat(refused("{\"name\": \"shop\", \"scopes\": [\"read\", \"all\"]}"))
                .isEqualTo("unknown-scope /scopes");
        assertThat(refused("{\"name\": \"Sam\", \"role\": \"boss\"}")).isEqualTo("unknown-role /role");
        assertThat(refused("{\"name\": \"shop\", \"scopes\": [\"read\"], \"namespaces\": [\"acme\", \"a/b\"]}"))
                .isEqualTo("bad-namespace /namespaces");
        assertThat(refused("{\"name\": \"shop\", \"scopes\": [\"read\"], \"source\": \"nobody\"}"))
                .isEqualTo("unknown-source /source");
    }

    @Test
    void a_key_sees_the_namespaces_it_names_and_all_when_it_names_none() throws Exception {
        Caller admin = admin(Namespaces.ALL);
        assertThat(call(admin, "post", "/admin/keys", """
                {"name": "acme shop", "scopes": ["orders:write", "read"], "namespaces": ["globex", "acme"]}""").status()).isEqualTo(201);
        assertThat(call(admin, "post", "/admin/keys", """
                {"name": "Sam", "role": "support", "validFor": "90d"}""").status()).isEqualTo(201);

        assertThat(access.list()).extracting(KeyBook.Row::namespaces).containsExactly("acme,globex", "*");
        JsonNode told =
                Json.mapper().readTree(call(admin, "get", "/admin/keys", "").body());
        assertThat(told.at("/items/0/namespaces").toString()).isEqualTo("[\"acme\",\"globex\"]");
        assertThat(told.at("/items/0/scopes").toString()).isEqualTo("[\"read\",\"orders:write\"]");
        assertThat(told.at("/items/1/namespaces").isNull()).as("all of them").isTrue();
    }

    @Test
    void an_admin_of_one_namespace_makes_sees_and_revokes_no_keys() {
        Caller all = admin(Namespaces.ALL);
        Caller acme = admin(Namespaces.of(Set.of("acme")));
        String mine = """
                {"name": "more", "role": "admin"}""";
        assertThat(call(all, "post", "/admin/keys", mine).status()).isEqualTo(201);
        String id = access.list().get(0).id();

        assertThat(call(acme, "post", "/admin/keys", mine).status()).isEqualTo(403);
        assertThat(call(acme, "get", "/admin/keys", "").status()).isEqualTo(403);
        assertThat(call(acme, "post", "/admin/keys/" + id + "/revoke", "").status())
                .isEqualTo(403);
        assertThat(access.list()).hasSize(1).allMatch(key -> key.revokedAt() == null);
        assertThat(call(all, "post", "/admin/keys/" + id + "/revoke", "").status())
                .isEqualTo(200);
    }

    @Test
    void an_admin_switches_only_accounts_that_serve_no_other_namespace() throws Exception {
        Caller acme = admin(Namespaces.of(Set.of("acme")));
        assertThat(call(acme, "post", "/accounts/ups-globex/off", "").status()).isEqualTo(404);
        assertThat(call(acme, "post", "/accounts/ups-both/off", "").status()).isEqualTo(403);
        assertThat(call(acme, "post", "/accounts/ups-everyone/off", "").status())
                .isEqualTo(403);
        assertThat(call(acme, "post", "/accounts/ups-everyone/test", "").status())
                .isEqualTo(403);
        assertThat(call(acme, "post", "/accounts/ups-both/on", "").status()).isEqualTo(403);
        assertThat(call(acme, "post", "/accounts/off", "").status()).isEqualTo(403);
        assertThat(call(acme, "post", "/accounts/on", "").status()).isEqualTo(403);
        assertThat(call(acme, "post", "/purchases/audit", "").status()).isEqualTo(403);
        assertThat(rig.ledger.<List<StopBook.Row>>read(tx -> tx.stops().all())).isEmpty();

        Answer off = call(acme, "post", "/accounts/ups-acme/off", "");
        assertThat(off.status()).isEqualTo(200);
        assertThat(new String(off.body(), StandardCharsets.UTF_8)).doesNotContain("ups-globex");
        assertThat(Json.mapper().readTree(off.body()).path("items"))
                .extracting(account -> account.path("name").asText() + " "
                        + account.path("yours").asBoolean())
                .containsExactlyInAnyOrder("ups-acme true", "ups-both false", "ups-everyone false");
        Caller both = admin(Namespaces.of(Set.of("acme", "globex")));
        assertThat(call(both, "post", "/accounts/ups-both/off", "").status()).isEqualTo(200);
        assertThat(call(admin(Namespaces.ALL), "post", "/accounts/off", "").status())
                .isEqualTo(200);
    }

    @Test
    void an_admin_of_one_namespace_finds_their_acts_on_its_account_in_the_audit_log() throws Exception {
        Caller acme = admin(Namespaces.of(Set.of("acme")));
        for (String act : List.of("test", "off", "on")) {
            assertThat(call(acme, "post", "/accounts/ups-acme/" + act, "").status())
                    .isEqualTo(200);
        }

        Answer log = call(acme, "get", "/audit?entity=ups-acme", "");
        assertThat(Json.mapper().readTree(log.body()).path("items"))
                .extracting(entry -> entry.path("act").asText() + " of "
                        + entry.path("namespace").asText())
                .containsExactly("account.on of acme", "account.off of acme", "account.tested of acme");
        assertThat(Json.mapper()
                        .readTree(call(admin(Namespaces.of(Set.of("globex"))), "get", "/audit", "")
                                .body())
                        .path("items"))
                .isEmpty();
    }

    @Test
    void an_account_of_another_namespace_is_not_named_to_who_mistypes_one() {
        Answer answer = call(admin(Namespaces.of(Set.of("acme"))), "get", "/accounts/upss/channels", "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("ups-acme")
                .doesNotContain("ups-globex");
    }

    @Test
    void nobody_sends_prices_or_imports_as_a_source_of_another_namespace_or_is_told_of_one() throws Exception {
        Caller acme = admin(Namespaces.of(Set.of("acme")));
        for (String path :
                List.of("/orders?source=shared", "/rates?source=shared", "/shipments/import?source=shared")) {
            Answer answer = call(acme, "post", path, "{\"namespace\": \"acme\", \"orderId\": \"X\"}");
            assertThat(Json.mapper()
                            .readTree(answer.body())
                            .at("/errors/0/code")
                            .asText())
                    .as(path)
                    .isEqualTo("unknown-source");
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("local, shop");
        }
    }

    @Test
    void nobody_looks_at_a_source_of_another_namespace_or_is_told_of_one() throws Exception {
        Caller acme = admin(Namespaces.of(Set.of("acme")));
        for (String path : List.of("/readiness?source=", "/profile?source=", "/shadow?source=")) {
            assertThat(unseen(call(acme, "get", path + "shared", "")))
                    .as(path)
                    .isEqualTo(unseen(call(acme, "get", path + "nobody", "")).replace("nobody", "shared"));
        }
        assertThat(unseen(call(acme, "put", "/sources/shared/shadow", "{\"shadow\": true}")))
                .isEqualTo(unseen(call(acme, "put", "/sources/nobody/shadow", "{\"shadow\": true}"))
                        .replace("nobody", "shared"));
    }

    /** What is said of a source that is not there, and of one that shall seem so. */
    private static String unseen(Answer answer) throws Exception {
        String said = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(Json.mapper().readTree(answer.body()).at("/errors/0/code").asText())
                .as(said)
                .isEqualTo("unknown-source");
        assertThat(Json.mapper()
                        .readTree(answer.body())
                        .at("/errors/0/expected")
                        .asText())
                .contains("shop")
                .doesNotContain("shared");
        return answer.status() + " " + said;
    }

    private static Account account(String name, String... namespaces) {
        return new Account(
                name,
                "fake",
                new FakeCarrier(IdempotencyClass.C, "8.10"),
                Set.of(namespaces),
                1,
                Duration.ofMillis(50),
                "on_creation",
                false);
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
        Api api = rig.api(
                new Accounts(List.of(
                        account("ups-acme", "acme"),
                        account("ups-globex", "globex"),
                        account("ups-both", "acme", "globex"),
                        account("ups-everyone"))),
                access,
                null);
        return new InProcess(api.resources(2), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }
}
