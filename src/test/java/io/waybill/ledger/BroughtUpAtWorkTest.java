package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.Patience;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A newer hub brings the database up while older ones work on it. */
@ExtendWith(Patience.class)
class BroughtUpAtWorkTest {
    private static final String WAITS = """
            SELECT COUNT(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE NOT l.granted AND c.relname = 'purchase_attempt'""";

    @Test
    void a_step_that_waits_for_a_purchase_which_waits_for_it_begins_again() throws Exception {
        Database database = behind("77");
        try (HikariDataSource pool = database.open()) {
            try (Connection purchase = pool.getConnection();
                    Statement step = purchase.createStatement()) {
                purchase.setAutoCommit(false);
                step.execute("SET deadlock_timeout = '1min'"); // so that it is the other one that is told of it
                step.execute("LOCK TABLE purchase_attempt IN ROW EXCLUSIVE MODE");
                CompletableFuture<Integer> newer =
                        CompletableFuture.supplyAsync(() -> new Schema(database).bringUp(pool));
                await().until(() -> isWaiting(pool));

                step.execute("LOCK TABLE document IN ROW EXCLUSIVE MODE");
                purchase.commit();

                assertThat(newer.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                        .isGreaterThanOrEqualTo(79);
            }
        }
        assertThat(new Schema(database).applied())
                .anyMatch(step -> step.getScript().contains("V78__"));
    }

    @Test
    void a_step_that_takes_longer_than_any_statement_may_is_waited_for() throws Exception {
        Database database = impatient(behind("83"));
        try (HikariDataSource pool = database.open();
                Connection reader = pool.getConnection()) {
            hold(reader, "LOCK TABLE exception IN ROW EXCLUSIVE MODE");
            CompletableFuture<Integer> newer = CompletableFuture.supplyAsync(() -> new Schema(database).bringUp(pool));

            await().during(Duration.ofSeconds(6)).atMost(Patience.LONG).until(() -> !newer.isDone());
            reader.commit();

            assertThat(newer.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(84);
        }
    }

    @Test
    void a_step_that_waits_for_a_long_reader_lets_those_pass_who_came_after_it() throws Exception {
        Database database = behind("77");
        try (HikariDataSource pool = database.open();
                Connection dump = pool.getConnection();
                Connection hub = pool.getConnection()) {
            hold(dump, "LOCK TABLE purchase_attempt IN ACCESS SHARE MODE");
            CompletableFuture<Integer> newer = CompletableFuture.supplyAsync(() -> new Schema(database).bringUp(pool));
            await().until(() -> isWaiting(pool));

            CompletableFuture<Boolean> purchase =
                    CompletableFuture.supplyAsync(() -> hold(hub, "LOCK TABLE purchase_attempt IN ROW EXCLUSIVE MODE"));

            assertThat(purchase.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            hub.commit();
            assertThat(newer).isNotDone();
            dump.commit();
            assertThat(newer.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(79);
        }
    }

    /** One that an older hub has brought so far. */
    private static Database behind(String version) {
        Database database = Stores.emptyPostgres();
        try (HikariDataSource pool = database.open()) {
            Flyway.configure()
                    .configuration(new Schema(database).flyway(pool).getConfiguration())
                    .target(version)
                    .load()
                    .migrate();
        }
        return database;
    }

    /** Its statements are given up after five seconds. */
    private static Database impatient(Database database) {
        return new Database(database.url() + "?socketTimeout=5", database.user(), database.password());
    }

    private static boolean hold(Connection connection, String lock) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            return !statement.execute(lock);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isWaiting(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery(WAITS)) {
            return row.next() && row.getInt(1) > 0;
        }
    }
}
