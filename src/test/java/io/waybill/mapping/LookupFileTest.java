package io.waybill.mapping;

import static io.waybill.Patience.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of words changes while it is used. */
class LookupFileTest {
    private final AtomicLong now = new AtomicLong(System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void a_changed_table_is_used_without_a_restart() throws Exception {
        Mapping mapping = mapping();
        assertThat(service(mapping, "STD")).isEqualTo("ground");

        Files.writeString(table(), "code,service\nSTD,economy\nNEW,express\n");

        assertThat(service(mapping, "STD")).as("nobody looks so soon").isEqualTo("ground");
        pass();
        assertThat(service(mapping, "STD")).as("it may still be being written").isEqualTo("ground");
        pass();
        assertThat(service(mapping, "STD")).isEqualTo("economy");
        assertThat(service(mapping, "NEW")).isEqualTo("express");
        assertThat(mapping.problems()).isEmpty();
    }

    @Test
    void a_table_may_be_saved_with_the_delimiter_of_its_country() throws Exception {
        Mapping mapping = mapping();
        Files.writeString(table(), "code;service\nSTD;economy\n");

        stands(mapping);

        assertThat(service(mapping, "STD")).isEqualTo("economy");
        assertThat(mapping.problems()).isEmpty();
    }

    @Test
    void a_broken_table_leaves_the_old_one_in_use_and_is_told_until_it_is_whole() throws Exception {
        Mapping mapping = mapping();
        Files.writeString(table(), "code,word\nSTD,economy\n");

        stands(mapping);

        assertThat(service(mapping, "STD")).isEqualTo("ground");
        assertThat(mapping.problems()).extracting(Problem::code).containsExactly("UNKNOWN_LOOKUP_COLUMN");
        assertThat(mapping.problems().get(0).toString()).contains("fresh/mapping.yaml:");

        Files.writeString(table(), "code,service\nSTD,overnight\n");
        stands(mapping);
        assertThat(service(mapping, "STD")).isEqualTo("overnight");
        assertThat(mapping.problems()).isEmpty();
    }

    @Test
    void a_table_that_went_away_is_used_as_it_was() throws Exception {
        Mapping mapping = mapping();
        Files.delete(table());

        stands(mapping);

        assertThat(service(mapping, "STD")).isEqualTo("ground");
        assertThat(mapping.problems()).isNotEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void who_needs_a_table_does_not_wait_for_who_looks_at_it_on_a_disk_that_does_not_answer() throws Exception {
        Mapping mapping = mapping();
        Files.delete(table());
        assertThat(new ProcessBuilder("mkfifo", table().toString()).start().waitFor())
                .isZero();
        Thread clock = new Thread(() -> {
            while (Files.exists(table())) {
                pass();
                mapping.lookAtLookups();
            }
        });
        clock.setDaemon(true);
        clock.start();
        await().until(() -> reads(clock));

        try {
            for (int needed = 0; needed < 3; needed++) {
                pass();
                assertThat(CompletableFuture.supplyAsync(() -> service(mapping, "STD")))
                        .succeedsWithin(LONG)
                        .isEqualTo("ground");
            }
        } finally {
            Path pipe = Files.move(table(), folder.resolve("pipe"));
            Files.newOutputStream(pipe).close();
            clock.join();
        }
    }

    private static boolean reads(Thread clock) {
        return Arrays.stream(clock.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(LookupFile.class.getName())
                        && frame.getMethodName().equals("read"));
    }

    @Test
    void a_row_that_is_not_written_to_its_end_says_nothing() throws Exception {
        Mapping mapping = mapping();
        Files.writeString(table(), "code,service\nSTD,economy\nNEW,\n,express\n");

        stands(mapping);

        assertThat(service(mapping, "STD")).isEqualTo("ground");
        assertThat(mapping.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "fresh/mapping.yaml:7: services.csv:3 service: \"\" cannot be used (expected NEW,word)",
                        "fresh/mapping.yaml:7: services.csv:4 code: \"\" cannot be used (expected word,express)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STD, ground", "STD ,ground ", " STD,\u00A0ground\u3000"})
    void words_lose_outer_spaces(String row) {
        Mapping mapping = mapping(row);
        assertThat(service(mapping, "STD")).isEqualTo("ground");
    }

    @Test
    void a_table_whose_file_is_not_read_is_refused() {
        assertThatThrownBy(() -> new Fresh(folder)
                        .file("lookups/services.csv", "code,service\nSTD,ground\n")
                        .get("""
                                writes: free
                                reads: { format: json }
                                lookups:
                                  services: { file: services.csv, key: code, value: service, values: { X: ground } }
                                fields:
                                  service: { from: svc, lookup: services }
                                """))
                .hasMessageContaining("fresh/mapping.yaml:6")
                .hasMessageContaining("file: \"services.csv\" cannot be used (expected values | file, key, value)");
    }

    private Mapping mapping() {
        return mapping("STD,ground");
    }

    private Mapping mapping(String row) {
        Mapping mapping = new Fresh(folder)
                .file("lookups/services.csv", "code,service\n" + row + "\n")
                .get("""
                        writes: free
                        reads: { format: json }
                        unmapped: off
                        lookups:
                          services: { file: services.csv, key: code, value: service, onMissing: empty }
                        fields:
                          service: { from: svc, lookup: services }
                        """);
        mapping.lookBy(now::get);
        return mapping;
    }

    /** More than lies between two looks. */
    private void pass() {
        now.addAndGet(Duration.ofSeconds(3).toNanos());
    }

    /** Seen to have changed, and at the next look to stand still. */
    private void stands(Mapping mapping) {
        for (int look = 0; look < 2; look++) {
            pass();
            mapping.lookAtLookups();
        }
    }

    private Path table() {
        return folder.resolve("lookups/services.csv");
    }

    private static String service(Mapping mapping, String word) {
        Result.Mapped mapped = (Result.Mapped) Fresh.apply(mapping, "{\"svc\": \"" + word + "\"}");
        return mapped.tree().path("service").asText();
    }

    @Test
    void a_number_is_looked_up_by_its_value() {
        Mapping mapping = new Fresh(folder)
                .get(
                        "writes: free\nreads: { format: json }\nlookups:\n"
                                + "  ways: { values: { 1: ground, 10: express }, onMissing: empty }\nfields: { way: { from: a, lookup: ways } }\n");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": 1.0}"))).isEqualTo("{\"way\":\"ground\"}");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": 1e1}"))).isEqualTo("{\"way\":\"express\"}");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": \"1.0\"}"))).isEqualTo("{}");
    }
}
