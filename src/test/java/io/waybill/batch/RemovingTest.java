package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a dropped file in its folder once it was taken in. */
class RemovingTest {
    @TempDir
    Path folder;

    @Test
    void one_that_cannot_be_removed_is_told_by_its_name_and_why() throws Exception {
        Path stuck = Files.createDirectory(folder.resolve("orders.csv"));
        Files.writeString(stuck.resolve("x"), "x");
        IncomingFile.Original original = IncomingFile.Original.of(stuck);

        assertThatThrownBy(() -> Batch.remove(original)).isInstanceOfSatisfying(ProblemException.class, told -> {
            assertThat(told.problems().get(0).code()).isEqualTo("file-not-removed");
            assertThat(told.problems().get(0).sentence(Locale.ENGLISH)).contains("orders.csv was taken in");
        });
    }

    @Test
    void one_that_took_its_name_meanwhile_stays() throws Exception {
        Path file = Files.writeString(folder.resolve("orders.csv"), "one");
        IncomingFile.Original original = IncomingFile.Original.of(file);
        Files.writeString(file, "another");

        Batch.remove(original);

        assertThat(file).hasContent("another");
    }
}
