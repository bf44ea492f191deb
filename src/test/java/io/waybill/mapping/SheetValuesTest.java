package io.waybill.mapping;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.MadeWorkbook;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet made of what somebody typed into it. */
class SheetValuesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1.125", "12.5", "-1.125"})
    void a_number_of_a_cell_is_never_read_a_thousand_times_greater(String kilos) {
        Mapping mapping = reading("w: { from: kg, decimal: \",\" }");

        Problem refused = Fresh.problems(only(mapping, number("A2", 0, kilos))).get(0);

        assertThat(refused.code()).isEqualTo("NOT_A_NUMBER");
        assertThat(refused.toString()).contains("/w \"" + kilos + "\" is not a number", "decimal: \".\"");
    }

    @Test
    void a_text_with_both_marks_is_read_as_the_line_says() {
        Mapping mapping = reading("w: { from: kg, decimal: \",\" }");
        assertThat(Fresh.json(only(mapping, text("A2", "1.234,5")))).isEqualTo("{\"w\":1234.5}");
        assertThat(Fresh.json(only(mapping, number("A2", 0, "1125")))).isEqualTo("{\"w\":1125}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{ from: kg, decimal: \",\" }", "{ from: kg, trim: true, replace: { x: \"\" }, decimal: \",\" }"
            })
    void the_point_of_a_typed_text_parts_thousands_as_in_a_table_saved_as_text(String line) {
        Mapping mapping = reading("w: " + line);
        assertThat(Fresh.json(only(mapping, text("A2", "1.234")))).isEqualTo("{\"w\":1234}");
        assertThat(Fresh.problems(only(mapping, number("A2", 0, "1.234"))))
                .extracting(Problem::code)
                .containsExactly("NOT_A_NUMBER");
    }

    @Test
    void the_number_of_a_cell_above_is_a_number_in_the_blank_ones_below_too() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: free\nreads: { format: xlsx, fillDown: [kg] }\nunmapped: off\nfields:\n  w: { from: kg, decimal: \",\" }\n");
        MadeWorkbook book = MadeWorkbook.of(row(1, text("A1", "kg") + text("B1", "no"))
                + row(2, number("A2", 0, "1.125") + text("B2", "a"))
                + row(3, text("B3", "b"))
                + row(4, text("A4", "1.125") + text("B4", "c"))
                + row(5, text("B5", "d")));

        assertThat(all(mapping, book))
                .extracting(each -> each instanceof Result.Mapped)
                .containsExactly(false, false, true, true);
    }

    @Test
    void a_workbook_sent_to_a_mapping_of_csv_is_read_with_the_same_care() {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nreads: { format: csv }\nfields:\n  w: { from: kg, decimal: \",\" }\n");
        MadeWorkbook book = MadeWorkbook.of(
                row(1, text("A1", "kg")) + row(2, number("A2", 0, "1.125")) + row(3, text("A3", "1.125")));
        List<Result> results = all(mapping.reads().as(Format.XLSX), mapping, book);

        assertThat(results).extracting(each -> each instanceof Result.Mapped).containsExactly(false, true);
        assertThat(Fresh.json(results.get(1))).isEqualTo("{\"w\":1125}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w: { from: kg, scale: 2 }", "w: { from: kg, decimal: \".\" }"})
    void a_comma_where_a_point_is_read_is_told_with_the_word_that_reads_it(String line) {
        assertThat(Fresh.problems(only(reading(line), text("A2", "12,50"))).toString())
                .contains("\"12,50\" is not a number", "decimal: \",\" in the line");
    }

    @Test
    void a_number_that_a_spreadsheet_made_a_date_of_is_told_where_a_text_is_written() {
        Mapping mapping = ordering("items[0].sku: kg\nitems[0].quantity: { const: 1 }");

        Result.Mapped made = (Result.Mapped) only(mapping, number("A2", 1, "46024"));

        assertThat(made.tree().at("/items/0/sku").asText()).isEqualTo("2026-01-02");
        assertThat(made.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .contains(", row 2, source kg: /items/0/sku \"2026-01-02\" is a date", "type the value again"));
    }

    @Test
    void a_date_that_is_meant_is_not_told_again_where_the_line_says_so() {
        Mapping mapping = ordering("reference: { from: kg, date: iso }");

        Result.Mapped made = (Result.Mapped) only(mapping, number("A2", 1, "46024"));

        assertThat(made.tree().path("reference").asText()).isEqualTo("2026-01-02");
        assertThat(made.warnings()).isEmpty();
    }

    @Test
    void a_date_that_somebody_typed_as_a_text_is_not_told() {
        Mapping mapping = ordering("reference: kg");
        assertThat(((Result.Mapped) only(mapping, text("A2", "2026-01-02"))).warnings())
                .isEmpty();
    }

    @Test
    void a_date_is_not_told_where_one_is_read() {
        Mapping mapping = ordering("placedAt: { from: kg, date: iso, zone: UTC }");
        assertThat(((Result.Mapped) only(mapping, number("A2", 1, "46024"))).warnings())
                .isEmpty();
    }

    private Mapping ordering(String lines) {
        String head = """
                writes: order/1
                reads: { format: xlsx }
                fields:
                  orderId: { const: A-1 }
                  shipTo.name: { const: Jane Doe }
                  shipTo.line1: { const: Main St 1 }
                  shipTo.city: { const: Austin }
                  shipTo.country: { const: US }
                """;
        return new Fresh(directory).get(head + lines.indent(2));
    }

    private Mapping reading(String line) {
        return new Fresh(directory).get("writes: free\nreads: { format: xlsx }\nfields:\n  " + line + "\n");
    }

    private static Result only(Mapping mapping, String cell) {
        return all(
                        mapping,
                        MadeWorkbook.of(row(1, text("A1", "kg")) + row(2, cell)).style(14, ""))
                .get(0);
    }

    private static List<Result> all(Mapping mapping, MadeWorkbook book) {
        return all(mapping.reads(), mapping, book);
    }

    private static List<Result> all(Reading reading, Mapping mapping, MadeWorkbook book) {
        List<Result> results = new ArrayList<>();
        try (DocumentReader documents = Formats.open(new ByteArrayInputStream(book.bytes()), "orders.xlsx", reading)) {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                results.add(Objects.requireNonNull(mapping.apply(next)));
            }
        }
        return results;
    }
}
