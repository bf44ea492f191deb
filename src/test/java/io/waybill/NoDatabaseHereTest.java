package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that looks for its hub in the wrong folder changes nothing there and says so. */
class NoDatabaseHereTest {
    @TempDir
    Path folder;

    private Path data;
    private Path config;
    private Path sheet;

    @BeforeEach
    void settings() throws IOException {
        data = folder.resolve("data");
        sheet = Files.writeString(folder.resolve("orders.json"), "[]");
        config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%1$s/data
                waybill.routes.dir=%1$s
                waybill.http.port=0
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                service.ground=sandbox:ground
                defaults.namespace=acme
                """.formatted(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account list",
                "account off --all",
                "account on sandbox",
                "accruals --as-of 2026-11-01",
                "audit",
                "backup",
                "erase --namespace acme",
                "exceptions",
                "exceptions retry exc_1",
                "exceptions resolve exc_1 --action buy-anyway --reason x",
                "import SHEET --source local --commit",
                "import SHEET --source local --shipments",
                "keys list",
                "keys revoke key_1",
                "profile acme",
                "readiness --source acme",
                "reconcile SHEET --carrier ups --account sandbox",
                "replay dlv_1",
                "replay --rejected",
                "restore --done",
                "restore --mark",
                "rollout show acme",
                "shadow acme"
            })
    void what_is_of_a_hub_that_works_is_refused_where_no_database_is(String words) {
        CommandRun run = run(words);

        assertThat(run.code()).as(run.out() + run.err()).isOne();
        assertThat(run.err())
                .contains("there is no database in " + data + "; nothing was done")
                .contains("--config", "./waybill run");
        assertThat(run.out()).isEmpty();
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keys create --name first --scopes admin", "import SHEET --source local --dry-run", "rates SHEET"
            })
    void what_a_new_hub_may_begin_with_says_where_it_begins(String words) {
        assertThat(run(words).err()).contains("There was no database in " + data + ": a new one is begun there.");
        assertThat(data.resolve("waybill.mv.db")).isNotEmptyFile();
        assertThat(run(words).err()).doesNotContain("a new one is begun");
        assertThat(run("account list").out()).contains("sandbox (sandbox) is on");
    }

    @Test
    void a_restore_says_into_which_folder_and_that_it_replaced_nothing() {
        Hub.start(Settings.read(config, Map.of(), Map.of())).close();
        Path backup = folder.resolve("monday.zip");
        assertThat(run("backup --to " + backup).code()).isZero();
        assertThat(run("restore " + backup + " --force").out())
                .contains("is kept as", "Restored from " + backup + " into " + data + ".")
                .doesNotContain("There was no database");

        Path other = folder.resolve("other");
        CommandRun run = CommandRun.of(
                "restore",
                backup.toString(),
                "--force",
                "--lang",
                "en",
                "--config",
                elsewhere(other).toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("There was no database in " + other, "into " + other + ".");
    }

    private Path elsewhere(Path other) {
        try {
            String text = Files.readString(config).replace(data.toString(), other.toString());
            return Files.writeString(folder.resolve("other.properties"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private CommandRun run(String words) {
        List<String> given = List.of(words.replace("SHEET", sheet.toString()).split(" "));
        return CommandRun.of(Stream.concat(given.stream(), Stream.of("--lang", "en", "--config", config.toString()))
                .toArray(String[]::new));
    }
}
