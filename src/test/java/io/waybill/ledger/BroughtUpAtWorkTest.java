package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.Patience;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
        Database database = Stores.emptyPostgres();
        try (HikariDataSource pool = database.open()) {
            Flyway.configure()
                    .configuration(database.flyway(pool).getConfiguration())
                    .target("77")
                    .load()
                    .migrate();
            try (Connection purchase = pool.getConnection();
                    Statement step = purchase.createStatement()) {
                purchase.setAutoCommit(false);
                step.execute("LOCK TABLE purchase_attempt IN ROW EXCLUSIVE MODE");
                CompletableFuture<Integer> newer = CompletableFuture.supplyAsync(() -> database.migrate(pool));
                await().until(() -> isWaiting(pool));

                step.execute("LOCK TABLE document IN ROW EXCLUSIVE MODE");
                purchase.commit();

                assertThat(newer.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                        .isGreaterThanOrEqualTo(79);
            }
        }
        assertThat(database.applied()).anyMatch(step -> step.getScript().contains("V78__"));
    }

    private static boolean isWaiting(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery(WAITS)) {
            return row.next() && row.getInt(1) > 0;
        }
    }
}
