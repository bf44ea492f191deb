package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the database is full, on a machine whose disk no hub sees. */
class FullDatabaseTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void callers_are_told_when_to_come_again_and_are_taken_in_once_there_is_room() throws Exception {
        Database database = Stores.postgres();
        try (Hub hub = Hub.start(Settings.of(settings(database)))) {
            execute(database, """
                    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$""");
            execute(database, "CREATE TRIGGER no_room BEFORE INSERT ON orders EXECUTE FUNCTION no_room()");

            HttpResponse<String> away = send(hub);

            assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
            assertThat(away.body()).contains("hub-busy", "taken in only once");
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> unready = ready(hub);
            assertThat(unready.statusCode()).as(unready.body()).isEqualTo(503);
            assertThat(unready.body()).contains("database-full");

            execute(database, "DROP TRIGGER no_room ON orders");

            assertThat(send(hub).statusCode()).isEqualTo(202);
        }
    }

    private static HttpResponse<String> ready(Hub hub) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(hub.address().resolve("/health/ready")).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(Hub hub) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(hub.address().resolve("/v1/orders"))
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString("""
                                {"orderId": "SO-1", "release": "hold", "parcels": [{"weight": {"value": 1, "unit": "kg"}}],
                                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                            "postalCode": "78701", "country": "US"}}"""))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String settings(Database database) {
        return """
                waybill.data=%s
                waybill.mappings.dir=mappings
                waybill.db.url=%s
                waybill.db.user=%s
                waybill.db.password=%s
                waybill.http.port=0
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:1
                service.ground=sandbox:ground
                defaults.namespace=acme
                defaults.service=ground
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """.formatted(folder.resolve("data"), database.url(), database.user(), database.password());
    }
}
