package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as it is released, unpacked where nothing else is. Run by {@code -Pdist}. */
class HubUnpacked {
    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        run(folder, "tar", "xzf", System.getProperty("dist"));
        try (var unpacked = Files.list(folder)) {
            home = unpacked.findFirst().orElseThrow();
        }
    }

    @Test
    void what_was_unpacked_needs_no_source_and_no_build() throws Exception {
        assertThat(home.resolve("pom.xml")).doesNotExist();
        assertThat(home.resolve("waybill")).isExecutable();
        assertThat(run(home, "./waybill", "check", "--config", "config/waybill.properties"))
                .doesNotContain("Building");
        assertThat(home.resolve("waybill.jsa")).exists();
    }

    @Test
    void an_order_gets_its_label() throws Exception {
        assertThat(run(home, "./waybill", "demo", "--act", "rest"))
                .contains("201")
                .doesNotContain("\u2717");
    }

    @Test
    void the_unit_is_one_systemd_reads() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        String unit = Files.readString(home.resolve("waybill.service")).replace("/opt/waybill", home.toString());
        Path there = Files.writeString(folder.resolve("waybill.service"), unit);
        assertThat(run(folder, "systemd-analyze", "verify", there.toString())).isBlank();
    }

    private static String run(Path where, String... command) throws Exception {
        Path told = Files.createTempFile(folder, "told", ".txt");
        Process process = new ProcessBuilder(List.of(command))
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(told, StandardCharsets.UTF_8);
        Files.delete(told);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
