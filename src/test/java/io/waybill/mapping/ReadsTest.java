package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.format.TableOutput;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void a_sheet_saved_as_text_has_the_delimiter_of_its_country() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: xlsx }
                fields:
                  id: "no, id"
                  to: name
                """);
        for (String file : List.of(
                "\n\"no, id\";name\n1;\"Roe, Jane\"\n",
                "\uFEFF\"no, id\"\tname\r\n1\tRoe, Jane\r\n",
                "sep=;\n\"no, id\";name\n1;Roe, Jane\n",
                "\"no, id\",name\n1,\"Roe, Jane\"\n")) {
            assertThat(saved(mapping, file)).containsExactly("{\"id\":\"1\",\"to\":\"Roe, Jane\"}");
        }
        assertThat(mapping.reads("orders.tsv").delimiter()).isEqualTo('\t');
    }

    @Test
    void a_charset_that_would_not_be_written_is_refused() {
        assertThatThrownBy(() -> new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                output: { format: json, charset: windows-1252 }
                fields: { x: a }
                """)).hasMessageContaining("charset");
    }

    private static List<String> saved(Mapping mapping, String file) {
        List<String> results = new ArrayList<>();
        try (DocumentReader reader =
                mapping.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "Orders.CSV")) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                results.add(Fresh.json(mapping.apply(next)));
            }
        }
        return results;
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
    void what_stands_in_the_rows_of_one_order_is_never_filled_into_another() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv, fillDown: [no, name], groupBy: no }
                fields:
                  id: no
                  to: name
                  lines[]: { each: rows, fields: { sku: sku } }
                """);

        assertThat(mapped(mapping, "no,name,sku\n1,Ann,A\n,,B\n2,,C\n3,,D\n4,Bob,E\n".getBytes(StandardCharsets.UTF_8)))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("{\"id\":\"1\",\"to\":\"Ann\",\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}"),
                        second -> assertThat(second)
                                .contains(
                                        "row 4: column name is blank, and the value above it, of row 2, belongs to another no"),
                        third -> assertThat(third)
                                .contains("row 5: column name is blank, and the value above it, of row 2"),
                        fourth -> assertThat(fourth)
                                .isEqualTo("{\"id\":\"4\",\"to\":\"Bob\",\"lines\":[{\"sku\":\"E\"}]}"));
    }

    @Test
    void what_rows_are_grouped_by_goes_on_below_also_where_another_group_begins() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv, fillDown: customer, groupBy: [customer, no] }
                fields: { of: customer, id: no }
                """);

        assertThat(mapped(mapping, "customer,no\nAnn,1\n,2\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("{\"of\":\"Ann\",\"id\":\"1\"}", "{\"of\":\"Ann\",\"id\":\"2\"}");
    }

    @Test
    void a_blank_behind_what_begins_anew_never_takes_the_number_of_the_order_above() {
        for (String reads : List.of(
                "fillDown: [customer, no], groupBy: [customer, no]",
                "fillDown: [no, customer], groupBy: [no, customer]",
                "fillDown: no, groupBy: [customer, no]")) {
            Mapping mapping = new Fresh(directory).get("""
                    writes: free
                    reads: { format: csv, %s }
                    fields: { of: customer, id: no, "lines[]": { each: rows, fields: { sku: sku } } }
                    """.formatted(reads));

            assertThat(mapped(
                            mapping,
                            "customer,no,sku\nAnn,1,A\nAnn,,B\nBob,,C\nBob,,D\nCy,2,E\n"
                                    .getBytes(StandardCharsets.UTF_8)))
                    .as(reads)
                    .satisfiesExactly(
                            ann -> assertThat(ann)
                                    .isEqualTo(
                                            "{\"of\":\"Ann\",\"id\":\"1\",\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}"),
                            bob -> assertThat(bob)
                                    .contains(
                                            "row 4: column no is blank, and the value above it, of row 2, belongs to another"),
                            cy -> assertThat(cy).isEqualTo("{\"of\":\"Cy\",\"id\":\"2\",\"lines\":[{\"sku\":\"E\"}]}"));
        }
    }

    @Test
    void rows_of_such_an_order_are_handed_back_as_blank_as_they_came() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv, fillDown: [customer, no], groupBy: [customer, no] }
                fields: { of: customer, id: no, sku: sku }
                """);
        byte[] file = "customer,no,sku\nAnn,1,A\nBob,,C\n,,D\n".getBytes(StandardCharsets.UTF_8);

        try (DocumentReader reader = mapping.open(new ByteArrayInputStream(file), "orders.csv")) {
            reader.next();
            Document bob = Objects.requireNonNull(reader.next());
            assertThat(bob.rows()).extracting(row -> row.cells().get(1)).containsExactly("", "");
            assertThat(reader.next()).isNull();
        }
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
    void an_expression_counts_an_element_that_stands_alone_where_arrays_makes_it_a_list() {
        String one = "<Order><Parcel><Kg>1</Kg><Cm>9</Cm></Parcel><Note>Ring</Note></Order>";
        String two = one.replace("</Order>", "<Parcel><Kg>2</Kg></Parcel><Note>Wait</Note></Order>");

        assertThat(List.of(counted("", one), counted("", two)))
                .containsExactly(List.of("{\"n\":2,\"note\":\"R\"}"), List.of("{\"n\":2,\"note\":\"Ring\"}"));
        assertThat(List.of(counted(", arrays: [Parcel, Note]", one), counted(", arrays: [Parcel, Note]", two)))
                .containsExactly(List.of("{\"n\":1,\"note\":\"Ring\"}"), List.of("{\"n\":2,\"note\":\"Ring\"}"));
        assertThat(counted(", arrays: [Parcel, Note]", "<Order><Id>1</Id></Order>"))
                .containsExactly("{\"n\":0}");
    }

    private List<String> counted(String arrays, String xml) {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nunmapped: off\nreads: { format: xml" + arrays + " }\nfields:\n"
                        + "  n: { expr: size(.Parcel), default: 0 }\n  note: { expr: \".Note[0]\" }\n");
        return mapped(mapping, xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fixed_length_lines_are_mapped_by_a_layout_in_the_mappings_folder() {
        Mapping mapping = new Fresh(directory)
                .file("fresh/lines.csv", "name,from,length,type\nno,1,4,\nsku,5,6,\nqty,11,3,number\n")
                .get("""
                writes: free
                reads: { format: fixed, layout: lines.csv, lengths: bytes, fallbackCharset: gb18030, groupBy: no, fillDown: no }
                output: { format: fixed, layout: lines.csv }
                fields:
                  no: no
                  rows[]: { each: rows, fields: { sku: sku, qty: { from: qty, int: true } } }
                """);

        assertThat(mapped(mapping, "0017杯子  002\n    PEN   010\n".getBytes(Charset.forName("gb18030"))))
                .containsExactly(
                        "{\"no\":\"0017\",\"rows\":[{\"sku\":\"杯子\",\"qty\":2},{\"sku\":\"PEN\",\"qty\":10}]}");
        assertThat(mapping.file(List.of(Formats.json("{\"rows\":[{\"no\":\"1\",\"qty\":2}]}", "t"))))
                .isEqualTo("1         002\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_table_has_the_columns_its_lines_name_in_their_order_in_every_file() {
        Mapping rows = new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                output: { format: csv, delimiter: ";" }
                fields:
                  rows[]:
                    each: numbers
                    fields:
                      order: $.no
                      cost: { from: $.cost }
                      number: .
                """);
        assertThat(rows.file(List.of(Formats.json("{\"rows\":[{\"order\":\"1\",\"number\":\"T1\"}]}", "t"))))
                .asString()
                .isEqualTo("order;cost;number\r\n1;;T1\r\n");
        assertThat(rows.columns()).containsExactly("order", "cost", "number");
        for (String nothing : List.of("{\"rows\":[]}", "[]")) {
            assertThat(rows.file(List.of(Formats.json(nothing, "t"))))
                    .as(nothing)
                    .isEmpty();
        }
        assertThat(rows.file(List.of())).isEmpty();
        Mapping one = new Fresh(directory).free("a: x\nb: { from: y }\nc: z");
        assertThat(one.columns()).containsExactly("a", "b", "c");
        assertThat(new Fresh(directory).free("rows: { expr: '.lines' }").columns())
                .isEmpty();
        String each = "rows[]: { each: lines, fields: { order: no } }\n";
        assertThat(new Fresh(directory).free(each + "rows[0].first: x").columns())
                .containsExactly("order", "first");
        assertThat(new Fresh(directory).free(each + "rows[0]: x").columns()).isEmpty();
    }

    @Test
    void a_line_within_a_list_reads_what_holds_its_element() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                unmapped: error
                fields:
                  scans[]:
                    each: parcels.log.events
                    when: { from: ^.^.void, empty: true }
                    fields:
                      number: ^.^.barcode
                      carrier: { from: ^.^.^.carrier }
                      by: { from: ^.by }
                      code: code
                  parcels[]:
                    each: parcels
                    fields:
                      number: barcode
                      depot: { from: ^.depot }
                      events[]: { each: log.events, fields: { code: code, of: ^.^.barcode } }
                """);
        String one = "{\"barcode\":\"P1\",\"log\":{\"by\":\"x\",\"events\":[{\"code\":\"IN\"},{\"code\":\"OUT\"}]}}";
        String two = "{\"barcode\":\"P2\",\"log\":{\"events\":{\"code\":\"IN\"}}}";
        String third = "{\"barcode\":\"P3\",\"void\":\"yes\",\"log\":{\"events\":[{\"code\":\"IN\"}]}}";
        String text = "{\"carrier\":\"ups\",\"depot\":\"N\",\"parcels\":[" + one + "," + two + "," + third + "]}";
        Result.Mapped mapped = (Result.Mapped) mapping.apply(Document.of(Formats.json(text, "t")));
        assertThat(mapped.tree().path("scans").toString())
                .isEqualTo("[{\"number\":\"P1\",\"carrier\":\"ups\",\"by\":\"x\",\"code\":\"IN\"},"
                        + "{\"number\":\"P1\",\"carrier\":\"ups\",\"by\":\"x\",\"code\":\"OUT\"},"
                        + "{\"number\":\"P2\",\"carrier\":\"ups\",\"code\":\"IN\"}]");
        assertThat(mapped.tree().at("/parcels/1").toString())
                .isEqualTo("{\"number\":\"P2\",\"depot\":\"N\",\"events\":[{\"code\":\"IN\",\"of\":\"P2\"}]}");
    }

    @Test
    void what_would_hold_the_document_itself_is_refused() {
        for (String line : List.of("x: ^.a", "xs[]: { each: as, fields: { x: ^.^.a } }")) {
            assertThatThrownBy(() -> new Fresh(directory).free(line)).hasMessageContaining("^.a\" is not a path");
        }
        for (String path : List.of("^", "^.^", "a.^.b")) {
            assertThatThrownBy(
                            () -> new Fresh(directory).free("xs[]: { each: as.bs, fields: { x: \"" + path + "\" } }"))
                    .hasMessageContaining(path + "\" is not a path");
        }
        assertThat(new Fresh(directory).free("xs[]: { each: as.bs, fields: { x: ^.^.a } }"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    format: row                  | all: .
                    format: csv                  | all: { from: ., when: { from: no, empty: false } }
                    format: csv, groupBy: no     | all[]: { each: rows, fields: { of: . } }
                    """)
    void of_what_is_copied_whole_no_column_stays_unread(String reads, String field) {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { %s }
                unmapped: error
                fields:
                  id: no
                  %s
                """.formatted(reads, field));

        assertThat(mapping.check(List.of("no", "shelf"), "")).isEmpty();
    }

    @Test
    void another_delimiter_is_told_also_where_rows_are_grouped() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv, delimiter: ";", groupBy: no, fillDown: no }
                fields: { id: no, name: name }
                """);
        byte[] file = "no,name\n1,Jane\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> mapped(mapping, file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactly(MappingCode.OTHER_DELIMITER.code()));
        assertThatThrownBy(() -> mapped(mapping, "nr;name\n1;Jane\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no column no to group rows by");
    }

    @Test
    void the_text_of_an_element_is_written_beside_its_attributes() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                output: { format: xml }
                fields:
                  Label.@id: no
                  Label.Price.@currency: cur
                  Label.Price.#text: amount
                """);
        JsonNode tree = ((Result.Mapped) mapping.apply(
                        Document.of(Formats.json("{\"no\":\"1\",\"cur\":\"EUR\",\"amount\":\"1.50\"}", "t"))))
                .tree();
        assertThat(mapping.file(List.of(tree)))
                .asString()
                .endsWith("<Label id=\"1\"><Price currency=\"EUR\">1.50</Price></Label>");
    }

    @Test
    void an_element_is_chosen_by_a_field_and_that_field_counts_as_read() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                unmapped: error
                fields:
                  to: "party[role=WE].name"
                  sold: { from: ["party[role=AG].name", "party[role=SP].name"] }
                """);

        assertThat(mapped(
                        mapping,
                        "[{\"party\":[{\"role\":\"AG\",\"name\":\"Acme\"},{\"role\":\"WE\",\"name\":\"Jane\"}]},{\"party\":{\"role\":\"WE\",\"name\":\"Kai\"}}]"
                                .getBytes(StandardCharsets.UTF_8)))
                .containsExactly("{\"to\":\"Jane\",\"sold\":\"Acme\"}", "{\"to\":\"Kai\"}");
        assertThat(mapped(mapping, "[{\"party\":{\"role\":\"XX\",\"name\":\"Kai\"}}]".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .contains("/to");
    }

    /** The layout of mappings/README.md, without what it says beside its lines, and the lines that read it. */
    @Test
    void records_of_fixed_length_are_mapped_as_the_page_shows() throws IOException {
        String page = Files.readString(Path.of("mappings/README.md"));
        String shown = page.substring(
                page.indexOf("    record,under,name"), page.indexOf("Its fields are read below their record"));
        String[] parts = shown.strip().replace("\n    ", "\n").split("In a mapping:");
        Mapping mapping = new Fresh(directory)
                .file("fresh/lines.csv", parts[0].replaceAll(" {2,}.*", "").strip() + "\n")
                .get("writes: free\nreads: { format: fixed, layout: lines.csv }\nunmapped: error\n" + parts[1]);

        String file = """
                00 of today
                10A-1
                20MUG       000012550
                30S-1
                30S-2
                20PEN       000000199
                10A-2
                """;
        assertThat(mapped(mapping, file.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "{\"orderId\":\"A-1\",\"lines\":[{\"sku\":\"MUG\",\"net\":\"125.50\","
                                + "\"serials\":[{\"serial\":\"S-1\"},{\"serial\":\"S-2\"}]},{\"sku\":\"PEN\",\"net\":\"1.99\"}]}",
                        "{\"orderId\":\"A-2\"}");
    }

    @Test
    void what_is_wrong_with_a_layout_is_told_with_the_mapping() {
        Mappings mappings = new Fresh(directory)
                .mapping("bad", """
                        mapping: bad
                        version: 1
                        writes: free
                        reads: { format: fixed, layout: bad.csv }
                        fields: { no: no }
                        """)
                .file("bad/bad.csv", "name,from,length\nno,0,4\n")
                .mapping("none", """
                        mapping: none
                        version: 1
                        writes: free
                        reads: { format: fixed }
                        fields: { no: no }
                        """)
                .load();
        assertThat(mappings.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "bad/bad.csv, row 2: the layout has \"0\" in its column from (expected 1 | 2 | 3)",
                        "none/mapping.yaml:4: \"layout\" is missing");
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
                          layout: l.csv
                          lengths: bytes
                          counts: maybe
                        fields: { id: no }
                        """).load();
        assertThat(mappings.problems())
                .extracting(problem ->
                        problem.values().get("line") + " " + problem.values().get("key"))
                .containsExactlyInAnyOrder(
                        "6 sheet",
                        "7 headerRow",
                        "7 headerRow",
                        "8 fillDown",
                        "9 arrays",
                        "10 layout",
                        "11 lengths",
                        "12 counts",
                        "12 counts");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: json, groupBy: no       | groupBy: \"no\" cannot be used (expected format: csv | tsv",
                "format: json, delimiter: ';'    | delimiter: \";\" cannot be used (expected format: csv | tsv)",
                "format: xlsx, delimiter: ';'    | delimiter: \";\" cannot be used (expected format: csv | tsv)",
                "format: row, groupBy: no        | groupBy: \"no\" cannot be used",
                "format: csv, records: a.b       | records: \"a.b\" cannot be used (expected format: json | row | xml)",
                "format: csv, unwrap: order      | unwrap: \"order\" cannot be used (expected format: json | ndjson | row | xml)",
                "format: json, header: 2         | nobody reads the key \"header\""
            },
            quoteCharacter = '`')
    void what_says_nothing_of_a_format_is_refused(String reads, String said) {
        assertThatThrownBy(
                        () -> new Fresh(directory).get("writes: free\nreads: { " + reads + " }\nfields:\n  id: id\n"))
                .hasMessageContaining(said);
    }

    @Test
    void rows_without_a_group_are_refused() {
        assertThatThrownBy(() -> new Fresh(directory).get("""
                        writes: free
                        reads: { format: csv }
                        fields:
                          items[]: { each: rows, fields: { sku: sku } }
                        """))
                .hasMessageContaining("without groupBy each row is a document of its own");
    }

    @Test
    void tabs_between_the_cells_of_a_file_whose_mapping_names_another_delimiter_are_told_as_its_delimiter() {
        for (String reads : List.of("", ", groupBy: no")) {
            Mapping mapping = new Fresh(directory.resolve("reads" + reads.length())).get("""
                    writes: free
                    reads: { format: csv, delimiter: ";"%s }
                    fields: { id: no, name: name }
                    """.formatted(reads));
            assertThatThrownBy(() -> mapped(mapping, "no\tname\n1\tJane\n".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problems())
                                    .singleElement()
                                    .asString()
                                    .contains("between its names stands \\t")
                                    .contains("delimiter: \"\\t\""));
        }
    }

    @Test
    void another_delimiter_than_the_file_has_is_told_once() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: csv }
                unmapped: error
                fields:
                  id: no
                  to: name
                """);
        assertThatThrownBy(() -> mapped(mapping, "no;name\n1;Jane\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("the header is one cell, \"no;name\"")
                                .contains("delimiter: \";\""));
    }

    @Test
    void what_is_no_object_is_said_by_its_record() {
        Mapping mapping = new Fresh(directory).free("id: id\n");
        assertThat(mapped(mapping, "[null, {\"id\": 1}, 7]".getBytes(StandardCharsets.UTF_8)))
                .satisfiesExactly(
                        none -> assertThat(none).contains("row or record 1 is no object (null)"),
                        good -> assertThat(good).isEqualTo("{\"id\":1}"),
                        number -> assertThat(number).contains("row or record 3 is no object (number)"));
    }

    @Test
    void a_mapping_runs_before_there_is_what_its_test_expects() {
        Mapping mapping =
                new Fresh(directory).file("fresh/in.json", "{\"id\": 1}").get("""
                writes: free
                reads: { format: json }
                fields:
                  id: id
                tests:
                  - { name: t, input: in.json, expect: out.json }
                """);
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"id\": 1}"))).isEqualTo("{\"id\":1}");
        assertThat(MapCheck.run(mapping))
                .singleElement()
                .satisfies(test -> assertThat(told(test.problems())).contains("there is no file \"out.json\""));
    }
}
