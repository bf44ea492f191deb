package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.InZone;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
        try (InZone away = new InZone("Asia/Shanghai")) {
            daysAreThoseOfUtc(Stores.h2(folder));
        }
    }

    @Test
    void days_are_those_of_utc_wherever_the_hub_stands_on_postgres() throws SQLException {
        try (InZone away = new InZone("Asia/Shanghai")) {
            daysAreThoseOfUtc(Stores.postgres());
        }
    }

    @Test
    void what_its_sender_has_again_or_a_wrong_clock_dates_was_delivered_on_no_day_on_h2(@TempDir Path folder)
            throws SQLException {
        onNoDay(Stores.h2(folder));
    }

    @Test
    void what_its_sender_has_again_or_a_wrong_clock_dates_was_delivered_on_no_day_on_postgres() throws SQLException {
        onNoDay(Stores.postgres());
    }

    private static void onNoDay(Database database) throws SQLException {
        LocalDate bought = LocalDate.of(2026, 3, 9);
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(
                        new SoldLabels.Label("SO-1", "1Z1", bought, Map.of(), false),
                        new SoldLabels.Label("SO-2", "1Z2", bought, Map.of(), false)));
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection()) {
            scan(connection, "1Z1", "return_to_sender", "2026-03-10 17:00:00+00:00");
            scan(connection, "1Z1", "delivered", "2026-03-14 17:00:00+00:00");
            scan(connection, "1Z2", "delivered", "2062-03-10 17:00:00+00:00");

            assertThat(known(connection))
                    .extracting(AuditFacts.Known::deliveredOn)
                    .containsOnlyNulls();
        }
    }

    private static void scan(Connection connection, String number, String status, String at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO tracking_event (id, shipment_uid, tracking_number, status, code, place, happened_at, recorded_at, source,
                    applied)
                SELECT ?, shipment_uid, number_value, ?, 'C', '', CAST(? AS TIMESTAMP WITH TIME ZONE),
                    CURRENT_TIMESTAMP, 'poll', TRUE FROM shipment_number WHERE number_value = ?""")) {
            statement.setString(1, number + status);
            statement.setString(2, status);
            statement.setString(3, at);
            statement.setString(4, number);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static List<AuditFacts.Known> known(Connection connection) {
        return Jdbi.create(connection)
                .<List<AuditFacts.Known>, RuntimeException>withHandle(handle -> new AuditFacts(handle)
                        .shipments(handle.createQuery("SELECT id FROM shipment")
                                .mapTo(String.class)
                                .list()));
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

            assertThat(known(connection).get(0).deliveredOn()).isEqualTo("2026-03-10");
        }
    }
}
