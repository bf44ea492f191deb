package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database closes itself where its file cannot be written: a disk that is full. */
class ClosedDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void one_that_closed_itself_is_opened_again_and_has_what_was_acknowledged() throws Exception {
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            told(ledger, "before");
            try (Connection other = DriverManager.getConnection(database.url(), database.user(), database.password())) {
                other.createStatement().execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException closed) {
                assertThat(closed.getErrorCode()).isEqualTo(90121);
            }

            await().ignoreExceptions().until(() -> told(ledger, "after"));

            assertThat(ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, null, null, 10)))
                    .extracting(AuditBook.Entry::act)
                    .contains("before", "after");
        }
    }

    private static boolean told(Ledger ledger, String what) {
        ledger.commitAll(tx -> tx.audit().record("jane", what, "x", null, null));
        return true;
    }
}
