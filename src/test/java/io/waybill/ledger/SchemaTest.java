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

/** A hub that comes to a database whose schema is there already. */
class SchemaTest {
    @TempDir
    Path folder;

    /** Another node that is about to bring it further, or a tool that reads it, may hold the lock for long. */
    @Test
    void one_that_is_as_it_should_be_is_not_locked_to_see_that() throws SQLException {
        Database database = Stores.postgres();
        try (Connection other = connect(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM flyway_schema_history FOR UPDATE");

            try (Ledger ledger = open(database)) {
                assertThat(ledger.isOutgrown()).isFalse();
            }
        }
    }

    @Test
    void one_that_was_brought_up_by_other_steps_than_these_is_refused() throws SQLException {
        Database database = Stores.h2(folder);
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE \"flyway_schema_history\" SET \"checksum\" = 1 WHERE \"version\" = '1'");
        }

        assertThatThrownBy(() -> open(database))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("checksum");
    }

    /** A hub built between two versions may lack a step whose number is below the newest it took. */
    @Test
    void one_that_lacks_a_step_below_its_newest_is_brought_up() throws SQLException {
        Database database = Stores.h2(folder);
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE saved_view");
            statement.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '67'");
        }

        open(database).close();

        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT * FROM saved_view");
        }
        assertThat(new Schema(database).applied())
                .allMatch(step -> step.getState().isApplied());
    }

    private static Ledger open(Database database) {
        return Ledger.open(database, (namespace, type) -> List.of());
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
