package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start the launcher has made once a build, before anybody waits for one. */
class WarmUpTest {
    @TempDir
    Path folder;

    @Test
    void a_hub_starts_and_ends_in_the_folder_given_and_help_does_not_offer_it() {
        assertThat(CommandRun.of("warm-up", folder.toString(), "--home", "."))
                .returns(0, CommandRun::code)
                .returns("", CommandRun::err);
        assertThat(folder.resolve("data/waybill.mv.db")).exists();
        assertThat(CommandRun.of("--help").out()).doesNotContain("warm-up");
    }
}
