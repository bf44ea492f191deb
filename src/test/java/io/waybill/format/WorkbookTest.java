package io.waybill.format;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkbookTest {
    private static final Reading XLSX = Reading.of(Format.XLSX);
    private static final String HEAD = row(1, text("A1", "id") + text("B1", "value"));

    @Test
    void texts_are_read_wherever_the_workbook_keeps_them() {
        String shared = "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>";
        MadeWorkbook book = MadeWorkbook.of(HEAD + row(2, shared) + row(3, text("A3", "2") + text("B3", "two\nlines")))
                .texts(
                        "<si><t>1</t></si>",
                        "<si><r><t>Jane </t></r><r><t>&amp; 東京</t></r><rPh><t>トウキョウ</t></rPh></si>");

        assertThat(trees(book))
                .isEqualTo("{\"id\":\"1\",\"value\":\"Jane & 東京\"}{\"id\":\"2\",\"value\":\"two\\nlines\"}");
    }

    @Test
    void that_a_row_is_hidden_and_that_other_sheets_are_not_read_is_told() {
        MadeWorkbook book = new MadeWorkbook()
                .sheet(
                        "Nov",
                        "",
                        HEAD + row(2, text("A2", "1")) + row(3, text("A3", "2")).replace("<row ", "<row hidden=\"1\" "))
                .sheet("Dec", "", row(1, text("A1", "id")))
                .sheet("Empty", "", row(1, "<c r=\"A1\" s=\"0\"/>"))
                .sheet("Lists", "hidden", row(1, text("A1", "id")));

        assertThat(notes(book, XLSX)).containsExactly("unread-sheets Nov Dec", "hidden-row Nov 3");
        assertThat(notes(book, table("Nov", Table.AUTO))).containsExactly("hidden-row Nov 3");
    }

    private static List<String> notes(MadeWorkbook book, Reading reading) {
        return OldSheetTest.notes(book.bytes(), reading);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12, 12",
        "0, 19.989999999999998, 19.99",
        "0, 0.30000000000000004, 0.3",
        "0, 1.23456789012E11, 123456789012",
        "11, 1.23456789012E+11, 123456789012",
        "0, -4.35E-2, -0.0435",
        "0, 999999999999999, 999999999999999",
        "0, 1E-300, 0",
        "14, 46350, 2026-11-24",
        "22, 46350.604166666664, 2026-11-24T14:30:00",
        "14, 59, 1900-02-28",
        "14, 61, 1900-03-01",
        "21, 0.5, 12:00:00",
        "46, 1.5, 1.5",
        "10, 0.19, 0.19"
    })
    void a_number_is_read_as_the_spreadsheet_shows_it(int style, String raw, String shown) {
        MadeWorkbook book = MadeWorkbook.of(HEAD + row(2, number("B2", 1, raw))).style(style, "");
        assertThat(trees(book)).isEqualTo("{\"id\":\"\",\"value\":\"" + shown + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "dd.mm.yyyy, 46350, 2026-11-24",
        "yyyy\"年\"m\"月\"d\"日\", 46350, 2026-11-24",
        "[$-409]d-mmm-yy;@, 46350, 2026-11-24",
        "hh:mm, 0.25, 06:00:00",
        "00000, 2138, 02138",
        "'#,##0.00 \"days\"', 46350, 46350",
        "General, 46350, 46350",
        "0.00_d, 1.5, 1.5",
        "[h]:mm, 1.5, 1.5"
    })
    void a_style_of_its_own_says_what_a_number_is(String code, String raw, String shown) {
        MadeWorkbook book = MadeWorkbook.of(HEAD + row(2, number("B2", 1, raw))).style(164, code);
        assertThat(trees(book)).contains("\"value\":\"" + shown + "\"");
    }

    @Test
    void days_are_counted_from_1904_where_the_workbook_says_so() {
        MadeWorkbook book = MadeWorkbook.of(HEAD + row(2, number("B2", 1, "44888")));
        assertThat(trees(book.style(14, "").since1904())).contains("2026-11-24");
    }

    @Test
    void a_formula_is_its_calculated_value() {
        String cells = "<c r=\"A2\" t=\"str\"><f>A1</f><v>A-1</v></c><c r=\"B2\"><f>2*3</f><v>6</v></c>";
        assertThat(trees(MadeWorkbook.of(HEAD + row(2, cells)))).isEqualTo("{\"id\":\"A-1\",\"value\":\"6\"}");
    }

    @Test
    void true_and_false_and_iso_days_are_read() {
        String cells = "<c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"d\"><v>2026-11-24</v></c>";
        assertThat(trees(MadeWorkbook.of(HEAD + row(2, cells))))
                .isEqualTo("{\"id\":\"TRUE\",\"value\":\"2026-11-24\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "<c r=\"B7\" t=\"e\"><v>#N/A</v></c>, cell-error, Orders!B7",
        "<c r=\"B7\"><f>1+1</f></c>, cell-not-calculated, Orders!B7",
        "<c r=\"B7\"><v>1234567890123456</v></c>, digits-lost, Orders!B7",
        "<c r=\"B7\"><v>4.00638133393E+18</v></c>, digits-lost, Orders!B7",
        "<c r=\"B7\"><v>1E999999999</v></c>, digits-lost, Orders!B7",
        "<c r=\"B7\"><v>seven</v></c>, bad-cell, Orders!B7",
        "<c r=\"B7\" s=\"1\"><v>60</v></c>, bad-cell, Orders!B7",
        "<c r=\"B7\" s=\"1\"><v>-3</v></c>, bad-cell, Orders!B7",
        "<c r=\"AB7\"><v>1</v></c>, cell-beyond-header, Orders!AB7"
    })
    void a_bad_cell_is_its_rows_problem_and_reading_goes_on(String cell, String code, String place) {
        List<Document> documents = read(
                MadeWorkbook.of(HEAD + row(7, cell) + row(8, text("A8", "x"))).style(14, ""), XLSX);

        assertThat(documents.get(0).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.values()).containsEntry("row", "7").containsEntry("cell", place);
            assertThat(problem.detail(Locale.ENGLISH)).contains(place);
        });
        assertThat(documents.get(1).problems()).isEmpty();
    }

    @Test
    void rows_are_counted_as_the_spreadsheet_shows_them() {
        MadeWorkbook book = MadeWorkbook.of(row(3, text("A3", "id") + text("B3", "value"))
                + row(9, text("A9", "1"))
                + row(10, "<c r=\"A10\" s=\"0\"/>")
                + row(12, text("B12", "x")));
        assertThat(read(book, XLSX)).extracting(Document::firstRow).containsExactly(9L, 12L);
    }

    @Test
    void the_header_is_found_below_a_title() {
        String rows = row(1, text("A1", "Orders of November"))
                + row(2, text("A2", "for") + number("B2", 0, "2026"))
                + row(4, text("A4", "id") + text("B4", "sku") + text("C4", "qty"))
                + row(5, text("A5", "1") + text("B5", "MUG") + number("C5", 0, "2"));

        assertThat(trees(MadeWorkbook.of(rows))).isEqualTo("{\"id\":\"1\",\"sku\":\"MUG\",\"qty\":\"2\"}");
        assertThat(refused(MadeWorkbook.of(rows), table("", 3)).code()).isEqualTo("missing-header");
        assertThat(read(MadeWorkbook.of(rows), table("", 5))).isEmpty();
        assertThat(refused(MadeWorkbook.of(row(1, number("A1", 0, "1") + number("B1", 0, "2"))), XLSX)
                        .code())
                .isEqualTo("no-header-found");
    }

    @Test
    void merged_and_blank_continuation_cells_take_the_value_above() {
        String rows = row(1, text("A1", "no") + text("B1", "name") + text("C1", "sku"))
                + row(2, text("A2", "1") + text("B2", "Jane") + text("C2", "MUG"))
                + row(3, text("C3", "PEN"))
                + row(4, text("A4", "2") + text("B4", "Joe") + text("C4", "CUP"));
        Reading reading = XLSX.withGroupBy(List.of("no")).withTable(new Table("", 0, List.of("no", "name")));

        List<Document> documents = read(MadeWorkbook.of(rows), reading);

        assertThat(documents).hasSize(2);
        assertThat(documents.get(0).tree().path("rows").toString())
                .isEqualTo("[{\"no\":\"1\",\"name\":\"Jane\",\"sku\":\"MUG\"},"
                        + "{\"no\":\"1\",\"name\":\"Jane\",\"sku\":\"PEN\"}]");
        assertThat(refused(MadeWorkbook.of(rows), XLSX.withTable(new Table("", 0, List.of("order"))))
                        .values())
                .containsEntry("known", "no, name, sku");
    }

    @Test
    void the_first_sheet_that_is_not_hidden_is_read_unless_one_is_named() {
        String rows = row(1, text("A1", "id")) + row(2, text("A2", "%s"));
        MadeWorkbook book = new MadeWorkbook()
                .sheet("Lists", "veryHidden", rows.formatted("lists"))
                .sheet("Nov", "", rows.formatted("nov"))
                .sheet("2", "", rows.formatted("two"));

        assertThat(trees(book)).contains("nov");
        assertThat(trees(book, table("lists", 0))).contains("lists");
        assertThat(trees(book, table("2", 0))).contains("two");
        assertThat(trees(book, table("1", 0))).contains("lists");
        assertThat(refused(book, table("Dec", 0)).values()).containsEntry("known", "Lists, Nov, 2");
    }

    @Test
    void what_is_no_workbook_is_refused_by_what_it_is() {
        assertThat(refused("id,name\n1,x\n".getBytes(StandardCharsets.UTF_8), XLSX)
                        .code())
                .isEqualTo("not-a-workbook");
        assertThat(refused("id\tname\r\n1\tx\r\n".getBytes(StandardCharsets.UTF_16), XLSX)
                        .hint(java.util.Locale.ENGLISH))
                .as("Excel's Unicode text: a clerk saves it anew, and has no mapping")
                .startsWith("Open it in Excel");
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0};
        assertThat(refused(old, XLSX).code()).isEqualTo("bad-workbook");
        assertThat(refused(new byte[0], XLSX).code()).isEqualTo("empty-file");
        assertThat(refused(MadeWorkbook.of(""), XLSX).code()).isEqualTo("empty-file");
        assertThat(refused(MadeWorkbook.zip(Map.of("readme.txt", "x")), XLSX).code())
                .isEqualTo("is-an-archive");
        byte[] whole = MadeWorkbook.of(HEAD).bytes();
        assertThat(refused(java.util.Arrays.copyOf(whole, whole.length / 2), XLSX)
                        .code())
                .isEqualTo("packed-badly");
    }

    @Test
    void what_another_program_keeps_in_a_zip_is_told_as_what_it_is() {
        Map<String, String> ods = Map.of("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        assertThat(other(ods)).isEqualTo("other-workbook .ods");
        String main =
                "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"%s\"/></Relationships>";
        assertThat(other(Map.of("_rels/.rels", main.formatted("xl/workbook.bin"), "xl/workbook.bin", "\u0083")))
                .isEqualTo("other-workbook .xlsb");
        assertThat(other(Map.of("Index/Document.iwa", "x"))).isEqualTo("other-workbook .numbers");
        assertThat(other(Map.of("_rels/.rels", main.formatted("word/document.xml"), "word/document.xml", "<a/>")))
                .isEqualTo("not-a-workbook null");
        assertThat(other(Map.of("orders.xlsx", "x"))).isEqualTo("is-an-archive null");
    }

    private static String other(Map<String, String> parts) {
        Problem refused = refused(MadeWorkbook.zip(parts), XLSX);
        return refused.code() + " " + refused.values().get("kind");
    }

    @Test
    void of_a_workbook_whose_first_sheet_is_not_the_one_the_others_are_named() {
        MadeWorkbook empty =
                new MadeWorkbook().sheet("Sheet1", "", "").sheet("Orders", "", HEAD + row(2, text("A2", "1")));
        assertThat(refusals(empty, XLSX)).containsExactly("empty-sheet null", "unread-sheets Orders");

        MadeWorkbook cover = new MadeWorkbook()
                .sheet("Cover", "", row(1, text("A1", "Read me")))
                .sheet("Orders", "", HEAD + row(2, text("A2", "1")));
        assertThat(refusals(cover, XLSX.withGroupBy(List.of("id"))))
                .containsExactly("unknown-group-column null", "unread-sheets Orders");
    }

    private static List<String> refusals(MadeWorkbook book, Reading reading) {
        try {
            read(book, reading);
        } catch (ProblemException e) {
            return e.problems().stream()
                    .map(problem -> problem.code() + " " + problem.values().get("others"))
                    .toList();
        }
        throw new AssertionError("it was read");
    }

    @Test
    void the_name_of_a_column_is_the_same_however_it_is_broken_into_lines() {
        String names = text("A1", "Order&#10;number") + text("B1", "Weight\u00a0 (kg)") + text("C1", " Zip ");
        MadeWorkbook book = MadeWorkbook.of(row(1, names) + row(2, text("A2", "1") + text("B2", "2")));

        assertThat(trees(book, XLSX)).isEqualTo("{\"Order number\":\"1\",\"Weight (kg)\":\"2\",\"Zip\":\"\"}");
        assertThat(read(book, XLSX.withGroupBy(List.of("Order  number | No")))).hasSize(1);
    }

    @Test
    void a_damaged_part_is_refused() {
        String lost = row(2, "<c r=\"A2\" t=\"s\"><v>7</v></c>");
        assertThat(refused(MadeWorkbook.of(HEAD + lost), XLSX).code()).isEqualTo("bad-workbook");
        MadeWorkbook entity = MadeWorkbook.of(HEAD)
                .part("xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sst/>");
        assertThat(refused(entity, XLSX).code()).isEqualTo("bad-xml");
        assertThat(refused(MadeWorkbook.of(HEAD + "<row r=\"2\"><c r=\"A2\">"), XLSX)
                        .code())
                .isEqualTo("bad-xml");
    }

    @Test
    void one_that_is_damaged_before_its_first_row_names_none() {
        String before = "<row r=\"one\">";
        assertThat(refused(MadeWorkbook.of(before), XLSX).values()).doesNotContainKey("row");
        assertThat(refused(MadeWorkbook.of(HEAD + before), XLSX).values()).containsEntry("row", "1");
    }

    @Test
    void what_is_too_big_is_refused_before_it_is_held() {
        MadeWorkbook far = MadeWorkbook.of(HEAD + row(2, "<c r=\"ZZZZ2\"><v>1</v></c>"));
        assertThat(refused(far, XLSX).code()).isEqualTo("too-many-columns");
        MadeWorkbook plain = MadeWorkbook.of(HEAD + row(2, text("A2", "long long")) + row(3, text("A3", "x")));
        assertThat(refused(plain, XLSX.withLimits(LimitsOf.rows(2))).code()).isEqualTo("too-many-rows");
        assertThat(refused(plain, XLSX.withLimits(LimitsOf.bytes(100))).code()).isEqualTo("file-too-large");
        MadeWorkbook bomb =
                MadeWorkbook.of(HEAD + row(2, text("A2", "x")) + " ".repeat((int) Unpacked.FREE + 8_000_000));
        assertThat(refused(bomb, XLSX.withLimits(new Limits(1L << 30, 10, 10, 1 << 30, 10, 64)))
                        .code())
                .isEqualTo("packed-too-tight");
        MadeWorkbook crowd = MadeWorkbook.of(HEAD);
        for (int i = 0; i < SpooledZip.MOST_ENTRIES; i++) {
            crowd.part("x/" + i, "");
        }
        assertThat(refused(crowd, XLSX).code()).isEqualTo("workbook-too-large");
    }

    @Test
    void a_guard_against_formulas_and_escaped_characters_are_taken_off() {
        String cells = text("A2", "'=1+1") + text("B2", "a_x000D_b_x0024_");
        assertThat(trees(MadeWorkbook.of(HEAD + row(2, cells)))).isEqualTo("{\"id\":\"=1+1\",\"value\":\"a\\rb$\"}");
    }

    @Test
    void what_looks_like_an_escaped_character_is_written_and_read_as_it_is() {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("id", "Order_x0020_ID")
                .put("value", "_x005F_");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Formats.write(Format.XLSX, List.of(row), out);

        assertThat(read(out.toByteArray(), XLSX)).extracting(Document::tree).containsExactly(row);
    }

    private static Reading table(String sheet, int headerRow) {
        return XLSX.withTable(new Table(sheet, headerRow, List.of()));
    }

    private static String trees(MadeWorkbook book) {
        return trees(book, XLSX);
    }

    private static String trees(MadeWorkbook book, Reading reading) {
        return read(book, reading).stream()
                .peek(document -> assertThat(document.problems()).isEmpty())
                .map(document -> document.tree().toString())
                .collect(Collectors.joining());
    }

    private static List<Document> read(MadeWorkbook book, Reading reading) {
        return read(book.bytes(), reading);
    }

    private static List<Document> read(byte[] bytes, Reading reading) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(bytes), "orders.xlsx", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    private static Problem refused(MadeWorkbook book, Reading reading) {
        return refused(book.bytes(), reading);
    }

    private static Problem refused(byte[] bytes, Reading reading) {
        try {
            read(bytes, reading);
        } catch (ProblemException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("it was read");
    }
}
