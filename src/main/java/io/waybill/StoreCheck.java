package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.StoreDurability;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which store a hub would use, and what it costs there to be sure that nothing is lost. */
final class StoreCheck {
    private static final int TIMES = 9;
    private static final int PAGE = 4096;

    /** No disk can do it faster; what can is memory, or a disk that says yes too soon. */
    private static final long TOO_FAST_MICROS = 10;

    private StoreCheck() {}

    /**
     * What was found.
     *
     * @param facts one sentence
     * @param warnings what makes it doubtful
     */
    record Found(List<Problem> facts, List<Problem> warnings) {}

    /** @throws ProblemException when the store cannot be reached or does not keep what it acknowledges */
    static Found of(Settings settings) {
        DataFolder data = Written.dataFolder(settings);
        Database database = Written.database(settings, data);
        return database.isEmbedded() ? embedded(data) : postgres(database);
    }

    /** On a small database of its own beside the real one, which a hub may have open. */
    private static Found embedded(DataFolder data) {
        data.check();
        Path folder = data.path();
        if (!Files.isDirectory(folder)) {
            return new Found(List.of(Problem.of(CheckCode.STORE_NOT_MEASURED, "folder", folder)), List.of());
        }
        try {
            Path own = Files.createTempDirectory(folder, "check-");
            try {
                return measured(folder, own);
            } finally {
                remove(own);
            }
        } catch (IOException | SQLException e) {
            throw data.unusable(e);
        }
    }

    private static Found measured(Path folder, Path own) throws IOException, SQLException {
        long unforced = write(own, false);
        long forced = write(own, true);
        Problem fact = Problem.of(
                CheckCode.STORE_EMBEDDED,
                "folder",
                folder,
                "micros",
                sync(own),
                "forced",
                forced,
                "unforced",
                unforced);
        return new Found(
                List.of(fact),
                forced > TOO_FAST_MICROS
                        ? List.of()
                        : List.of(Problem.of(CheckCode.STORE_TOO_FAST, "folder", folder, "micros", forced)));
    }

    /** The median of a few writes of one page, in microseconds. */
    private static long write(Path folder, boolean force) throws IOException {
        Path file = folder.resolve("page-" + force);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long[] nanos = new long[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long before = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE));
                if (force) {
                    channel.force(true);
                }
                nanos[i] = System.nanoTime() - before;
            }
            return median(nanos);
        }
    }

    /** The median of a few commits with the sync that acknowledges them, in microseconds. */
    private static long sync(Path folder) throws SQLException {
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("sync");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n INT)");
            long[] nanos = new long[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long before = System.nanoTime();
                statement.execute("INSERT INTO t VALUES (" + i + ")");
                statement.execute("CHECKPOINT SYNC");
                nanos[i] = System.nanoTime() - before;
            }
            return median(nanos);
        }
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1_000;
    }

    private static Found postgres(Database database) {
        StoreDurability store = StoreDurability.of(database);
        List<Problem> problems = store.problems();
        if (!problems.isEmpty() && !database.forced()) {
            throw new ProblemException(problems);
        }
        Problem fact = Problem.of(
                problems.isEmpty() ? CheckCode.STORE_POSTGRES : CheckCode.STORE_POSTGRES_FORCED,
                "url",
                database.toldUrl(),
                "commit",
                store.synchronousCommit(),
                "fsync",
                store.fsync(),
                "pages",
                store.fullPageWrites());
        return new Found(
                List.of(fact),
                Stream.concat(problems.stream(), store.warnings().stream()).toList());
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
