package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a numbered element is told with its own line, also where one before it is left out. */
class LeftOutTest {
    private static final String IDENTIFIERS = """
            identifiers[0].system: { const: shop }
            identifiers[0].value: { from: ref }
            identifiers[1].system: { const: mail }
            identifiers[1].value: { from: customer_email }
            """;

    @TempDir
    Path directory;

    @Test
    void its_line_and_source_are_named_and_what_is_personal_is_masked() {
        assertThat(Fresh.problems(Fresh.apply(
                        new Fresh(directory).order(IDENTIFIERS), "{\"customer_email\": [\"jane@example.com\"]}")))
                .singleElement()
                .hasToString(
                        "fresh/mapping.yaml:15, row 1, source customer_email: /identifiers/1/value \"[*******************\""
                                + " is of the wrong kind (expected string)");
    }

    @Test
    void one_that_lacks_a_part_is_told_by_its_own_line() {
        String halves = """
                identifiers[0].system: { const: shop }
                identifiers[0].value: { from: ref }
                identifiers[1].system: { from: channel }
                identifiers[1].value: { from: number }
                """;
        assertThat(Fresh.problems(Fresh.apply(new Fresh(directory).order(halves), "{\"channel\": \"web\"}")))
                .extracting(problem -> problem.values().get("line") + " " + problem.code() + " " + problem.pointer())
                .containsExactly("15 REQUIRED /identifiers/1/value");
    }

    @Test
    void one_that_failed_hides_nothing_of_the_next() {
        String refused = IDENTIFIERS.replace("{ from: ref }", "{ from: ref, max: 2, tooLong: error }");
        assertThat(Fresh.problems(Fresh.apply(
                        new Fresh(directory).order(refused),
                        "{\"ref\": \"R-1\", \"customer_email\": [\"jane@example.com\"]}")))
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly("TOO_LONG /identifiers/0/value", "WRONG_TYPE /identifiers/1/value");
    }

    @Test
    void a_list_in_the_next_is_told_with_its_own_lines_too() {
        String boxes = """
                parcels[0].weight: { from: first, decimal: ".", unit: kg }
                parcels[0].reference: { const: a }
                parcels[3].reference: { from: box }
                parcels[3].weight: { from: second, decimal: ".", unit: kg }
                """;
        assertThat(Fresh.problems(
                        Fresh.apply(new Fresh(directory).order(boxes), "{\"box\": \"b\", \"second\": \"-2\"}")))
                .extracting(problem ->
                        problem.values().get("line") + " " + problem.values().get("source") + " " + problem.pointer())
                .containsExactly("15 second /parcels/3/weight/value");
    }
}
