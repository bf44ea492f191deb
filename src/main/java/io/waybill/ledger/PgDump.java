package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code pg_dump} of a database that JDBC names; its password goes by the environment, never by the command line.
 *
 * @param hosts of one server, or of several of which the primary is asked, with commas between
 * @param ports as many
 */
record PgDump(String hosts, String ports, String name, String user, String password) {
    private static final int LONGEST_WORDS = 500;

    /** {@code jdbc:postgresql://host:port,host/name?…}, {@code jdbc:postgresql:name}. */
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/?)?([^?]*).*");

    private static final Pattern SERVER = Pattern.compile("\\[?([^\\[\\]]*?)]?(?::(\\d+))?");

    static PgDump of(Database database) {
        Matcher address = ADDRESS.matcher(database.url());
        if (!address.matches()) {
            throw new IllegalArgumentException(database.toldUrl());
        }
        String[] servers = Objects.requireNonNullElse(address.group(1), "").split(",");
        String name = URLDecoder.decode(address.group(2), StandardCharsets.UTF_8);
        return new PgDump(
                each(servers, 1, "localhost"),
                each(servers, 2, "5432"),
                name.isEmpty() ? database.user() : name,
                database.user(),
                database.password());
    }

    private static String each(String[] servers, int part, String otherwise) {
        return Arrays.stream(servers)
                .map(SERVER::matcher)
                .map(server -> server.matches() ? server.group(part) : null)
                .map(said -> said == null || said.isEmpty() ? otherwise : said)
                .collect(Collectors.joining(","));
    }

    /** As a person would type it. */
    List<String> command(Path file) {
        return List.of(
                "pg_dump",
                "--format=custom",
                "--host=" + hosts,
                "--port=" + ports,
                "--username=" + user,
                "--no-password",
                "--file=" + file,
                name);
    }

    /** @throws ProblemException {@code backup-needs-pg-dump} when there is none on this machine */
    void into(Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command(file))).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        if (hosts.contains(",")) {
            builder.environment().put("PGTARGETSESSIONATTRS", "read-write");
        }
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
