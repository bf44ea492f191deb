package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archived files go by their age. */
class OldFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path data;

    @Test
    void what_was_kept_long_enough_goes_and_the_rest_stays() throws Exception {
        Path old = file("archive/2026-01-01/a.csv", 40);
        Path receipt = file("failed/2026-01-02/b.csv", 31);
        Path young = file("archive/2026-11-20/c.csv", 4);
        Path elsewhere = file("work/d.csv", 40);

        assertThat(new OldFiles(data).forget(NOW.minus(Duration.ofDays(30)))).isEqualTo(2);

        assertThat(old).doesNotExist();
        assertThat(receipt).doesNotExist();
        assertThat(young).exists();
        assertThat(elsewhere).exists();
    }

    @Test
    void an_archive_that_was_moved_to_another_disk_by_a_link_is_forgotten_too() throws Exception {
        Path old = file("disk/2026-01-01/a.csv", 40);
        Files.createSymbolicLink(data.resolve("archive"), data.resolve("disk"));

        assertThat(new OldFiles(data).forget(NOW.minus(Duration.ofDays(30)))).isEqualTo(1);

        assertThat(old).doesNotExist();
    }

    @Test
    void one_that_cannot_be_deleted_keeps_no_other() throws Exception {
        Path stuck = file("archive/2026-01-01/a.csv", 40);
        Path next = file("archive/2026-01-02/b.csv", 40);
        Path upload = file("uploads/c.csv", 40);
        assumeTrue(attribute("+i", stuck), "no file can be made to stay here");
        try {
            assertThat(new OldFiles(data).forget(NOW.minus(Duration.ofDays(30))))
                    .isEqualTo(2);

            assertThat(stuck).exists();
            assertThat(next).doesNotExist();
            assertThat(upload).doesNotExist();
        } finally {
            attribute("-i", stuck);
        }
    }

    private Path file(String name, int days) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
    }

    private static boolean attribute(String change, Path file) throws InterruptedException {
        try {
            return new ProcessBuilder("chattr", change, file.toString())
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
