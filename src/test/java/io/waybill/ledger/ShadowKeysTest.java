package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was looked at before its key named a namespace is still what a document that comes again takes the place of. */
class ShadowKeysTest {
    @TempDir
    Path folder;

    @Test
    void a_document_of_an_older_hub_has_the_key_it_would_have_now() throws SQLException {
        Database database = Database.embedded(folder.resolve("waybill"));
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection();
                Statement older = connection.createStatement()) {
            Flyway.configure()
                    .configuration(new Schema(database).flyway(pool).getConfiguration())
                    .target("80")
                    .load()
                    .migrate();
            older.execute("""
                    INSERT INTO shadow_document (id, source, document_key, namespace, order_id, channel, price_state, times,
                        received_at, changed_at)
                    VALUES ('shd_1', 'oms', 'order/SO-1', 'acme', 'SO-1', 'api', 'NONE', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
                        ('shd_2', 'oms', 'body/1a', 'acme', NULL, 'api', 'NONE', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""");

            new Schema(database).bringUp(pool);

            ResultSet keys = older.executeQuery("SELECT document_key FROM shadow_document ORDER BY id");
            keys.next();
            assertThat(keys.getString(1)).isEqualTo("number/acme/SO-1");
            keys.next();
            assertThat(keys.getString(1)).isEqualTo("body/1a");
        }
    }
}
