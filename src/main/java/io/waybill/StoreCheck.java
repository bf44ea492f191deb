package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.LedgerCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which store a hub would use, and what it costs there to be sure that nothing is lost. */
final class StoreCheck {
    private static final int SYNCS = 5;
    private static final int PATIENCE_SECONDS = 5;

    private StoreCheck() {}

    /** @throws ProblemException when the store cannot be reached or does not keep what it acknowledges */
    static List<Problem> of(Settings settings) {
        Path folder = Path.of(settings.section("waybill").get("data", "data"));
        Database database = Spine.database(settings, new DataFolder(folder));
        return List.of(database.isEmbedded() ? embedded(folder) : postgres(database));
    }

    /** On a small database of its own beside the real one, which a hub may have open. */
    private static Problem embedded(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Problem.of(CheckCode.STORE_NOT_MEASURED, "folder", folder);
        }
        try {
            Path own = Files.createTempDirectory(folder, "check-");
            try {
                return Problem.of(CheckCode.STORE_EMBEDDED, "folder", folder, "micros", sync(own));
            } finally {
                remove(own);
            }
        } catch (IOException | SQLException e) {
            throw new ProblemException(
                    Problem.of(HubCode.DATA_FOLDER_UNUSABLE, "path", folder, "why", e.toString()), e);
        }
    }

    /** The median of a few syncs, in microseconds. */
    private static long sync(Path folder) throws SQLException {
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("sync");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n INT)");
            long[] nanos = new long[SYNCS];
            for (int i = 0; i < SYNCS; i++) {
                statement.execute("INSERT INTO t VALUES (" + i + ")");
                long before = System.nanoTime();
                statement.execute("CHECKPOINT SYNC");
                nanos[i] = System.nanoTime() - before;
            }
            Arrays.sort(nanos);
            return nanos[SYNCS / 2] / 1_000;
        }
    }

    private static Problem postgres(Database database) {
        DriverManager.setLoginTimeout(PATIENCE_SECONDS);
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            String commit = show(connection, "synchronous_commit");
            String fsync = show(connection, "fsync");
            return Problem.of(CheckCode.STORE_POSTGRES, "url", database.url(), "commit", commit, "fsync", fsync);
        } catch (SQLException e) {
            throw new ProblemException(
                    Problem.of(
                            LedgerCode.LEDGER_UNREACHABLE,
                            "url",
                            database.url(),
                            "why",
                            String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            String value = rows.getString(1);
            if (value.equals("off")) {
                throw new ProblemException(
                        Problem.of(LedgerCode.LEDGER_NOT_DURABLE, "setting", setting, "value", value));
            }
            return value;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
