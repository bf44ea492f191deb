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
    void an_order_that_is_called_off_or_waits_is_recorded_as_that_and_no_other_end_passes() throws IOException {
        String ends = """
                writes: order/1
                reads: { format: json }
                cancel: { when: { from: state, in: [off] }, reason: called off }
                hold: { when: { from: state, in: [wait] }, reason: taken back }
                skip: { when: { from: state, in: [draft] }, reason: not released }
                fields:
                  orderId: no
                  reference: ref
                  shipTo.name: { const: Jane Roe }
                  shipTo.line1: { const: Main St 1 }
                  shipTo.city: { const: Austin }
                  shipTo.country: { const: US }
                """;
        Fresh fresh = new Fresh(directory);
        Mapping mapping = fresh.get(ends);
        for (String state : List.of("off", "wait", "draft")) {
            String text = "{\"no\": \"A1\", \"state\": \"" + state + "\", \"ref\": \"x\"}";
            Recording.write(mapping, state, Formats.json(text, state), List.of());
            mapping = fresh.load().get("fresh");
        }

        assertThat(mapping.text())
                .contains("name: \"off\", input: off.document.json, expectNone: cancelled }")
                .contains("expectNone: held }")
                .contains("expectNone: skipped }");
        assertThat(MapCheck.run(mapping)).hasSize(3).allMatch(MapCheck.TestResult::passed);

        fresh.file("fresh/wait.document.json", "{\"no\": \"A1\", \"state\": \"off\", \"ref\": \"x\"}");
        assertThat(MapCheck.run(mapping))
                .filteredOn(result -> !result.passed())
                .singleElement()
                .satisfies(result -> assertThat(result.problems().get(0).values())
                        .containsEntry("wanted", "held")
                        .containsEntry("got", "cancelled"));
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

    @Test
    void a_name_in_chinese_is_a_name_and_its_files_are_numbered() {
        Fresh fresh = new Fresh(directory);
        Mapping mapping = fresh.get(HEAD);
        for (String name : List.of("加急", "到付")) {
            Recording.write(mapping, name, Formats.json("{\"a\": 2}", "two"), List.of());
            mapping = fresh.load().get("fresh");
        }

        Mapping recorded = mapping;
        assertThat(directory.resolve("fresh/recorded-2.document.json")).exists();
        assertThat(MapCheck.run(recorded))
                .allMatch(MapCheck.TestResult::passed)
                .extracting(MapCheck.TestResult::test)
                .containsExactly("加急", "到付");
        assertThatThrownBy(() -> Recording.write(recorded, "到付", Formats.json("{\"a\": 2}", "two"), List.of()))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> Recording.write(recorded, "!?", Formats.json("{\"a\": 2}", "two"), List.of()))
                .hasMessageContaining("has no letter");
    }
}
