package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static final Reading CSV = Reading.of(Format.CSV);

    private static List<Document> read(Reading reading, byte[] bytes) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(bytes), "orders", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    private static List<Document> read(Reading reading, String text) {
        return read(reading, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String trees(List<Document> documents) {
        return documents.stream().map(document -> document.tree().toString()).collect(Collectors.joining());
    }

    private static Problem refused(Reading reading, byte[] bytes) {
        try {
            read(reading, bytes);
        } catch (ProblemException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("it was read");
    }

    private static Problem refused(Reading reading, String text) {
        return refused(reading, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_line_by_which_excel_knows_the_delimiter_is_no_row() {
        for (String line : List.of("sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\uFEFFsep=;\n")) {
            List<Document> read = read(CSV, line + "id;name\n1;\"a;b\"\n");
            assertThat(trees(read)).isEqualTo("{\"id\":\"1\",\"name\":\"a;b\"}");
            assertThat(read.get(0).firstRow()).isEqualTo(3);
        }
        assertThat(trees(read(CSV, "sep=x\n1\n"))).isEqualTo("{\"sep=x\":\"1\"}");
        assertThat(trees(read(CSV, "12345678\uD83D\uDCE6\n1\n"))).isEqualTo("{\"12345678\uD83D\uDCE6\":\"1\"}");
    }

    @Test
    void a_text_of_two_bytes_without_a_mark_is_told_as_what_it_is() {
        Problem told = refused(CSV, "id\n1\n".getBytes(StandardCharsets.UTF_16BE));
        assertThat(told.code() + " " + told.values().get("charset")).isEqualTo("utf16-unmarked UTF-16BE");
        assertThat(refused(CSV, "id\n1\n".getBytes(StandardCharsets.UTF_16LE)).values())
                .containsEntry("charset", "UTF-16LE");
        assertThat(trees(read(
                        CSV.withCharset(StandardCharsets.UTF_16LE), "id\n1\n".getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo("{\"id\":\"1\"}");
    }

    @Test
    void a_file_of_another_kind_is_told_to_be_that_and_no_question_of_its_letters() {
        String zip = "PK\003\004" + "\0".repeat(26);
        assertThat(refused(Reading.of(Format.JSON), zip + "[Content_Types].xml").code())
                .isEqualTo("is-a-workbook");
        assertThat(refused(CSV, "PK\003\004order").code()).isEqualTo("is-an-archive");
        assertThat(refused(CSV, zip + "orders.csv" + "\0".repeat(40)).code()).isEqualTo("is-an-archive");
        assertThat(refused(CSV, "%PDF-1.7\n%\u00e2").detail(Locale.ENGLISH))
                .isEqualTo("orders is a PDF, and what is read here is csv");
        assertThat(trees(read(CSV, "PK,id\n1,2\n"))).contains("PK");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column() {
        assertThat(trees(read(CSV, "\uFEFF id , name \n1,x\n"))).isEqualTo("{\"id\":\"1\",\"name\":\"x\"}");
        assertThat(trees(read(CSV, "\uFEFFid\n1\n".getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo("{\"id\":\"1\"}");
        assertThat(trees(read(CSV, "\uFEFFid\n1\n".getBytes(StandardCharsets.UTF_16BE))))
                .isEqualTo("{\"id\":\"1\"}");
    }

    @Test
    void rows_are_counted_as_a_spreadsheet_counts_them() {
        List<Document> documents = read(CSV, "\n\nid,note\r\n\r\n1,\"two\nlines\"\n , \n2,x");
        assertThat(documents).extracting(Document::firstRow).containsExactly(5L, 7L);
        assertThat(documents.get(0).rows().get(0).cells()).containsExactly("1", "two\nlines");
    }

    @Test
    void repeated_blank_and_trailing_columns_get_names_or_go() {
        assertThat(trees(read(CSV, "a,a,,a_2,a,,\n1,2,3,4,5,,\n")))
                .isEqualTo("{\"a\":\"1\",\"a_3\":\"2\",\"column_3\":\"3\",\"a_2\":\"4\",\"a_4\":\"5\"}");
    }

    @Test
    void a_row_with_too_many_cells_is_its_own_problem_and_reading_goes_on() {
        List<Document> documents = read(CSV, "a,b\n1,2,3\n4\n5,6,,\n");
        assertThat(documents.get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("row", "2")
                        .containsEntry("cells", "3")
                        .containsEntry("columns", "2"));
        assertThat(documents.get(1).tree().toString()).isEqualTo("{\"a\":\"4\",\"b\":\"\"}");
        assertThat(documents).extracting(d -> d.problems().size()).containsExactly(1, 0, 0);
    }

    @Test
    void rows_that_stray_quotes_put_into_one_cell_are_told() {
        String rows = """
                no,name,qty,line,city
                A1,"12 inch frame,1,1 Elm St,Reno
                A2,cup,1,2 Elm St,Reno
                A3,frame 5",1,3 Elm St,Reno
                A4,"two
                lines, with, commas",1,4 Elm St,Reno
                """;
        for (Reading reading : List.of(CSV, Reading.of(Format.TSV))) {
            List<Document> documents = read(reading, reading == CSV ? rows : rows.replace(",", "\t"));

            assertThat(documents).hasSize(2);
            assertThat(documents.get(0).problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("rows-in-cell");
                assertThat(problem.values()).containsEntry("row", "2").containsEntry("rows", "2");
            });
            assertThat(documents.get(1).problems()).isEmpty();
        }
        String endsLater =
                rows.replace("frame 5\",1,3 Elm St", "frame,1,\"3 Elm St\"").replace(",\"3 Elm", ",3 Elm");
        assertThat(read(CSV, endsLater).get(0).problems())
                .extracting(Problem::code)
                .contains("rows-in-cell");
    }

    @Test
    void quotes_of_a_table_whose_writer_knows_none_are_characters() {
        List<Document> documents = read(
                Reading.of(Format.TSV).withPlainQuotes(true),
                "no\tname\tqty\nA1\t\"12 inch\t1\nA2\t\"Best\" cup\t2\nA3\tframe 5\"\t3\nA4\t\"T, \"\"M\"\"\"\t4\nA5\t\"\t5");

        assertThat(documents)
                .extracting(document -> document.tree().path("name").asText())
                .containsExactly("\"12 inch", "\"Best\" cup", "frame 5\"", "T, \"M\"", "\"");
        assertThat(documents).allMatch(document -> document.problems().isEmpty());
    }

    @Test
    void an_open_quote_is_refused_by_the_row_it_opened_in() {
        assertThat(refused(CSV, "a,b\n1,2\n3,\"open\n5,6\n")).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("open-quote");
            assertThat(problem.values()).containsEntry("row", "3");
        });
        assertThat(refused(CSV, "a,b\n1,2\n3,\"open\n5,\"6\"\n").values()).containsEntry("row", "3");
        assertThat(refused(CSV, "a,b\n1,\"ends with one\"\"\n").code()).isEqualTo("open-quote");
        assertThat(refused(CSV.withLimits(Limits.DEFAULT.withCellChars(1000)), "a\n\"" + "x\n".repeat(200_000))
                        .values())
                .containsEntry("row", "2");
    }

    @Test
    void windows_1252_is_read_only_when_the_mapping_says_so() {
        byte[] bytes = "name,city\nJørgen,København\nx,y\n".getBytes(Charset.forName("windows-1252"));
        assertThat(trees(read(CSV.withFallbackCharset(Charset.forName("windows-1252")), bytes)))
                .contains("København");
        List<Document> strict = read(CSV, bytes);
        assertThat(strict.get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("row", "2")
                        .containsEntry("offset", "11")
                        .containsEntry("charset", "UTF-8"));
        assertThat(strict.get(1).problems()).isEmpty();
    }

    @Test
    void latin_1_with_the_signs_of_windows_is_read_as_windows_writes_them_and_what_that_lacks_as_it_is() {
        byte[] bytes = "name;\nO\u0092Brien \u0096 Büro, 5 \u0080 \u0081;\n".getBytes(StandardCharsets.ISO_8859_1);
        Reading latin = CSV.withDelimiter(';');
        for (Reading reading : List.of(
                latin.withCharset(StandardCharsets.ISO_8859_1),
                latin.withFallbackCharset(StandardCharsets.ISO_8859_1))) {
            assertThat(read(reading, bytes).get(0).tree().path("name").asText())
                    .isEqualTo("O’Brien – Büro, 5 € \u0081");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-1", "ISO-8859-15"})
    void utf_8_is_not_read_as_letters_of_western_europe(String charset) {
        Reading reading = CSV.withCharset(Charset.forName(charset));
        for (String name : List.of(
                "Jürgen",
                "Zoé",
                "Łódź",
                "Москва",
                "上海",
                "I\uD83D\uDCE6I",
                "2 – 3",
                "Nguyễn",
                "Brașov",
                "Ju\u0308rgen",
                "שלום",
                "محمد")) {
            for (String before : List.of("", "Austin\n".repeat(9_361))) {
                Problem told = refused(reading, "name\n" + before + name + "\n" + before);
                int letter = name.codePoints().filter(c -> c > 0x7F).findFirst().orElseThrow();
                assertThat(told.code()).isEqualTo("utf8-found");
                assertThat(told.values())
                        .containsEntry("offset", String.valueOf(5 + before.length() + name.indexOf(letter)))
                        .containsEntry("charset", charset)
                        .containsEntry("found", Character.toString(letter));
            }
        }
        assertThat(refused(reading, "name\nMüller\nJörg\n").toString())
                .contains("reads.charset: UTF-8")
                .contains("offset 6");
        assertThat(trees(read(reading, "\uFEFFname\nJürgen\n"))).isEqualTo("{\"name\":\"Jürgen\"}");
    }

    @Test
    void what_is_in_the_charset_its_mapping_says_is_read_as_that() {
        Charset western = Charset.forName("windows-1252");
        for (String name : List.of(
                "Jürgen",
                "Spaß…",
                "CAFÉ®",
                "Ã¼ber Öl",
                "Gruß“",
                "KÖLN–MÜLHEIM",
                "É\u00A0!",
                "IRMÃ®",
                "KYLÄ–talo",
                "SMÅ”",
                "NICOLÒ’s",
                "Olé…”",
                "Cañón ™")) {
            String file = "name\n" + "Austin\n".repeat(9_361) + name + "\n";
            List<Document> documents = read(CSV.withCharset(western), file.getBytes(western));
            assertThat(documents.get(9_361).tree().path("name").asText()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1250, SPÓŁDZIELNIA",
        "ISO-8859-2, UL. PÓŁNOCNA 5",
        "ISO-8859-2, ÓŻ",
        "windows-1250, ÓŚ",
        "windows-1250, ORĂŞTIE",
        "windows-874, บริษัท",
        "windows-874, เกาะ",
        "windows-1251, Діана Їжак",
        "windows-1251, РЎСЃ",
        "windows-1253, Αθήνα",
        "ISO-8859-7, ΞΈΞΏ",
        "windows-1254, ÇAĞŞ"
    })
    void letters_of_other_languages_are_not_taken_for_utf_8(String charset, String name) {
        Charset said = Charset.forName(charset);
        assertThat(trees(read(CSV.withCharset(said), ("name\n" + name + "\n").getBytes(said))))
                .isEqualTo("{\"name\":\"" + name + "\"}");
    }

    @Test
    void gbk_that_happens_to_begin_like_utf_8_is_read_as_gbk() {
        byte[] bytes = "name\n联通\n中国移动\n".getBytes(Charset.forName("GB18030"));
        assertThat(trees(read(CSV.withFallbackCharset(Charset.forName("GB18030")), bytes)))
                .isEqualTo("{\"name\":\"联通\"}{\"name\":\"中国移动\"}");
    }

    @Test
    void a_fallback_is_found_far_into_the_file_too() {
        String rows = "name\n" + "plain\n".repeat(30_000) + "København\n";
        byte[] bytes = rows.getBytes(Charset.forName("windows-1252"));
        List<Document> documents = read(CSV.withFallbackCharset(Charset.forName("windows-1252")), bytes);
        assertThat(documents.get(30_000).tree().path("name").asText()).isEqualTo("København");
        List<Document> strict = read(CSV, bytes);
        assertThat(strict.get(30_000).problems().get(0).values())
                .containsEntry("offset", String.valueOf(5 + 6 * 30_000 + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF"})
    void an_empty_file_is_refused(String text) {
        assertThat(refused(CSV, text).code()).isEqualTo("empty-file");
    }

    @Test
    void a_file_without_header_is_empty_or_refused() {
        assertThat(read(CSV, "a,b\n")).isEmpty();
        assertThat(refused(CSV.withGroupBy(List.of("order")), "a,b\n1,2\n").values())
                .containsEntry("known", "a, b");
    }

    @Test
    void a_line_that_breaks_off_is_told_without_what_the_parser_says_of_itself() {
        String broken = refused(Reading.of(Format.JSON), "{\"lines\": [{\"sku\": \"A\"}")
                .toString();

        assertThat(broken)
                .contains("expected close marker for Array")
                .doesNotContain("Source", "REDACTED", "marker at");
    }

    @Test
    void what_is_too_big_is_refused_before_it_is_held() {
        assertThat(refused(CSV.withLimits(LimitsOf.columns(3)), "a,b,c,d\n").code())
                .isEqualTo("too-many-columns");
        assertThat(refused(CSV.withLimits(LimitsOf.rows(2)), "a\n1\n2\n").code())
                .isEqualTo("too-many-rows");
        assertThat(refused(CSV.withLimits(LimitsOf.bytes(5)), "a\n1\n2\n").code())
                .isEqualTo("file-too-large");
        assertThat(refused(CSV.withLimits(Limits.DEFAULT.withCellChars(3)), "a\nlong\n")
                        .code())
                .isEqualTo("cell-too-long");
        assertThat(refused(CSV.withGroupBy(List.of("a")).withLimits(LimitsOf.groupRows(2)), "a\n1\n1\n1\n")
                        .code())
                .isEqualTo("group-too-large");
        assertThat(refused(Reading.of(Format.JSON), "[".repeat(10_000)).code()).isEqualTo("bad-json");
    }

    @Test
    void rows_of_one_key_make_one_document() {
        List<Document> documents = read(CSV.withGroupBy(List.of("no")), "no,sku\n1,A\n1,B\n2,C\n1,D\n,E\n");
        assertThat(documents.get(0).tree().toString())
                .isEqualTo(
                        "{\"no\":\"1\",\"sku\":\"A\",\"rows\":[{\"no\":\"1\",\"sku\":\"A\"},{\"no\":\"1\",\"sku\":\"B\"}]}");
        assertThat(documents.get(0).lastRow()).isEqualTo(3);
        assertThat(documents.get(2).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.values()).containsEntry("row", "5").containsEntry("earlier", "2"));
        assertThat(documents.get(3).problems()).extracting(Problem::code).containsExactly("empty-group-key");
    }

    @Test
    void rows_whose_numbers_look_the_same_are_of_one_document() {
        List<Document> documents = read(
                CSV.withGroupBy(List.of("no")),
                "no,sku\nSO-1,A\nSO-1\u00A0,B\n\uFEFFSO-1,C\nＳＯ－１,D\nSO-2,E\n\u00A0,F\n");
        assertThat(documents).extracting(document -> document.rows().size()).containsExactly(4, 1, 1);
        assertThat(documents.get(2).problems()).extracting(Problem::code).containsExactly("empty-group-key");
    }

    @Test
    void a_space_nobody_sees_is_no_part_of_a_columns_name() {
        assertThat(trees(read(CSV, "no\u00A0,\u200Bsku\n1,A\n"))).isEqualTo("{\"no\":\"1\",\"sku\":\"A\"}");
    }

    @Test
    void many_groups_are_remembered_in_little_memory() {
        SeenKeys seen = new SeenKeys();
        for (int i = 1; i <= 50_000; i++) {
            assertThat(seen.remember("order-" + i, i)).isZero();
        }
        assertThat(seen.remember("order-777", 99_999)).isEqualTo(777);
    }

    @Test
    void a_quarantine_file_reads_back_as_it_was() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvOutput csv = Formats.csv(out, ',', List.of("id", "note", Header.REASON))) {
            csv.row(List.of("1", "=HYPERLINK(\"x\")", "bad"));
            csv.row(List.of("2", "-12.50", "bad"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("'=HYPERLINK")
                .contains("-12.50")
                .doesNotContain("'-12.50");
        assertThat(trees(read(CSV, out.toByteArray())))
                .isEqualTo("{\"id\":\"1\",\"note\":\"=HYPERLINK(\\\"x\\\")\"}{\"id\":\"2\",\"note\":\"-12.50\"}");
    }

    @Test
    void what_stands_beside_rows_is_refused_where_a_table_would_leave_it_out() {
        for (Format table : List.of(Format.CSV, Format.TSV, Format.XLSX)) {
            assertThatThrownBy(() -> written(table, "{\"no\":\"1\",\"rows\":[{\"sku\":\"A\"}]}"))
                    .hasMessageContaining("no stands beside the rows");
        }
        assertThat(written(
                        Format.CSV,
                        "{\"no\":\"\",\"x\":null,\"sku\":\"A\",\"rows\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}"))
                .isEqualTo("sku\r\nA\r\nB\r\n");
        assertThat(written(Format.JSON, "{\"no\":\"1\",\"rows\":[]}")).isEqualTo("{\"no\":\"1\",\"rows\":[]}");
    }

    @Test
    void a_table_and_xml_are_written_in_the_charset_they_are_said_to_have() throws IOException {
        Charset latin = Charset.forName("windows-1252");
        List<JsonNode> trees = List.of(Formats.json("{\"city\":\"Köln\",\"sign\":\"€\"}", "x"));
        for (Format table : List.of(Format.CSV, Format.TSV)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Formats.write(Reading.of(table).withCharset(latin), trees, out);
            String tab = table == Format.CSV ? "," : "\t";
            assertThat(out.toByteArray()).isEqualTo(("city" + tab + "sign\r\nKöln" + tab + "€\r\n").getBytes(latin));
        }
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        Formats.write(
                Reading.of(Format.XML).withCharset(StandardCharsets.ISO_8859_1),
                List.of(Formats.json("{\"to\":{\"city\":\"Köln\",\"name\":\"中\"}}", "x")),
                xml);
        assertThat(xml.toString(StandardCharsets.ISO_8859_1))
                .contains("encoding=\"ISO-8859-1\"")
                .contains("<city>Köln</city><name>&#x4e2d;</name>");
    }

    @Test
    void a_text_that_a_charset_cannot_hold_is_refused_and_not_made_a_question_mark() {
        List<JsonNode> trees = List.of(Formats.json("{\"city\":\"上海\"}", "x"));
        Reading latin = Reading.of(Format.CSV).withCharset(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Formats.write(latin, trees, new ByteArrayOutputStream()))
                .hasMessageContaining("\"上\" (U+4E0A) cannot be written in ISO-8859-1");
        List<JsonNode> windows = List.of(Formats.json("{\"name\":\"O’Brien\"}", "x"));
        assertThatThrownBy(() -> Formats.write(latin, windows, new ByteArrayOutputStream()))
                .hasMessageContaining("\"’\" (U+2019) cannot be written in ISO-8859-1");
        Reading xml = Reading.of(Format.XML).withCharset(StandardCharsets.ISO_8859_1);
        for (String named : List.of("{\"订单\":{\"no\":1}}", "{\"to\":{\"订单\":1}}", "{\"to\":{\"@订单\":1}}")) {
            List<JsonNode> tree = List.of(Formats.json(named, "x"));
            assertThatThrownBy(() -> Formats.write(xml, tree, new ByteArrayOutputStream()))
                    .hasMessageContaining("\"订\" (U+8BA2) cannot be written in ISO-8859-1");
        }
    }

    @Test
    void a_negative_amount_with_a_comma_is_no_formula() {
        assertThat(written(Format.CSV, "{\"a\":\"-12,50\",\"b\":\"-1+1\"}")).isEqualTo("a,b\r\n\"-12,50\",'-1+1\r\n");
    }

    private static String written(Format format, String json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(format, Formats.json(json, "t"), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-x", "@x", "\tx", "\n=1+1", "＝1+1", "＋1", "－x", "＠x"})
    void cells_a_spreadsheet_would_run_are_written_as_text(String cell) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(Format.CSV, Formats.json("{\"rows\":[{\"a\":1}]}", "t"), out);
        assertThat(Formulas.neutral(cell)).isEqualTo("'" + cell);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\r\n1\r\n");
    }

    @Test
    void json_is_one_document_many_or_many_somewhere_inside() {
        Reading json = Reading.of(Format.JSON);
        assertThat(trees(read(json, "{\"a\":1.50}"))).isEqualTo("{\"a\":1.50}");
        assertThat(trees(read(json, "[{\"a\":1},{\"a\":2}]"))).isEqualTo("{\"a\":1}{\"a\":2}");
        Reading inside = json.withRecords(List.of("data", "orders"));
        assertThat(trees(read(inside, "{\"x\":[1],\"data\":{\"orders\":[{\"a\":1}],\"n\":1}}")))
                .isEqualTo("{\"a\":1}");
        assertThat(refused(inside, "{\"data\":{}}").code()).isEqualTo("no-records");
        assertThat(refused(inside, "{\"data\":{\"ordr\":[{}],\"page\":1}}").hint(Locale.ENGLISH))
                .startsWith("There is ordr, page instead.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":2}", "{\"a\":", "[{\"a\":1}", "{} {}", "{a:1}", "[1,2", "NaN", "[1e99999999999]"
            })
    void broken_json_is_refused_with_line_and_column(String text) {
        Problem problem = refused(Reading.of(Format.JSON), text);
        assertThat(problem.code()).isEqualTo("bad-json");
        assertThat(problem.values()).containsKeys("line", "column");
    }

    @Test
    void a_byte_that_cannot_be_read_is_the_problem_of_its_line_of_ndjson() {
        byte[] bytes = "{\"a\":1}\n{\"a\":\"K\u00F6ln\"}\n{\"a\":3}\n".getBytes(StandardCharsets.ISO_8859_1);

        List<Document> documents = read(Reading.of(Format.NDJSON), bytes);

        assertThat(documents).extracting(Document::firstRow).containsExactly(1L, 2L, 3L);
        assertThat(documents.get(1).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("undecodable-text");
            assertThat(problem.values()).containsEntry("row", "2").containsEntry("offset", "15");
        });
        assertThat(documents.get(2).problems()).isEmpty();
    }

    @Test
    void a_broken_line_of_ndjson_is_its_own_problem() {
        List<Document> documents =
                read(Reading.of(Format.NDJSON), "{\"a\":1}\n\n{\"a\":\n{\"a\":3e99999999999}\n{\"a\":3}\n");
        assertThat(documents).extracting(Document::firstRow).containsExactly(1L, 3L, 4L, 5L);
        assertThat(documents).extracting(document -> document.problems().size()).containsExactly(0, 1, 1, 0);
    }

    @Test
    void a_large_file_streams() {
        byte[] header = "id,v\n".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                long here = at++;
                return here < header.length
                        ? header[(int) here]
                        : "1234,x\n".charAt((int) ((here - header.length) % 7));
            }
        };
        try (DocumentReader reader = Formats.open(endless, "endless", CSV)) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(reader.next()).isNotNull();
            }
        }
        assertThatThrownBy(() -> Formats.open(InputStream.nullInputStream(), "none", CSV))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void every_code_speaks_english_and_chinese() {
        for (FormatCode code : FormatCode.values()) {
            assertThat(Problem.of(code).detail(Locale.ENGLISH)).as(code.code()).doesNotContain("{}");
            assertThat(Problem.of(code).detail(Locale.CHINESE)).as(code.code()).doesNotContain("{}");
        }
    }

    @Test
    void lists_of_objects_beside_the_records_are_noted_before_and_behind() {
        Reading inside = Reading.of(Format.JSON).withRecords(List.of("data", "orders"));
        String json =
                "{\"stores\":[{\"no\":1}],\"tags\":[\"a\"],\"data\":{\"page\":{\"next\":[{}]},\"orders\":[{\"no\":1},{\"no\":2}],"
                        + "\"returns\":[{\"no\":3}]},\"none\":[],\"refunds\":[[],{\"no\":4}]}";
        List<Document> read = read(inside, json.getBytes(StandardCharsets.UTF_8));
        assertThat(read.stream()
                        .map(one -> one.notes().stream()
                                .map(note -> note.code() + " " + note.values().get("others"))
                                .toList()))
                .containsExactly(List.of("unread-elements stores"), List.of("unread-elements returns, refunds"));
    }

    @Test
    void a_list_of_objects_beside_records_that_are_none_is_refused_but_links_to_other_pages_are_not() {
        Reading orders = Reading.of(Format.JSON).withRecords(List.of("orders"));
        for (String beside : List.of("\"orders\":[],\"returns\":[{}]", "\"returns\":[{}],\"orders\":[]")) {
            Problem problem = refused(orders, ("{" + beside + "}").getBytes(StandardCharsets.UTF_8));
            assertThat(problem.code()).isEqualTo("no-records");
            assertThat(problem.values()).containsEntry("path", "orders").containsEntry("there", "returns");
        }
        String links = "\"links\":[{\"rel\":\"self\",\"href\":\"/orders\"}],\"count\":0}";
        assertThat(read(orders, ("{\"orders\":[]," + links).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(read(orders, ("{\"orders\":[{}]," + links).getBytes(StandardCharsets.UTF_8)))
                .allMatch(document -> document.notes().isEmpty());
    }

    @Test
    void a_second_value_behind_the_records_is_refused() {
        Reading inside = Reading.of(Format.JSON).withRecords(List.of("export", "orders"));
        String one = "{\"export\": {\"orders\": [{\"a\": 1}], \"more\": {\"b\": [2]}}, \"end\": 3}";
        assertThat(read(inside, one)).hasSize(1);
        for (String more : List.of(one, "[]", "7")) {
            assertThat(refused(inside, one + "\n" + more).toString()).contains("more text after the end");
        }
        String single = "{\"export\": {\"orders\": {\"a\": 1}}}";
        assertThat(read(inside, single)).hasSize(1);
        assertThat(refused(inside, single + single).toString()).contains("more text after the end");
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void a_row_the_file_ends_in_must_have_all_its_cells(char mark) {
        Reading reading = CSV.withDelimiter(mark).withGroupBy(List.of("no"));
        String whole = "no,sku,qty,kg\n1,MUG,12,1.5\n2,PEN,1".replace(',', mark);
        assertThat(read(reading, whole).get(1).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code() + problem.values())
                        .startsWith("too-few-cells")
                        .contains("row=3", "cells=3", "columns=4"));
        for (String end : List.of("\n", "\r\n", "\r", mark + "", mark + "0.5")) {
            assertThat(read(reading, whole + end).get(1).problems()).isEmpty();
        }
    }

    @Test
    void the_only_row_of_a_file_that_ends_in_it_must_have_the_cells_of_the_header() {
        String cut = "no,sku,price,kg\n1,MUG,5";
        assertThat(read(CSV, cut).get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code() + problem.values())
                        .startsWith("too-few-cells")
                        .contains("row=2", "cells=3", "columns=4"));
        for (String whole : List.of(cut + "\n", cut + ",", cut + ",2", "no,sku,price,,\n1,MUG,5", cut + "\n2,PEN,7")) {
            assertThat(read(CSV, whole))
                    .allSatisfy(document -> assertThat(document.problems()).isEmpty());
        }
    }

    @Test
    void a_cell_left_out_is_told_where_other_rows_have_something() {
        List<Document> documents = read(CSV, "no,sku,qty,note\n1,MUG,1\n2,PEN\n3,CUP,1,\n4,HAT,2,red\n5,CAP,3\n");
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.problems()).isEmpty());
        assertThat(documents)
                .extracting(document -> document.notes().stream()
                        .map(note -> note.code() + " " + note.values().get("column"))
                        .toList()
                        .toString())
                .containsExactly("[]", "[cells-left-out qty]", "[]", "[]", "[cells-left-out note]");
        assertThat(documents.get(1).notes().get(0)).hasToString("""
                orders, row 3: the row has 2 cells, the header 4; those it lacks count as empty, but other rows have something in qty. A line break inside a cell must be quoted.""");
    }

    @Test
    void a_stray_byte_does_not_make_another_charset_of_a_file() {
        Reading reading = CSV.withFallbackCharset(Charset.forName("windows-1252"));
        for (String before : List.of("", "plain\n".repeat(30_000))) {
            byte[] file = ("name\n" + before + "M\u00C3\u00BCller\nCaf\u00E9\nJ\u00C3\u00B6rg\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            List<Document> documents = read(reading, file);
            List<Document> last = documents.subList(documents.size() - 3, documents.size());
            assertThat(last.get(0).tree().path("name").asText()).isEqualTo("Müller");
            assertThat(last.get(1).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.code() + problem.values())
                            .startsWith("undecodable-text")
                            .contains("offset=" + (5 + before.length() + 8 + 3)));
            assertThat(last.get(2).tree().path("name").asText()).isEqualTo("Jörg");
        }
    }

    @Test
    void a_stray_byte_before_all_others_does_neither() {
        byte[] file = ("name\n" + "plain\n".repeat(30_000) + "Caf\u00E9\nM\u00C3\u00BCller\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Document> documents = read(CSV.withFallbackCharset(Charset.forName("windows-1252")), file);
        assertThat(documents.get(30_000).problems()).hasSize(1);
        assertThat(documents.get(30_001).tree().path("name").asText()).isEqualTo("Müller");
    }

    @Test
    void letters_of_western_europe_are_not_read_as_chinese() {
        Reading reading = CSV.withFallbackCharset(Charset.forName("GB18030"));
        for (String before : List.of("", "plain\n".repeat(30_000))) {
            byte[] file =
                    ("name\n" + before + "Müller\nGrößen\nJosé\nAustin\n").getBytes(Charset.forName("windows-1252"));
            List<Document> documents = read(reading, file);
            List<Document> last = documents.subList(documents.size() - 4, documents.size());
            assertThat(last.subList(0, 3))
                    .allSatisfy(document -> assertThat(document.problems())
                            .extracting(Problem::code)
                            .containsExactly("undecodable-text"));
            assertThat(last.get(3).problems()).isEmpty();
        }
        assertThat(trees(read(reading, "name\nPeter 王喆\n镕\n".getBytes(Charset.forName("GB18030")))))
                .isEqualTo("{\"name\":\"Peter 王喆\"}{\"name\":\"镕\"}");
    }

    @Test
    void chinese_is_not_read_as_letters_of_western_europe() {
        Reading reading = CSV.withFallbackCharset(Charset.forName("windows-1252"));
        List<Document> documents = read(reading, "name\n王伟\n上海市浦东新区\n".getBytes(Charset.forName("GB18030")));
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.problems())
                        .extracting(Problem::code)
                        .containsExactly("undecodable-text"));
        byte[] western = "name\nGröße ½ £½ ®™ ÄÖÜ\nMüller\n".getBytes(Charset.forName("windows-1252"));
        assertThat(trees(read(reading, western))).isEqualTo("{\"name\":\"Größe ½ £½ ®™ ÄÖÜ\"}{\"name\":\"Müller\"}");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_character_of_two_halves_comes_half_by_half_where_there_is_room_for_one() throws IOException {
        String text = "a\uD83D\uDCE6b\uD83D\uDCE6";
        StringBuilder all = new StringBuilder();
        try (StrictReader reader = new StrictReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "orders", CSV, true)) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                all.append((char) c);
            }
        }
        assertThat(all).hasToString(text);
    }

    @Test
    void a_few_characters_of_gbk_that_look_like_utf_8_do_not_make_it_that() {
        Charset gbk = Charset.forName("GB18030");
        assertThat(trees(read(CSV.withFallbackCharset(gbk), "name\n上海模\n".getBytes(gbk))))
                .isEqualTo("{\"name\":\"上海模\"}");
    }
}
