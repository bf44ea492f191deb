package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    /** H2 commits each statement of a step by itself, so that a kill or a failure within one would leave half of it. */
    @Test
    void one_in_a_file_whose_step_ends_half_way_is_left_as_it_was() throws SQLException {
        Database database = behind("61");
        execute(
                database,
                "CREATE INDEX order_word_word ON orders (id)"); // what the second statement of the next step is to make

        assertThatThrownBy(() -> open(database))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ORDER_WORD_WORD");

        execute(database, "DROP INDEX order_word_word");
        open(database).close();
        execute(database, "SELECT * FROM order_word");
        assertThat(folder.toFile().list()).containsExactly("waybill.mv.db");
    }

    @Test
    void what_a_kill_left_of_bringing_one_up_is_begun_anew() throws IOException {
        Database database = behind("61");
        Path left = Files.createDirectories(folder.resolve("waybill.mv.db.upgrading_01K0000000000000000000000"));
        Files.writeString(left.resolve("waybill.mv.db"), "half of it");

        open(database).close();

        assertThat(new Schema(database).applied())
                .allMatch(step -> step.getState().isApplied());
        assertThat(left).doesNotExist();
    }

    /** A kill as the last step ends, or an older version that is started instead, brings nothing up any more. */
    @Test
    void what_kills_left_beside_one_that_is_up_to_date_goes_too() throws IOException {
        for (String left : List.of("upgrading", "restoring")) {
            Path database = Files.createDirectories(
                            folder.resolve("waybill.mv.db." + left + "_01K0000000000000000000000"))
                    .resolve("waybill.mv.db");
            Files.writeString(database, "half of it");
        }

        open(Stores.h2(folder)).close();

        assertThat(folder.toFile().list()).containsExactly("waybill.mv.db");
    }

    @Test
    void what_another_process_is_making_beside_it_or_beside_another_database_stays() throws IOException {
        open(Stores.h2(folder)).close();
        Path present = folder.resolve("waybill.mv.db");
        Path ofAnother = Files.createDirectories(folder.resolve("other.mv.db.upgrading_01K0000000000000000000000"));

        try (BesideFolder making = BesideFolder.make(present, BesideFolder.RESTORING)) {
            open(Stores.h2(folder)).close();

            assertThat(making.path()).exists();
        }
        assertThat(folder).isDirectoryContaining(ofAnother::equals).isDirectoryNotContaining("glob:**restoring*");
    }

    /** As where an administrator starts a hub once by hand. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void one_that_another_user_brings_up_stays_its_owners() throws IOException {
        Database database = behind("61");
        Path file = folder.resolve("waybill.mv.db");
        UserPrincipal hub =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assumeThatCode(() -> Files.setOwner(file, hub)).doesNotThrowAnyException();

        open(database).close();

        assertThat(Files.getOwner(file)).isEqualTo(hub);
    }

    @Test
    void one_that_lies_elsewhere_behind_a_link_is_brought_up_there() throws IOException, SQLException {
        Database database = behind("61");
        Path file = folder.resolve("waybill.mv.db");
        Path disk = Files.createDirectories(folder.resolve("disk")).resolve("hub.mv.db");
        Files.move(file, disk);
        Files.createSymbolicLink(file, disk);

        open(database).close();

        assertThat(file).isSymbolicLink();
        execute(database, "SELECT * FROM order_word");
    }

    /** One in a file, which an older hub has brought so far. */
    private Database behind(String version) {
        Database database = Database.embedded(folder);
        try (HikariDataSource pool = database.open()) {
            Flyway.configure()
                    .configuration(new Schema(database).flyway(pool).getConfiguration())
                    .target(version)
                    .load()
                    .migrate();
        }
        return database;
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Ledger open(Database database) {
        return Ledger.open(database, (namespace, type) -> List.of());
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
