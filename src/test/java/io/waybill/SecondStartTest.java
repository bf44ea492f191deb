package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
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
}
