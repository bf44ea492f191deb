package io.waybill.mapping;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.MadeWorkbook;
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

        Problem refused = Fresh.problems(only(mapping, text("A2", kilos))).get(0);

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
        List<Result> results = new ArrayList<>();
        try (DocumentReader documents = mapping.open(new ByteArrayInputStream(book.bytes()), "orders.xlsx")) {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                results.add(Objects.requireNonNull(mapping.apply(next)));
            }
        }
        return results;
    }
}
