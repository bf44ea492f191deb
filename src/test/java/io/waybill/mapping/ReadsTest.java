package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.format.TableOutput;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadsTest {
    @TempDir
    Path directory;

    @Test
    void a_workbook_is_mapped_from_its_sheet_below_its_title_with_cells_filled_down() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: xlsx, sheet: Nov, headerRow: 3, fillDown: [no, name], groupBy: no }
                fields:
                  id: no
                  to: name
                  lines[]: { each: rows, fields: { sku: sku, for: name } }
                """);
        assertThat(mapping.reads().table()).isEqualTo(new Table("Nov", 3, List.of("no", "name")));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableOutput sheet = Formats.table(out, mapping.reads(), List.of("no", "name", "sku"))) {
            sheet.row(List.of("0017", "Jane", "MUG"));
            sheet.row(List.of("", "", "PEN"));
        }

        assertThat(mapped(mapping, out.toByteArray()))
                .containsExactly("{\"id\":\"0017\",\"to\":\"Jane\",\"lines\":[{\"sku\":\"MUG\",\"for\":\"Jane\"},"
                        + "{\"sku\":\"PEN\",\"for\":\"Jane\"}]}");
    }

    @Test
    void csv_is_filled_down_too() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv, fillDown: no, groupBy: no }
                fields:
                  id: no
                  lines[]: { each: rows, fields: { sku: sku } }
                """);
        assertThat(mapped(mapping, "no,sku\n1,A\n,B\n2,C\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "{\"id\":\"1\",\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}",
                        "{\"id\":\"2\",\"lines\":[{\"sku\":\"C\"}]}");
    }

    @Test
    void xml_is_mapped_by_element_path_one_line_or_many() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: xml, records: [Orders, Order], arrays: [Notes.Note] }
                fields:
                  id: "@no"
                  first: "Line[0].sku"
                  note: "Notes.Note[0]"
                  net: "Net.#text"
                  currency: "Net.@currency"
                  lines[]: { each: Line, fields: { sku: sku } }
                """);
        String one = "<Order no='1'><Net currency='EUR'>1.50</Net><Notes><Note>fragile</Note></Notes>"
                + "<Line><sku>A</sku></Line></Order>";
        String two = one.replace("</Order>", "<Line><sku>B</sku></Line></Order>");

        assertThat(mapped(mapping, ("<Orders>" + one + two + "</Orders>").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "{\"id\":\"1\",\"first\":\"A\",\"note\":\"fragile\",\"net\":\"1.50\",\"currency\":\"EUR\","
                                + "\"lines\":[{\"sku\":\"A\"}]}",
                        "{\"id\":\"1\",\"first\":\"A\",\"note\":\"fragile\",\"net\":\"1.50\",\"currency\":\"EUR\","
                                + "\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}");
    }

    @Test
    void a_key_that_says_nothing_of_the_format_is_refused_with_its_line() {
        Mappings mappings = new Fresh(directory).mapping("keys", """
                        mapping: keys
                        version: 1
                        writes: free
                        reads:
                          format: json
                          sheet: Nov
                          headerRow: first
                          fillDown: [no]
                          arrays: [Line]
                          counts: maybe
                        fields: { id: no }
                        """).load();
        assertThat(mappings.problems())
                .extracting(problem ->
                        problem.values().get("line") + " " + problem.values().get("key"))
                .containsExactlyInAnyOrder(
                        "6 sheet", "7 headerRow", "7 headerRow", "8 fillDown", "9 arrays", "10 counts", "10 counts");
    }

    @Test
    void a_written_workbook_keeps_ids_as_text_and_numbers_as_numbers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(
                Format.XLSX,
                Formats.json(
                        "{\"rows\":[{\"id\":\"0017\",\"run\":\"=1+1\",\"net\":12.50,\"big\":12345678901234567,"
                                + "\"paid\":true}]}",
                        "t"),
                out);
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(out.toByteArray()), "out.xlsx", Reading.of(Format.XLSX))) {
            Document row = reader.next();
            assertThat(row).isNotNull();
            assertThat(row.problems()).isEmpty();
            assertThat(row.tree().toString())
                    .isEqualTo("{\"id\":\"0017\",\"run\":\"=1+1\",\"net\":\"12.5\",\"big\":\"12345678901234567\","
                            + "\"paid\":\"TRUE\"}");
        }
    }

    private static List<String> mapped(Mapping mapping, byte[] file) {
        List<String> mapped = new ArrayList<>();
        try (DocumentReader reader = mapping.open(new ByteArrayInputStream(file), "orders")) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                Result result = mapping.apply(next);
                mapped.add(
                        result instanceof Result.Mapped done
                                ? done.tree().toString()
                                : result instanceof Result.Failed failed ? told(failed.problems()) : "skipped");
            }
        }
        return mapped;
    }

    private static String told(List<Problem> problems) {
        return String.join("; ", problems.stream().map(Problem::toString).toList());
    }
}
