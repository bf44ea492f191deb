package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The commands of {@code docs/backup.md} that put a dump back, on a machine that has them. */
public final class PgManual {
    private PgManual() {}

    public static boolean isPossible() {
        return Stream.of("psql", "createdb", "pg_dump", "pg_restore").allMatch(PgManual::isThere);
    }

    /** In the place of this database, on which nobody runs. */
    public static void putBack(Database database, Path dump) throws Exception {
        for (String command : manual(Stores.name(database), dump)) {
            run(database, command);
        }
    }

    /** What docs/backup.md says, of this database and dump. */
    private static List<String> manual(String database, Path dump) throws Exception {
        return Files.readAllLines(Path.of("docs/backup.md")).stream()
                .filter(line -> line.matches(" {4}(psql|createdb|pg_restore) .*"))
                .map(line -> line.replaceFirst("#.*", "").strip())
                .map(line -> line.replace("waybill-….dump", dump.toString())
                        .replaceAll("\\bwaybill(_replaced)?\\b(?![.-])", database + "$1"))
                .toList();
    }

    private static void run(Database database, String command) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" (?=([^\"]*\"[^\"]*\")*[^\"]*$)")) {
            words.add(word.replace("\"", ""));
        }
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        process.environment().put("PGHOST", "localhost");
        process.environment().put("PGPORT", database.url().replaceAll(".*:(\\d+)/.*", "$1"));
        process.environment().put("PGUSER", database.user());
        process.environment().put("PGPASSWORD", database.password());
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), UTF_8);
        assertThat(running.waitFor()).as(command + "\n" + said).isZero();
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
