package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is begun again in a folder where one runs. */
class SecondStartTest {
    @TempDir
    Path folder;

    @Test
    void it_is_told_that_a_hub_runs_there_and_not_that_a_port_is_taken() {
        int sandbox = FreePort.next();
        String settings = """
                waybill.data=%1$s/data
                waybill.routes.dir=%1$s/routes
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                """.formatted(folder, sandbox);
        try (Hub first = Hub.start(Settings.of(settings))) {
            assertThat(first.port()).isPositive();

            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> Hub.start(Settings.of(settings)));

            assertThat(refused).hasMessageContaining("a hub runs on " + folder.resolve("data"));
        }
    }

    @Test
    void while_the_first_is_still_starting_it_is_told_that_one_starts_there() throws Exception {
        DataFolder data = DataFolder.open(folder.resolve("data"));
        int port = FreePort.next();
        Settings settings = Settings.of(
                "waybill.data=%s\nwaybill.sandbox.start=true\nwaybill.sandbox.port=%d\n".formatted(data.path(), port));
        OwnSandbox sandbox = OwnSandbox.read(settings.section("waybill").section("sandbox"));
        try (HubLock first = HubLock.take(data);
                AutoCloseable its = sandbox.open(data, first).orElseThrow()) {
            assertThat(its).isNotNull();
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> Hub.start(settings));

            assertThat(refused).hasMessageContaining("another hub is starting or stopping on " + data.path());
        }
    }

    @Test
    void a_port_that_somebody_else_has_is_told_as_that() throws Exception {
        DataFolder data = DataFolder.open(folder.resolve("data"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = Settings.of("waybill.data=%s\nwaybill.sandbox.start=true\nwaybill.sandbox.port=%d\n"
                    .formatted(data.path(), other.getLocalPort()));

            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> Hub.start(settings));

            assertThat(refused).hasMessageContaining("cannot start on port " + other.getLocalPort());
        }
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_told_as_that_and_not_as_a_port() throws Exception {
        DataFolder data = DataFolder.open(folder.resolve("data"));
        Files.createDirectories(data.sandboxBook());
        Settings settings = Settings.of("waybill.data=%s\nwaybill.sandbox.start=true\nwaybill.sandbox.port=%d\n"
                .formatted(data.path(), FreePort.next()));

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> Hub.start(settings));

        assertThat(refused).hasMessageContaining("the data folder " + data.path() + " cannot be used");
    }
}
