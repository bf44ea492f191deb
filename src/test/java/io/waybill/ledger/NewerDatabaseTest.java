package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that comes to a database which a newer hub has brought further. */
class NewerDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void it_works_on_where_the_newer_hub_left_that_an_older_one_can() throws SQLException {
        Database database = Stores.h2(folder);
        execute(database, MIGRATED_FURTHER);

        try (Ledger ledger = open(database)) {
            assertThat(ledger.isOutgrown()).isFalse();
        }
    }

    @Test
    void it_refuses_in_a_sentence_where_the_newer_hub_left_that_no_older_one_can() throws SQLException {
        Database database = Stores.h2(folder);
        execute(database, MIGRATED_FURTHER, "UPDATE schema_floor SET least = 9999");

        assertThatThrownBy(() -> open(database))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a newer hub has brought the database to version 9999")
                .hasMessageContaining("Nothing was taken in.");
    }

    @Test
    void a_hub_that_runs_while_the_newer_one_comes_sees_it() throws SQLException {
        Database database = Stores.postgres();
        try (Ledger ledger = open(database)) {
            assertThat(ledger.isOutgrown()).isFalse();
            execute(database, "UPDATE schema_floor SET least = 9999");

            assertThat(ledger.isOutgrown()).isTrue();
        }
    }

    private static final String MIGRATED_FURTHER = """
            INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
                "checksum", "installed_by", "execution_time", "success")
            VALUES (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'a newer hub', 1, TRUE)""";

    private static Ledger open(Database database) {
        return Ledger.open(database, (namespace, type) -> List.of());
    }

    private static void execute(Database database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
