package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done cannot be undone, not even by who can write SQL with the hub's own user. */
class AuditTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void no_entry_can_be_changed_or_deleted(String store) throws SQLException {
        Database database = database(store);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            ledger.commitAll(tx -> tx.audit().record("ops", "order.released", "ord_1", "acme", null));
        }

        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("UPDATE audit_log SET actor = 'nobody'"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> statement.execute("DELETE FROM audit_log")).hasMessageContaining("append-only");
        }

        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            assertThat(list(ledger, Namespaces.ALL, null, null, 10))
                    .extracting(AuditBook.Entry::actor)
                    .containsExactly("ops");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void entries_are_read_newest_first_page_by_page_and_by_namespace(String store) {
        try (Ledger ledger = Ledger.open(database(store), Subscriptions.NONE)) {
            for (String entity : List.of("ord_1", "ord_2", "ord_3")) {
                ledger.commitAll(tx -> tx.audit().record("ops", "order.released", entity, "acme", null));
            }
            ledger.commitAll(tx -> tx.audit().record("ops", "order.released", "ord_4", "other", null));
            ledger.commitAll(tx -> tx.audit().record("ops", "backup.made", "x.zip", null, null));

            Namespaces acme = Namespaces.of(Set.of("acme"));
            List<AuditBook.Entry> page = list(ledger, acme, null, null, 2);
            assertThat(page).extracting(AuditBook.Entry::entityId).containsExactly("ord_3", "ord_2");
            assertThat(list(ledger, acme, null, page.get(1).id(), 2))
                    .extracting(AuditBook.Entry::entityId)
                    .containsExactly("ord_1");
            assertThat(list(ledger, Namespaces.ALL, "x.zip", null, 9)).hasSize(1);
            assertThat(list(ledger, Namespaces.ALL, null, null, 9)).hasSize(5);
        }
    }

    private static List<AuditBook.Entry> list(
            Ledger ledger, Namespaces scope, @Nullable String entity, @Nullable String before, int limit) {
        return ledger.read(tx -> tx.audit().list(scope, entity, before, limit));
    }

    private Database database(String store) {
        return store.equals("h2") ? Stores.h2(folder) : Stores.postgres();
    }
}
