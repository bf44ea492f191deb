package io.waybill.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Real stores for tests: H2 files, and one PostgreSQL for the whole run with a fresh database for each caller. */
public final class Stores {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Stores() {}

    public static Database h2(Path folder) {
        return Database.embedded(folder);
    }

    public static Database postgres() {
        String name = "waybill" + NAMES.incrementAndGet();
        EmbeddedPostgres server = Server.RUNNING;
        execute("CREATE DATABASE " + name);
        return new Database("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
    }

    /** The database refuses its users and drops those it has, until {@link #reconnect}. */
    public static void cutOff(Database database) {
        String name = name(database);
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    public static void reconnect(Database database) {
        execute("ALTER DATABASE " + name(database) + " ALLOW_CONNECTIONS true");
    }

    static void execute(String sql) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(Database database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
