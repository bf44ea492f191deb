package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump is put back by the manual's own commands, on a server that has them. */
class PgRestoreTest {
    @TempDir
    Path folder;

    @Test
    void a_dump_from_before_an_upgrade_is_put_back_whole_as_the_manual_says() throws Exception {
        assumeTrue(Stream.of("psql", "createdb", "pg_dump", "pg_restore").allMatch(PgRestoreTest::isThere));
        Database database = Stores.postgres();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            give(ledger, "before");
        }
        Path dump = folder.resolve("waybill.dump");
        PgDump.of(database).into(dump);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            give(ledger, "in the lost time");
        }
        Stores.execute(database, "CREATE TABLE of_a_newer_hub (name VARCHAR(200) REFERENCES control_number)");

        for (String command : manual(Stores.name(database), dump)) {
            run(database, command);
        }

        assertThat(Stores.count(database, "control_number")).isEqualTo(1);
        assertThat(Stores.count(database, "pg_tables WHERE tablename = 'of_a_newer_hub'"))
                .isZero();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Restore.mark(ledger, "waybill.dump", "ops");
            assertThat(give(ledger, "after")).isEqualTo(1_001);
        }
    }

    private static long give(Ledger ledger, String name) {
        return ledger.commit(tx -> tx.controlNumbers().give(name, "evt_1")).number();
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
