package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Stores;
import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a hub lays into its data folder is its user's alone, whatever it is. */
@DisabledOnOs(OS.WINDOWS)
class DataFolderRightsTest {
    @TempDir
    Path folder;

    @Test
    void every_file_and_folder_of_a_hub_that_sold_a_label_is_its_owners_alone() throws Exception {
        Path data = folder.resolve("data");
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "")) {
            hub.drop("FILE-1");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.statusOf("FILE-1").equals("labelled"));

            assertThat(data.resolve("sandbox-book.jsonl")).isNotEmptyFile();
            assertThat(openToOthers(data)).isEmpty();
        }
    }

    private Set<String> openToOthers(Path data) throws IOException {
        Set<String> open = new TreeSet<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.toList()) {
                String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (!rights.equals(Files.isDirectory(path) ? "rwx------" : OwnerOnly.FILE)) {
                    open.add(data.relativize(path) + " " + rights);
                }
            }
        }
        return open;
    }
}
