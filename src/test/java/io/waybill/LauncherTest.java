package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher beside a jar, where Java is one of another age. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("waybill"), folder.resolve("waybill"));
        Files.createFile(folder.resolve("waybill.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openjdk version \"11.0.2\" 2019-01-15", "java version \"1.8.0_392\""})
    void an_older_java_is_named_with_what_is_needed(String version) throws Exception {
        assertThat(run(version))
                .contains("needs a JDK 17 or newer", folder + "/jdk/bin/java is Java", "ended with 2")
                .doesNotContain("-jar");
    }

    @Test
    void a_java_that_is_new_enough_runs_the_hub() throws Exception {
        assertThat(run("openjdk version \"25\" 2025-09-16")).contains("-jar", "run --config x", "ended with 0");
    }

    private String run(String version) throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then echo '%s' >&2; else echo "$@"; fi
                """.formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher =
                new ProcessBuilder("sh", folder.resolve("waybill").toString(), "run", "--config", "x");
        launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = launcher.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return told + "ended with " + process.waitFor();
    }
}
