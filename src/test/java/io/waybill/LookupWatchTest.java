package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of words that change while no document comes. */
class LookupWatchTest {
    @TempDir
    Path folder;

    @Test
    void a_table_that_is_broken_and_corrected_while_nobody_needs_it_is_known_as_it_is() throws IOException {
        write("code,service\nSTD,ground\n");
        Files.createDirectories(folder.resolve("fresh"));
        Files.writeString(folder.resolve("fresh/mapping.yaml"), """
                mapping: fresh
                version: 1
                writes: free
                reads: { format: json }
                lookups:
                  services: { file: services.csv, key: code, value: service }
                fields:
                  service: { from: svc, lookup: services }
                """);
        Mappings mappings = Mappings.load(folder, name -> null);
        assertThat(mappings.problems()).isEmpty();

        try (LookupWatch watch = new LookupWatch(List.of(mappings))) {
            watch.start();
            write("code,service\nSTD,\n");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !mappings.problems("fresh").isEmpty());
            assertThat(mappings.problems("fresh")).extracting(Problem::code).containsExactly("BAD_VALUE");

            write("code,service\nSTD,economy\n");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> mappings.problems("fresh").isEmpty());
        }
    }

    private void write(String table) throws IOException {
        Path lookups = Files.createDirectories(folder.resolve("lookups"));
        Files.writeString(lookups.resolve("services.csv"), table);
    }
}
