package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Which carrier a purchase of an older hub was made with, which wrote none. */
abstract class AttemptCarrierContract {
    /** One that no hub has opened yet. */
    abstract Database empty();

    @Test
    void what_may_be_tried_elsewhere_and_what_is_an_orphan_has_the_carrier_that_is_known_of_it() throws SQLException {
        Database database = empty();
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection();
                Statement older = connection.createStatement()) {
            Flyway.configure()
                    .configuration(new Schema(database).flyway(pool).getConfiguration())
                    .target("87")
                    .load()
                    .migrate();
            order(older);
            shipment(older, "ready", "READY", "ups", "east");
            attempt(older, "of-ready", "ready", 1, "east");
            attempt(older, "elsewhere", "ready", 2, "west");
            shipment(older, "pending", "BOUGHT", "ups", "east");
            attempt(older, "of-pending", "pending", 1, "east");
            shipment(older, "given-back", "VOIDING", "ups", "east");
            attempt(older, "of-given-back", "given-back", 1, "east");
            shipment(older, "sold", "LABELLED", "ups", "east");
            attempt(older, "of-sold", "sold", 1, "east");
            attempt(older, "beside", "sold", 2, "west");
            older.execute("""
                    INSERT INTO orphan (id, shipment_uid, ref, account, carrier, carrier_shipment, state, asks, due, found_at)
                    VALUES ('orp', 'sold', 'beside', 'west', 'fedex', 'N1', 'LIVE', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""");

            new Schema(database).bringUp(pool);

            assertThat(carriers(older))
                    .containsExactly(
                            "beside fedex",
                            "elsewhere null",
                            "of-given-back ups",
                            "of-pending ups",
                            "of-ready ups",
                            "of-sold null");
        }
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            assertThat(ledger.<List<AttemptRow>>read(tx -> tx.attempts().of("sold")))
                    .as("of one that moves no more it is its shipment's")
                    .extracting(AttemptRow::carrier)
                    .containsExactly("ups", "fedex");
        }
    }

    @Test
    void one_that_an_older_hub_writes_beside_this_one_is_of_the_carrier_of_its_shipment() throws SQLException {
        Database database = empty();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            try (HikariDataSource pool = database.open();
                    Connection connection = pool.getConnection();
                    Statement older = connection.createStatement()) {
                order(older);
                shipment(older, "ready", "BUYING", "ups", "east");
                attempt(older, "before", "ready", 1, "west");
                attempt(older, "now", "ready", 2, "east");
            }

            assertThat(ledger.<List<AttemptRow>>read(tx -> tx.attempts().of("ready")))
                    .extracting(AttemptRow::carrier)
                    .containsExactly(null, "ups");
        }
    }

    private static void order(Statement older) throws SQLException {
        older.execute("""
                INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective, release_rule,
                    source, channel, event_sequence, received_at, updated_at)
                VALUES ('ord', 'acme', 'SO-1', 1, '', '{}', '{}', 'now', 'erp', 'api', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""");
    }

    private static void shipment(Statement older, String id, String state, String carrier, String account)
            throws SQLException {
        older.execute("""
                INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, label_format, label_size, label_dpi,
                    state, fence, attempts, lookups, imported, due, created_at)
                VALUES ('%s', 'ord', %d, 'order', '%s', '%s', 'PDF', '4x6', 203, '%s', 1, 2, 0, FALSE,
                    CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""".formatted(id, id.length(), account, carrier, state));
    }

    private static void attempt(Statement older, String ref, String shipment, int attempt, String account)
            throws SQLException {
        older.execute("""
                INSERT INTO purchase_attempt (ref, shipment_uid, attempt, purchase_key, order_number, account, fence, state,
                    sent_by, request_bytes, created_at, source, namespace, labels)
                VALUES ('%s', '%s', %d, 'key', 'SO-1', '%s', 1, 'NOT_SENT', 'node', '', CURRENT_TIMESTAMP, 'erp', 'acme', 1)""".formatted(ref, shipment, attempt, account));
    }

    private static List<String> carriers(Statement older) throws SQLException {
        List<String> carriers = new ArrayList<>();
        try (ResultSet rows = older.executeQuery("SELECT ref, carrier FROM purchase_attempt ORDER BY ref")) {
            while (rows.next()) {
                carriers.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return carriers;
    }
}
