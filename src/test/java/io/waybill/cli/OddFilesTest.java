package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.HubWiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are given what is no file, or a database that is none. */
class OddFilesTest {
    private static final Path NOTHING = Path.of("/dev/null");

    @TempDir
    Path folder;

    private Path config;

    private record Said(int code, String err) {}

    @BeforeEach
    void configure() throws IOException {
        config = settings("");
    }

    @Test
    @Timeout(60)
    void a_pipe_is_refused_where_a_file_is_read_twice() throws Exception {
        Path pipe = folder.resolve("pipe.csv");
        assumeTrue(isMade(pipe), "a machine with mkfifo");
        for (List<String> words : List.of(
                List.of("map", "run", "acme-orders", pipe.toString()),
                List.of("map", "coverage", "acme-orders", pipe.toString()),
                List.of("rates", pipe.toString()),
                List.of("readiness", pipe.toString()),
                List.of("assess", pipe.toString()),
                List.of("import", pipe.toString(), "--source", "local", "--dry-run"),
                List.of("restore", pipe.toString(), "--force"))) {
            Said said = run(words);
            assertThat(said.code()).as(said.toString()).isOne();
            assertThat(said.err()).contains(pipe + ": this is a pipe or a device", "Write it into a file first");
        }
    }

    @Test
    void what_is_read_once_may_come_from_a_device() {
        assumeTrue(Files.exists(NOTHING), "a machine with /dev/null");
        Said said = run(List.of("reconcile", NOTHING.toString(), "--carrier", "ups", "--account", "sandbox"));
        assertThat(said.err()).isNotEmpty().doesNotContain("this is a pipe or a device");
    }

    @Test
    void a_backup_that_cannot_be_read_is_not_told_to_be_none() {
        for (Path none : List.of(folder, folder.resolve("none.zip"))) {
            Said said = run(List.of("restore", none.toString(), "--force"));
            assertThat(said.code()).isOne();
            assertThat(said.err()).contains(none + ": this file cannot be read").doesNotContain("not a backup");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account list", "run", "check"})
    void an_address_that_is_no_databases_is_told_with_what_it_may_be(String command) throws Exception {
        config = settings("waybill.db.url=jdbc:postgres://localhost/waybill\n");
        Said said = run(List.of(command.split(" ", -1)));
        assertThat(said.code()).as(said.toString()).isOne();
        assertThat(said.err()).contains("waybill.db.url", "jdbc:postgresql://HOST/DATABASE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account list", "check"})
    void a_database_whose_host_is_not_known_is_told_so(String command) throws Exception {
        config = settings("waybill.db.url=jdbc:postgresql://no.such.host.invalid/waybill\n");
        Said said = run(List.of(command.split(" ", -1)));
        assertThat(said.code()).as(said.toString()).isOne();
        assertThat(said.err()).contains("the host no.such.host.invalid is not known");
    }

    /** As one in Chinese has where the Java machine names files in ASCII. */
    @ParameterizedTest
    @ValueSource(strings = {"account list", "run", "check"})
    void a_folder_whose_name_no_file_can_have_is_told_by_that_name(String command) throws Exception {
        config = settings("", "no\\u0000where");
        Said said = run(List.of(command.split(" ", -1)));
        assertThat(said.code()).as(said.toString()).isOne();
        assertThat(said.err())
                .contains("where: no file can have this name here", "LC_ALL=C.UTF-8")
                .doesNotContain("\tat ");
    }

    @Test
    void a_database_that_another_hub_has_is_told_by_its_file() throws Exception {
        assertThat(run(List.of("keys", "create", "--person", "Jo")).code()).isZero();
        Path database = folder.resolve("data/waybill.mv.db");
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Said said = run(List.of("account", "list"));
            assertThat(said.err())
                    .contains("the database " + database + " is in use")
                    .doesNotContain("jdbc:");
        }
    }

    private Path settings(String more) throws IOException {
        return settings(more, folder.resolve("data").toString());
    }

    private Path settings(String more, String data) throws IOException {
        return Files.writeString(
                folder.resolve("waybill.properties"),
                """
                waybill.data=%s
                waybill.http.port=0
                waybill.mappings.dir=mappings
                waybill.routes.dir=%s
                account.sandbox.adapter=sandbox
                defaults.namespace=acme
                """.formatted(data, Files.createDirectories(folder.resolve("routes"))) + more);
    }

    private static boolean isMade(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    private Said run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--config", config.toString()));
        int code = Commands.run(
                all.toArray(String[]::new), new HubWiring(), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Said(code, err.toString());
    }
}
