package io.waybill.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path folder;

    @Test
    void a_secret_comes_from_a_variable_or_a_file() throws IOException {
        Path file = secretFile("rw-------");
        Settings settings = read("a.token=env:TOKEN\nb.token=file:" + file, Map.of("TOKEN", "canary-1"));

        assertThat(settings.section("a").secret("token")).hasValue("canary-1");
        assertThat(settings.section("b").secret("token")).hasValue("canary-2");
        assertThat(settings.section("c").secret("token")).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void a_secret_in_the_settings_file_itself_is_refused_by_line_and_not_shown() throws IOException {
        Settings settings = read("x=1\na.token=canary", Map.of());

        assertThatThrownBy(() -> settings.section("a").secret("token"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("waybill.properties:2: a.token")
                .hasMessageNotContaining("canary");
    }

    @Test
    void the_environment_may_hold_the_secret_itself() throws IOException {
        Settings settings = read("a.token=", Map.of("WAYBILL_A_TOKEN", "canary"));

        assertThat(settings.section("a").secret("token")).hasValue("canary");
    }

    @Test
    void a_database_password_in_the_file_is_warned_of() throws IOException {
        Settings settings = read("db.password=canary", Map.of());

        assertThat(settings.section("db").password("password")).hasValue("canary");
        assertThat(settings.warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.toString()).contains("db.password").doesNotContain("canary"));
    }

    @Test
    void a_reference_that_leads_nowhere_is_named() throws IOException {
        Settings settings = read("a.token=env:NONE\nb.token=file:/nowhere/secret", Map.of());

        assertThatThrownBy(() -> settings.section("a").secret("token"))
                .hasMessageContaining("a.token")
                .hasMessageContaining("(env:…)");
        assertThatThrownBy(() -> settings.section("b").secret("token"))
                .hasMessageContaining("b.token")
                .hasMessageContaining("(file:…)");
    }

    @Test
    void a_file_others_may_write_is_refused_and_one_they_may_read_is_warned_of() throws IOException {
        Settings writable = read("a.token=file:" + secretFile("rw-rw-rw-"), Map.of());
        assertThatThrownBy(() -> writable.section("a").secret("token"))
                .hasMessageContaining("everyone on this machine may change")
                .hasMessageNotContaining("canary");

        Settings readable = read("a.token=file:" + secretFile("rw-r--r--"), Map.of());
        assertThat(readable.section("a").secret("token")).hasValue("canary-2");
        assertThat(readable.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .contains("everyone on this machine may read")
                        .doesNotContain("canary"));
    }

    private Path secretFile(String mode) throws IOException {
        Path file = folder.resolve("secret-" + mode.hashCode());
        Files.deleteIfExists(file);
        Files.writeString(file, "canary-2\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Settings read(String text, Map<String, String> environment) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("waybill.properties"), text), environment, Map.of());
    }
}
