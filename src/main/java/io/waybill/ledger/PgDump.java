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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code pg_dump} of a database that JDBC names; its password goes by the environment, never by the command line.
 *
 * @param hosts of one server, or of several of which the primary is asked, with commas between
 * @param ports as many
 * @param said what the address says besides, by its name there
 */
record PgDump(String hosts, String ports, String name, String user, String password, Map<String, String> said) {
    private static final int LONGEST_WORDS = 500;

    /** {@code jdbc:postgresql://host:port,host/name?…}, {@code jdbc:postgresql:name}. */
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/?)?([^?]*)\\??(.*)");

    /** How the server is known, which JDBC and pg_dump say by the same words. */
    private static final Map<String, String> TLS = Map.of(
            "sslmode", "PGSSLMODE", "sslrootcert", "PGSSLROOTCERT", "sslcert", "PGSSLCERT", "sslkey", "PGSSLKEY");

    /** A key in a store of Java's, which pg_dump cannot read: what its own environment says is left. */
    private static final Pattern OF_JAVA = Pattern.compile("(?i)\\.(p12|pfx)$");

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
                database.password(),
                said(address.group(3)));
    }

    private static Map<String, String> said(String parameters) {
        Map<String, String> said = new TreeMap<>();
        for (String parameter : parameters.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            said.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return said;
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

    /** With the same trust as JDBC: left to itself pg_dump gives any server the password. What a factory of Java's trusts it does not know. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of("PGPASSWORD", password));
        if (hosts.contains(",")) {
            environment.put("PGTARGETSESSIONATTRS", "read-write");
        }
        if (!said.containsKey("sslfactory")) {
            String ssl = said.getOrDefault("ssl", "false");
            if (ssl.isEmpty() || ssl.equals("true")) {
                environment.put("PGSSLMODE", "verify-full");
            }
            TLS.forEach((name, variable) -> Optional.ofNullable(said.get(name))
                    .filter(value -> !OF_JAVA.matcher(value).find())
                    .ifPresent(value -> environment.put(variable, value)));
        }
        return environment;
    }

    /** @throws ProblemException {@code backup-needs-pg-dump} when there is none on this machine */
    void into(Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command(file))).redirectErrorStream(true);
        builder.environment().putAll(environment());
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
