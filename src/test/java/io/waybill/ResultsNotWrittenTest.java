package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.CommandProcess.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose results go where nothing can be written, or where nobody reads on. */
class ResultsNotWrittenTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void a_command_whose_results_found_no_room_says_so_and_ends_with_1() throws Exception {
        assumeTrue(Files.exists(FULL), "a machine with a device that is always full");

        Ended ended = CommandProcess.run(folder, Redirect.to(FULL.toFile()), "help");

        assertThat(ended.code()).as(ended.err()).isOne();
        assertThat(ended.err())
                .contains("could not be written", "No space left")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void whoever_reads_no_further_has_read_enough() throws Exception {
        Process command = CommandProcess.builder("map", "check", "--config", config().toString())
                .start();
        command.getOutputStream().close();
        command.getInputStream().close();

        assertThat(told(command.getErrorStream())).doesNotContain("written", "Exception");
        assertThat(command.waitFor()).isZero();
    }

    private Path config() throws IOException {
        Path none = Files.createDirectories(folder.resolve("none"));
        return Files.writeString(
                folder.resolve("waybill.properties"),
                "waybill.mappings.dir=%1$s%nwaybill.carriers.dir=%1$s%n".formatted(none));
    }

    private static String told(InputStream err) throws IOException {
        return new String(err.readAllBytes(), StandardCharsets.UTF_8);
    }
}
