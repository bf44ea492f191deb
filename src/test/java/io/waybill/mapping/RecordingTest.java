package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.format.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded test leaves what is there as it is. */
class RecordingTest {
    private static final String HEAD = "writes: free\nreads: { format: json }\nfields:\n  x: { from: a }\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests:\n- { name: one, input: one.json, expect: one.out.json }\n",
                "tests:\n  # of a comment\n\n  - name: one\n    input: one.json\n    expect: one.out.json\n",
                "tests:\n      - { name: one, input: one.json, expect: one.out.json }\nunmapped: off\n",
                "tests:\n- { name: one, input: one.json, expect: one.out.json }\nunmapped: off\n",
                "unmapped: off\n"
            })
    void its_line_stands_as_far_in_as_the_others(String tests) {
        Fresh fresh =
                new Fresh(directory).file("fresh/one.json", "{\"a\": 1}").file("fresh/one.out.json", "{\"x\": 1}");
        Mapping mapping = fresh.get(HEAD + tests);

        Recording.write(mapping, "Two lines", Formats.json("{\"a\": 2}", "two"), List.of());

        Mappings after = fresh.load();
        assertThat(after.problems()).isEmpty();
        assertThat(MapCheck.run(after.get("fresh")))
                .hasSize(mapping.samples().size() + 1)
                .allMatch(MapCheck.TestResult::passed)
                .anyMatch(result -> result.test().equals("Two lines"));
    }

    @Test
    void what_another_test_wants_is_never_written_over() throws IOException {
        Fresh fresh = new Fresh(directory)
                .file("fresh/two-lines.csv", "a\n1\n")
                .file("fresh/two-lines.expected.json", "{\"x\": \"1\"}");
        Mapping mapping = fresh.get("writes: free\nreads: { format: csv }\nfields:\n  x: { from: a }\n"
                + "tests:\n  - { name: two rows, input: two-lines.csv, expect: two-lines.expected.json }\n");

        assertThatThrownBy(() -> Recording.write(mapping, "Two lines", Formats.json("{\"a\": 2}", "two"), List.of()))
                .hasMessageContaining("there is a test or a file called \"Two lines\" already");
        assertThat(Files.readString(directory.resolve("fresh/two-lines.expected.json")))
                .isEqualTo("{\"x\": \"1\"}");
    }
}
