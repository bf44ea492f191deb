package io.waybill.bench;

import io.waybill.ledger.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A new, empty store of one kind, gone when closed: an H2 file, or a database of a PostgreSQL of our own with its usual durability. */
final class Store implements AutoCloseable {
    final String kind;
    private final Path folder;
    private final @Nullable EmbeddedPostgres server;
    private final long postmaster;
    private int databases;

    /** @param kind {@code h2} or {@code postgres} */
    Store(String kind) throws IOException, SQLException {
        this.kind = kind;
        this.folder = Files.createTempDirectory("waybill-bench");
        this.server = kind.equals("postgres")
                ? EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start()
                : null;
        this.postmaster = server == null ? -1 : postmaster(server);
    }

    Database next() throws IOException, SQLException {
        String name = "bench" + ++databases;
        if (server == null) {
            return Database.embedded(Files.createDirectory(folder.resolve(name)));
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Database("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
    }

    /** The first process of a PostgreSQL; it is no child of this one. */
    Optional<ProcessHandle> server() {
        return server == null ? Optional.empty() : ProcessHandle.of(postmaster);
    }

    /** Its first process writes its number down. */
    private static long postmaster(EmbeddedPostgres server) throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Long.parseLong(Files.readAllLines(Path.of(row.getString(1), "postmaster.pid"))
                    .get(0)
                    .trim());
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
