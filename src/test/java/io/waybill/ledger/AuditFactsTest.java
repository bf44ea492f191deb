package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFactsTest {
    @Test
    void days_are_those_of_utc_wherever_the_hub_stands_on_h2(@TempDir Path folder) throws SQLException {
        daysAreThoseOfUtc(Stores.h2(folder));
    }

    @Test
    void days_are_those_of_utc_wherever_the_hub_stands_on_postgres() throws SQLException {
        daysAreThoseOfUtc(Stores.postgres());
    }

    private static void daysAreThoseOfUtc(Database database) throws SQLException {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(new SoldLabels.Label("SO-1", "1Z1", LocalDate.of(2026, 3, 9), Map.of(), false)));
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO tracking_event (id, shipment_uid, tracking_number, status, code, place, happened_at, recorded_at, source,
                        applied)
                    SELECT 'trk_1', id, '1Z1', 'delivered', 'D', '', TIMESTAMP WITH TIME ZONE '2026-03-10 17:00:00+00:00',
                        CURRENT_TIMESTAMP, 'poll', TRUE FROM shipment""");
            statement.execute("SET TIME ZONE 'Asia/Shanghai'");

            assertThat(Jdbi.create(connection)
                            .<LocalDate, RuntimeException>withHandle(handle -> new AuditFacts(handle)
                                    .shipments(handle.createQuery("SELECT id FROM shipment")
                                            .mapTo(String.class)
                                            .list())
                                    .get(0)
                                    .deliveredOn()))
                    .isEqualTo("2026-03-10");
        }
    }
}
