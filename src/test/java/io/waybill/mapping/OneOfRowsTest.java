package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two rows under one number that say different things are perhaps two orders. */
class OneOfRowsTest {
    private static final String GROUPED = """
            writes: order/1
            reads: { format: csv, groupBy: no }
            unmapped: %s
            fields:
              orderId: no
              shipTo.name: { join: [first, last] }
              shipTo.line1: street
              shipTo.city: city
              shipTo.country: country
              reference: { from: ref, required: false, when: { from: kind, in: [b2b] } }
              items[]: { each: rows, fields: { sku: sku } }
            """;
    private static final String HEAD = "no,first,last,street,city,country,ref,kind,sku\n";
    private static final String JANE = HEAD + "7,Jane,Roe,1 Main St,Austin,US,R1,b2c,A\n";

    @TempDir
    Path directory;

    @Test
    void what_an_order_has_one_of_may_not_differ_from_row_to_row() {
        List<Problem> problems = Fresh.problems(result("error", JANE + "7,Bob,Poe,1 Main St,Boston,US,R1,b2c,B\n"));

        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.values().get("field") + " row "
                        + problem.values().get("row"))
                .containsExactly(
                        "ROWS_DIFFER shipTo.name row 3",
                        "ROWS_DIFFER shipTo.name row 3",
                        "ROWS_DIFFER shipTo.city row 3");
        assertThat(problems.get(2))
                .hasToString(
                        "fresh/mapping.yaml:10, row 3, source city: /shipTo/city \"Boston\" is not what row 2 says, \"Austin\""
                                + " (expected the same in all rows of one document, or blank)."
                                + " Are these two orders? Then give each its own number.");
        assertThat(problems.get(0).detail(Locale.CHINESE)).isEqualTo("“B**”与第 2 行的“J***”不同");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7,,,,,,,,B\n7,,,,,,,,C\n",
                "7,Jane,Roe,1 Main St, Austin ,US,R1,b2c,B\n",
                "7,Jane,Roe,1 Main St,Ａustin,US,R2,b2c,B\n"
            })
    void the_same_and_nothing_and_what_is_not_written_may_stand_there(String more) {
        assertThat(result("error", JANE + more))
                .isInstanceOfSatisfying(
                        Result.Mapped.class,
                        mapped -> assertThat(mapped.warnings()).isEmpty());
    }

    @Test
    void of_several_columns_the_one_that_is_taken_and_those_before_it_may_not_differ() {
        String first = GROUPED.replace("shipTo.city: city", "shipTo.city: { from: [kind, city, sku] }");
        String row = "7,Jane,Roe,1 Main St,%s,US,,%s,%s\n";

        assertThat(result(first, "error", HEAD + row.formatted("Austin", "", "A") + row.formatted("AUSTIN", "", "B")))
                .as("what stands behind the one that is taken is not taken")
                .isInstanceOf(Result.Mapped.class);
        assertThat(Fresh.problems(result(
                        first, "error", HEAD + row.formatted("Austin", "", "A") + row.formatted("", "Boston", "B"))))
                .extracting(problem -> problem.code() + " " + problem.values().get("row"))
                .containsExactly("ROWS_DIFFER 3");
    }

    @Test
    void what_a_list_reads_from_the_document_may_not_differ_either() {
        String priced =
                GROUPED.replace("{ sku: sku }", "{ sku: sku, description: $.kind, hsCode: { from: [ref, $.last] } }");
        String row = "7,Jane,%s,1 Main St,Austin,US,610910,%s,A\n";

        assertThat(Fresh.problems(
                        result(priced, "error", HEAD + row.formatted("Roe", "Mug") + row.formatted("Roe", "Cup"))))
                .extracting(problem -> problem.code() + " " + problem.values().get("field") + " row "
                        + problem.values().get("row"))
                .containsExactly("ROWS_DIFFER items[0].description row 3");
    }

    @Test
    void a_number_may_be_written_in_two_ways() {
        String priced = GROUPED.replace("shipTo.city: city", "shipTo.city: city\n  metadata.kg: ref");
        String row = "7,Jane,Roe,1 Main St,Austin,US,%s,b2c,A\n";

        assertThat(result(priced, "error", HEAD + row.formatted("1.20") + row.formatted("1.2")))
                .isInstanceOf(Result.Mapped.class);
        assertThat(Fresh.problems(result(priced, "error", HEAD + row.formatted("1.20") + row.formatted("1.25"))))
                .isNotEmpty();
    }

    @Test
    void a_reference_that_is_written_may_not_differ() {
        String rows = "7,J,R,S,C,US,R1,b2b,A\n7,,,,,,,,B\n7,,,,,,R2,,C\n";
        assertThat(Fresh.problems(result("error", HEAD + rows)))
                .extracting(problem -> problem.code() + " " + problem.values().get("row"))
                .containsExactly("ROWS_DIFFER 4");
    }

    @ParameterizedTest
    @CsvSource({
        "'customs.declaredValue: { from: ref, decimal: \".\", currency: { from: kind } }',EUR,USD",
        "'customs.declaredValue: { from: ref, decimal: \".\", currency: { from: [first, kind] } }',EUR,USD",
        "'parcels[0].weight: { from: ref, decimal: \".\", unit: { from: kind } }',kg,lb",
        "'metadata.gift: { const: true, when: { from: kind, in: [gift] } }',gift,sale",
        "'metadata.gift: { const: true, when: { from: kind, in: [gift] } }',sale,gift"
    })
    void the_unit_or_currency_of_a_value_and_its_condition_may_not_differ(String line, String first, String second) {
        String valued = withLine(line);
        String row = "7,,Roe,1 Main St,Austin,US,%s,%s,A\n";

        assertThat(Fresh.problems(
                        result(valued, "error", HEAD + row.formatted("10", first) + row.formatted("10", second))))
                .extracting(problem -> problem.code() + " " + problem.values().get("source") + " "
                        + problem.values().get("value"))
                .containsExactly("ROWS_DIFFER kind " + second);
        assertThat(result(valued, "error", HEAD + row.formatted("10", first) + row.formatted("", "")))
                .isInstanceOf(Result.Mapped.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customs.declaredValue: { from: ref, decimal: \".\", currency: { from: kind } }",
                "reference: { from: ref, when: { from: kind, in: [EUR] } }",
                "metadata.gift: { const: true, when: { from: kind, empty: false } }"
            })
    void beside_a_value_that_is_not_written_and_in_a_condition_that_says_the_same_they_may_differ(String line) {
        String valued = withLine(line);
        String row = "7,Jane,Roe,1 Main St,Austin,US,,%s,A\n";

        assertThat(result(valued, "error", HEAD + row.formatted("EUR") + row.formatted("USD")))
                .isInstanceOfSatisfying(
                        Result.Mapped.class,
                        mapped -> assertThat(mapped.warnings()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "off"})
    void where_much_is_let_pass_it_is_told_all_the_same(String unmapped) {
        assertThat(result(unmapped, JANE + "7,Jane,Roe,1 Main St,Boston,US,R1,b2c,B\n"))
                .isInstanceOfSatisfying(Result.Mapped.class, mapped -> {
                    assertThat(mapped.warnings()).extracting(Problem::code).containsExactly("ROWS_DIFFER");
                    assertThat(mapped.tree().at("/shipTo/city").asText()).isEqualTo("Austin");
                });
    }

    @Test
    void an_expression_takes_the_first_row_and_asks_nothing() {
        String taken = GROUPED.replace("shipTo.city: city", "shipTo.city: { expr: '.rows[0].city' }");
        assertThat(Fresh.applyAll(
                        new Fresh(directory).get(taken.formatted("error")),
                        JANE + "7,Jane,Roe,1 Main St,Boston,US,R1,b2c,B\n"))
                .singleElement()
                .isInstanceOf(Result.Mapped.class);
    }

    private static String withLine(String line) {
        return GROUPED.replace("reference: { from: ref, required: false, when: { from: kind, in: [b2b] } }", line)
                .replace("shipTo.name: { join: [first, last] }", "shipTo.name: last")
                .replace("fields:\n", "ignore: [first, ref]\nfields:\n");
    }

    private Result result(String unmapped, String file) {
        return result(GROUPED, unmapped, file);
    }

    private Result result(String mapping, String unmapped, String file) {
        List<Result> results = Fresh.applyAll(new Fresh(directory).get(mapping.formatted(unmapped)), file);
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
