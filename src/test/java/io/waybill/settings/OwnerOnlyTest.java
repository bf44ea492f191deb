package io.waybill.settings;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What names people is nobody else's to read. */
@DisabledOnOs(OS.WINDOWS)
class OwnerOnlyTest {
    @TempDir
    Path folder;

    @Test
    void a_new_folder_is_its_owners_and_one_that_is_there_stays_as_somebody_made_it() throws IOException {
        Path there = Files.createDirectory(
                folder.resolve("there"), PosixFilePermissions.asFileAttribute(fromString("rwxr-x---")));

        assertThat(rights(OwnerOnly.folder(folder.resolve("new/data")))).isEqualTo("rwx------");
        assertThat(rights(OwnerOnly.folder(there))).isEqualTo("rwxr-x---");
    }

    @Test
    void a_folder_that_is_there_is_not_made_anew_which_the_root_of_a_drive_refuses() throws IOException {
        Path refuses = Path.of(URI.create("jrt:/"));

        assertThat(OwnerOnly.folder(refuses)).isEqualTo(refuses);
    }

    @Test
    void a_file_is_its_owners_before_anything_is_in_it() throws IOException {
        Path leftover = Files.createFile(folder.resolve("left"));
        Files.setPosixFilePermissions(leftover, fromString("rw-r--r--"));

        OwnerOnly.file(leftover);
        OwnerOnly.file(folder.resolve("new"));

        assertThat(rights(leftover)).isEqualTo("rw-------");
        assertThat(rights(folder.resolve("new"))).isEqualTo("rw-------");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
