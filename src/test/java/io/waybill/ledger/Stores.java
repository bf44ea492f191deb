package io.waybill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.TestFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileUtils;

/**
 * Real stores for tests: H2 files, and one PostgreSQL for the whole run with a fresh database for each caller. Each is a
 * copy of one that was migrated once.
 */
public final class Stores {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Stores() {}

    /** The one in this folder, or a fresh one. */
    public static Database h2(Path folder) {
        Path file = folder.resolve("waybill.mv.db");
        if (!Files.exists(file)) {
            try {
                Files.createDirectories(folder);
                Files.copy(MigratedFile.FILE, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Database.embedded(folder);
    }

    /** A fresh one of H2 in this process alone, whose file is in memory. */
    public static Database memory() {
        String file = "nioMemFS:waybill" + NAMES.incrementAndGet();
        try (OutputStream copy = FileUtils.newOutputStream(file + ".mv.db", false)) {
            Files.copy(MigratedFile.FILE, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Database("jdbc:h2:" + file, "sa", "");
    }

    public static Database postgres() {
        String name = "waybill" + NAMES.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + Server.MIGRATED);
        return at(Server.RUNNING, name);
    }

    /** As it is now, beside it; nobody may have it open. */
    public static Database copy(Database database) {
        if (database.isEmbedded()) {
            try {
                Path file = Path.of(database.url().replaceFirst("^jdbc:h2:(halting:)?([^;]+).*", "$2.mv.db"));
                Path folder = Files.createDirectories(file.resolveSibling("copy" + NAMES.incrementAndGet()));
                Files.copy(file, folder.resolve("waybill.mv.db"));
                return Database.embedded(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String name = "waybill" + NAMES.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + name(database));
        return at(Server.RUNNING, name);
    }

    /** One that no hub has opened yet. */
    static Database emptyPostgres() {
        String name = "waybill" + NAMES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return at(Server.RUNNING, name);
    }

    private static Database at(EmbeddedPostgres server, String name) {
        return new Database("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
    }

    private static void migrate(Database database) {
        try (HikariDataSource pool = database.open()) {
            new Schema(database).bringUp(pool);
        }
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
        execute(Server.RUNNING, sql);
    }

    static void execute(Database database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows a table has. */
    static long count(Database database, String table) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(Database database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static final class MigratedFile {
        static final Path FILE = make();

        private static Path make() {
            Path folder = TestFolders.fresh("store");
            migrate(Database.embedded(folder));
            Path file = folder.resolve("waybill.mv.db");
            file.toFile().deleteOnExit();
            return file;
        }
    }

    private static final class Server {
        static final String MIGRATED = "migrated";
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(TestFolders.fresh("postgres"))
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                execute(server, "CREATE DATABASE " + MIGRATED);
                migrate(at(server, MIGRATED));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
