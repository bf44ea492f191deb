package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls a document of several rows off, or passes it over, holds for all of them or is told. */
class RowsDecideTest {
    private static final String GROUPED = """
            writes: order/1
            reads: { format: csv, groupBy: no }
            unmapped: %s
            cancel:
              - { when: { from: state, in: [off, void] }, reason: called off }
            skip:
              - { when: [{ from: [channel, shop], in: [pos] }, { from: kind, notIn: [mail] }], reason: sold in the shop }
              - { when: { from: state, in: [draft] }, reason: not released }
            fields:
              orderId: no
              shipTo.name: name
              shipTo.line1: { const: 1 Main St }
              shipTo.city: { const: Austin }
              shipTo.country: { const: US }
              items[]: { each: rows, fields: { sku: sku } }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"off,paid", "paid,off", "draft,paid", "paid,draft", "off,draft", "off,OFF"})
    void rows_that_say_different_things_do_not_decide_for_the_others(String first, String second) {
        assertThat(Fresh.problems(result("error", "7,Jane," + first + ",web,,,A", "7,Jane," + second + ",web,,,B")))
                .extracting(problem -> problem.code() + " row "
                        + problem.values().get("row") + " " + problem.values().get("source") + " "
                        + problem.values().get("value"))
                .containsExactly("ROWS_DIFFER row 3 state " + second);
    }

    @ParameterizedTest
    @CsvSource({"off,void", "off,", "off,off"})
    void rows_that_say_the_same_or_nothing_decide(String first, String second) {
        String more = second == null ? "" : second;
        assertThat(result("error", "7,Jane," + first + ",web,,,A", "7,Jane," + more + ",web,,,B"))
                .isInstanceOfSatisfying(Result.Skipped.class, skipped -> {
                    assertThat(skipped.reason()).isEqualTo("called off");
                    assertThat(skipped.warnings()).isEmpty();
                });
    }

    @Test
    void rows_that_come_to_the_same_by_different_lines_decide() {
        assertThat(result("error", "7,Jane,draft,web,,,A", "7,Jane,paid,pos,,,B"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo("not released"));
    }

    @Test
    void words_that_nothing_asks_for_may_differ() {
        assertThat(result("error", "7,Jane,open,web,,,A", "7,Jane,picked,mail,,,B"))
                .isInstanceOf(Result.Mapped.class);
        assertThat(result("error", "7,Jane,open,pos,,,A", "7,Jane,draft,pos,,,B"))
                .as("it is passed over whatever its state")
                .isInstanceOf(Result.Skipped.class);
    }

    @Test
    void the_column_is_told_that_makes_the_difference() {
        assertThat(Fresh.problems(result("error", "7,Jane,open,,pos,mail,A", "7,Jane,open,,pos,other,B")))
                .singleElement()
                .hasToString("fresh/mapping.yaml:9, row 3, source kind: \"other\" is not what row 2 says, \"mail\""
                        + " (expected the same in all rows of one document, or blank)."
                        + " Are these two orders? Then give each its own number.");
    }

    @Test
    void what_else_is_wrong_is_told_beside_it() {
        assertThat(Fresh.problems(result("error", "7,Jane,off,web,,,A", "7,Bob,paid,web,,,B")))
                .extracting(Problem::code)
                .containsExactly("ROWS_DIFFER", "ROWS_DIFFER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "off"})
    void where_much_is_let_pass_the_first_row_decides_and_it_is_told(String unmapped) {
        assertThat(result(unmapped, "7,Jane,off,web,,,A", "7,Jane,paid,web,,,B"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        skipped -> assertThat(skipped.warnings())
                                .extracting(Problem::code)
                                .containsExactly("ROWS_DIFFER"));
        assertThat(result(unmapped, "7,Jane,paid,web,,,A", "7,Jane,off,web,,,B"))
                .isInstanceOfSatisfying(
                        Result.Mapped.class,
                        mapped -> assertThat(mapped.warnings())
                                .extracting(Problem::code)
                                .containsExactly("ROWS_DIFFER"));
    }

    private Result result(String unmapped, String... rows) {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted(unmapped));
        return Fresh.applyAll(mapping, "no,name,state,channel,shop,kind,sku\n" + String.join("\n", rows) + "\n")
                .get(0);
    }
}
