package io.waybill.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class OutboxOnPostgresTest extends OutboxContract {
    private static Database database;

    @BeforeAll
    static void create() {
        database = Stores.postgres();
    }

    @Override
    Database database() {
        return database;
    }

    @AfterEach
    void empty() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE outbox, orders CASCADE");
        }
    }
}
