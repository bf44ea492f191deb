package io.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final NewKey SHOP =
            system("acme shop", Set.of(Scope.READ, Scope.LABELS_BUY_ANYWAY), Namespaces.of(Set.of("acme")));

    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private Ledger ledger;
    private Access access;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        access = Access.open(ledger, () -> now);
    }

    @AfterEach
    void close() {
        access.close();
        ledger.close();
    }

    @Test
    void the_secret_is_shown_once_and_only_its_hash_is_kept() {
        Access.Created created = access.create(SHOP, "Jane Roe");
        assertThat(created.secret()).matches("wbk_[A-Za-z0-9_-]{43}");
        KeyBook.Row row = access.list().get(0);
        assertThat(row.toString()).doesNotContain(created.secret());
        assertThat(row.secretSha256()).isEqualTo(Secret.sha256(created.secret()));
        assertThat(row.scopes()).isEqualTo("read,labels:buy-anyway");
        assertThat(row.createdBy()).isEqualTo("Jane Roe");
    }

    @Test
    void a_key_brings_its_source_scopes_and_namespaces() {
        Caller caller = access.caller(access.create(SHOP, "test").secret()).orElseThrow();
        assertThat(caller.source()).hasValue("shop");
        assertThat(caller.may(Scope.READ)).isTrue();
        assertThat(caller.may(Scope.LABELS_BUY)).isFalse();
        assertThat(caller.namespaces().has("acme")).isTrue();
        assertThat(caller.namespaces().has("other")).isFalse();
        assertThatThrownBy(() -> caller.require(Scope.MONEY_APPROVE)).hasMessageContaining("money:approve");
    }

    @Test
    void a_key_is_for_namespaces_that_orders_can_have() {
        Namespaces longest = Namespaces.of(Set.of("a".repeat(64)));
        assertThat(reader(longest).namespaces()).isEqualTo(longest);
        Namespaces longer = Namespaces.of(Set.of("a".repeat(65)));
        assertThatThrownBy(() -> reader(longer)).hasMessageContaining("at most 64");
        Namespaces hidden = Namespaces.of(Set.of("_acme"));
        assertThatThrownBy(() -> reader(hidden))
                .as("no order's begins so")
                .hasMessageContaining("first a letter or a digit");
    }

    @Test
    void a_person_may_do_what_their_role_does() {
        NewKey jane = NewKey.forPerson("Jane Roe", Role.FINANCE, Namespaces.ALL);
        Caller caller = access.caller(access.create(jane, "test").secret()).orElseThrow();
        assertThat(caller.person()).isTrue();
        assertThat(caller.name()).isEqualTo("Jane Roe");
        assertThat(caller.may(Scope.MONEY_APPROVE)).isTrue();
        assertThat(caller.may(Scope.LABELS_BUY)).isFalse();
    }

    @Test
    void a_key_expires() {
        String secret =
                access.create(SHOP.validFor(Duration.ofDays(30)), "test").secret();
        now = now.plus(Duration.ofDays(29));
        assertThat(access.caller(secret)).isPresent();
        now = now.plus(Duration.ofDays(2));
        assertThat(access.caller(secret)).isEmpty();
    }

    @Test
    void what_another_node_revokes_counts_after_the_next_look() {
        Access.Created created = access.create(SHOP, "test");
        ledger.commitAll(tx -> tx.keys().revoke(created.id()));
        access.refresh();
        assertThat(access.caller(created.secret())).isEmpty();
    }

    @Test
    void a_key_cannot_be_revoked_twice() {
        String id = access.create(SHOP, "test").id();
        access.revoke(id, "test");
        assertThatThrownBy(() -> access.revoke(id, "test")).hasMessageContaining(id);
    }

    @Test
    void the_last_use_is_written_at_most_once_a_minute() {
        String secret = access.create(SHOP, "test").secret();
        assertThat(access.list().get(0).lastUsedAt()).isNull();
        access.caller(secret);
        access.writeUse();
        Instant first = access.list().get(0).lastUsedAt();
        assertThat(first).isNotNull();
        now = now.plusSeconds(30);
        access.caller(secret);
        access.writeUse();
        assertThat(access.list().get(0).lastUsedAt()).isEqualTo(first);
        now = now.plusSeconds(31);
        access.caller(secret);
        access.writeUse();
        assertThat(access.list().get(0).lastUsedAt()).isAfter(first);
    }

    @Test
    void the_token_of_local_commands_is_no_key() {
        access.grant("token", Caller.LOCAL);
        assertThat(access.caller("token")).hasValue(Caller.LOCAL);
        assertThat(access.isKeyed()).isFalse();
    }

    @Test
    void a_namespace_cannot_be_spelled_so_that_it_means_all() {
        assertThatThrownBy(() -> reader(Namespaces.of(Set.of("*"))))
                .hasMessageContaining("\"*\" cannot be a namespace");
        assertThatThrownBy(() -> reader(Namespaces.of(Set.of("a,b")))).hasMessageContaining("a,b");
    }

    @Test
    void a_scope_is_known_by_its_public_spelling() {
        assertThat(Scope.of("labels:buy-anyway")).isEqualTo(Scope.LABELS_BUY_ANYWAY);
        assertThatThrownBy(() -> Scope.of("labels:steal")).hasMessageContaining("orders:write");
    }

    private static NewKey reader(Namespaces namespaces) {
        return system("x", Set.of(Scope.READ), namespaces);
    }

    private static NewKey system(String name, Set<Scope> scopes, Namespaces namespaces) {
        return new NewKey(name, Optional.empty(), scopes, Optional.of("shop"), namespaces, Optional.empty());
    }
}
