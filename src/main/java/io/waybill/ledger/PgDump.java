package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pg_dump} of a database that JDBC names; its password goes by the environment, never by the command line. */
record PgDump(String host, int port, String name, String user, String password) {
    private static final int DEFAULT_PORT = 5432;
    private static final int LONGEST_WORDS = 500;

    static PgDump of(Database database) {
        URI url = URI.create(database.url().substring("jdbc:".length()));
        String name = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        return new PgDump(
                url.getHost() == null ? "localhost" : url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                name.isEmpty() ? database.user() : name,
                database.user(),
                database.password());
    }

    /** As a person would type it. */
    List<String> command(Path file) {
        return List.of(
                "pg_dump",
                "--format=custom",
                "--host=" + host,
                "--port=" + port,
                "--username=" + user,
                "--no-password",
                "--file=" + file,
                name);
    }

    /** @throws ProblemException {@code backup-needs-pg-dump} when there is none on this machine */
    void into(Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command(file))).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process;
        try {
            process = builder.start();
        } catch (IOException notHere) {
            throw new ProblemException(
                    Problem.of(LedgerCode.BACKUP_NEEDS_PG_DUMP, "command", String.join(" ", command(file))), notHere);
        }
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = wait(process);
        if (exit != 0) {
            throw new IOException("pg_dump ended with " + exit + ": " + Shortened.to(LONGEST_WORDS, words));
        }
    }

    private static int wait(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
