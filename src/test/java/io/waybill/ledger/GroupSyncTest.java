package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waybill.ledger.Durability.Settling;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupSyncTest {
    @TempDir
    Path folder;

    private final GroupSync sync = new GroupSync();

    @AfterEach
    void close() {
        sync.close();
    }

    @Test
    void a_commit_is_settled_when_the_database_it_was_made_in_is_on_disk() throws Exception {
        try (Connection connection = open()) {
            Settling settling = committed(connection);
            assertThatCode(settling::settle).doesNotThrowAnyException();
        }
    }

    /** As after a write that failed: H2 closes the database, and the next connection opens what its file holds. */
    @Test
    void a_commit_of_a_database_that_was_opened_anew_since_is_not_told_to_be_on_disk() throws Exception {
        try (Connection connection = open()) {
            Settling settling = committed(connection);
            execute(connection, "SHUTDOWN IMMEDIATELY");
            try (Connection anew = open()) {
                committed(anew).settle();
                assertThatThrownBy(settling::settle)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("may not be on disk");
            }
        }
    }

    @Test
    void who_commits_while_the_ledger_is_closed_hears_so() throws Exception {
        try (Connection connection = open()) {
            Settling settling = committed(connection);
            sync.close();
            assertThatThrownBy(settling::settle).hasMessageContaining("the ledger is closed");
        }
    }

    @Test
    void memory_that_ends_for_a_moment_ends_no_commit_but_its_own() throws Exception {
        CompletableFuture<Optional<Exception>> over = new CompletableFuture<>() {
            private final AtomicBoolean first = new AtomicBoolean(true);

            @Override
            public boolean complete(Optional<Exception> failure) {
                if (first.getAndSet(false)) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return super.complete(failure);
            }
        };

        assertThatThrownBy(() -> settled(new GroupSync.Commit(MVStore.open(null), over)))
                .hasMessageContaining("may not be on disk");
        try (Connection connection = open()) {
            assertThatCode(committed(connection)::settle).doesNotThrowAnyException();
        }
    }

    private void settled(GroupSync.Commit commit) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> sync.settle(commit));
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + folder.resolve("store"), "sa", "");
    }

    private Settling committed(Connection connection) throws SQLException {
        Settling settling = sync.of(connection);
        execute(connection, "CREATE TABLE IF NOT EXISTS t (a INT)");
        execute(connection, "INSERT INTO t VALUES (1)");
        return settling;
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
