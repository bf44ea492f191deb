package io.waybill.format;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workbooks whose styles and parts are made to be costly. */
class HostileWorkbookTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HEAD = row(1, text("A1", "id"));

    @Test
    void a_number_format_without_end_is_no_format() {
        byte[] file = MadeWorkbook.of(HEAD + row(2, number("A2", 1, "7")))
                .style(164, "[".repeat(1_000_000))
                .bytes();

        assertThat(assertTimeoutPreemptively(SOON, () -> lastId(Format.XLSX, file)))
                .isEqualTo("7");
    }

    @Test
    void a_long_number_format_of_an_old_workbook_costs_nothing_for_each_cell() throws IOException {
        byte[] file = oldBook("[".repeat(8_000), 3_000);

        assertThat(assertTimeoutPreemptively(SOON, () -> lastId(Format.XLS, file)))
                .isEqualTo("3000");
    }

    @ParameterizedTest
    @CsvSource({
        "xl/styles.xml, <styleSheet><cellXfs>, <xf/>, </cellXfs></styleSheet>, styles",
        "xl/styles.xml, <styleSheet><numFmts>, <numFmt numFmtId='1' formatCode='0'/>, </numFmts></styleSheet>, number formats",
        "xl/workbook.xml, <workbook><sheets>, <sheet name='a' id='r1'/>, </sheets></workbook>, sheets",
        "xl/_rels/workbook.xml.rels, <Relationships>, <Relationship Id='a' Target='b'/>, </Relationships>, parts"
    })
    void what_no_spreadsheet_has_so_many_of_is_refused(String part, String begin, String one, String end, String word) {
        byte[] file = MadeWorkbook.of(HEAD)
                .part(part, begin + one.repeat(70_000) + end)
                .bytes();

        Problem refused = refused(file);
        assertThat(refused.code()).isEqualTo("workbook-too-large");
        assertThat(refused.detail(Locale.ENGLISH)).endsWith("has more than 65536 " + word);
    }

    private static byte[] oldBook(String format, int rows) throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFCellStyle style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(format));
            HSSFSheet sheet = book.createSheet("Orders");
            sheet.createRow(0).createCell(0).setCellValue("id");
            for (int i = 1; i <= rows; i++) {
                sheet.createRow(i).createCell(0).setCellValue(i);
                sheet.getRow(i).getCell(0).setCellStyle(style);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            book.write(out);
            return out.toByteArray();
        }
    }

    private static String lastId(Format format, byte[] file) {
        String last = "";
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(file), "orders", Reading.of(format))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                last = next.tree().path("id").asText();
            }
        }
        return last;
    }

    private static Problem refused(byte[] file) {
        try {
            lastId(Format.XLSX, file);
        } catch (ProblemException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("it was read");
    }
}
