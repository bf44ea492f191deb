package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.FormulaError;
import org.junit.jupiter.api.Test;

class OldSheetTest {
    private static final Reading XLS = Reading.of(Format.XLS);

    @Test
    void cells_are_read_as_the_spreadsheet_shows_them() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFCellStyle day = style(book, "dd.mm.yyyy");
            HSSFCellStyle zip = style(book, "00000");
            HSSFSheet sheet = book.createSheet("Orders");
            header(sheet.createRow(2), "id", "qty", "day", "zip", "paid", "sum", "name");
            HSSFRow row = sheet.createRow(4);
            row.createCell(0).setCellValue("A-1");
            row.createCell(1).setCellValue(2);
            row.createCell(2).setCellValue(LocalDate.of(2026, 11, 24));
            row.getCell(2).setCellStyle(day);
            row.createCell(3).setCellValue(2138);
            row.getCell(3).setCellStyle(zip);
            row.createCell(4).setCellValue(true);
            row.createCell(5).setCellFormula("B5*0.1");
            row.createCell(6).setCellFormula("A5&\"-x\"");
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            sheet.createRow(5).createCell(1).setCellValue(19.99);

            List<Document> documents = read(bytes(book), XLS);

            assertThat(documents).extracting(Document::firstRow).containsExactly(5L, 6L);
            assertThat(documents.get(0).problems()).isEmpty();
            assertThat(documents.get(0).tree().toString())
                    .isEqualTo("{\"id\":\"A-1\",\"qty\":\"2\",\"day\":\"2026-11-24\",\"zip\":\"02138\","
                            + "\"paid\":\"TRUE\",\"sum\":\"0.2\",\"name\":\"A-1-x\"}");
            assertThat(documents.get(1).tree().path("qty").asText()).isEqualTo("19.99");
        }
    }

    @Test
    void a_bad_cell_is_its_rows_problem() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFSheet sheet = book.createSheet("Orders");
            header(sheet.createRow(0), "id", "value");
            sheet.createRow(1).createCell(1).setCellErrorValue(FormulaError.NA.getCode());
            HSSFRow row = sheet.createRow(2);
            row.createCell(0).setCellValue(4.00638133393E18);
            row.createCell(3).setCellValue("beside");

            List<Document> documents = read(bytes(book), XLS);

            assertThat(documents.get(0).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.values())
                            .containsEntry("cell", "Orders!B2")
                            .containsEntry("value", "#N/A"));
            assertThat(documents.get(1).problems())
                    .extracting(Problem::code)
                    .containsExactly("digits-lost", "cell-beyond-header");
        }
    }

    @Test
    void the_sheet_asked_for_is_read() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            for (String name : List.of("Lists", "Nov", "Dec")) {
                HSSFSheet sheet = book.createSheet(name);
                header(sheet.createRow(0), "id");
                header(sheet.createRow(1), name);
            }
            book.setSheetHidden(0, true);

            assertThat(id(book, "")).isEqualTo("Nov");
            assertThat(id(book, "dec")).isEqualTo("Dec");
            assertThat(id(book, "1")).isEqualTo("Lists");
        }
    }

    @Test
    void that_a_row_is_hidden_and_that_other_sheets_are_not_read_is_told() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFSheet nov = book.createSheet("Nov");
            header(nov.createRow(0), "id");
            header(nov.createRow(1), "1");
            header(nov.createRow(2), "2");
            nov.getRow(2).setZeroHeight(true);
            header(book.createSheet("Dec").createRow(0), "id");
            book.createSheet("Sheet3");

            assertThat(notes(bytes(book), XLS)).containsExactly("unread-sheets Nov Dec", "hidden-row Nov 3");
        }
    }

    static List<String> notes(byte[] book, Reading reading) {
        return read(book, reading).stream()
                .flatMap(document -> document.notes().stream())
                .map(note -> Stream.of("sheet", "others", "row")
                        .flatMap(param -> Stream.ofNullable(note.values().get(param)))
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", note.code() + " ", "")))
                .toList();
    }

    @Test
    void one_that_is_damaged_before_its_first_row_names_none() {
        byte[] begun = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        Problem problem = refused(begun);
        assertThat(problem.code()).isEqualTo("bad-workbook");
        assertThat(problem.values()).doesNotContainKey("row");
    }

    @Test
    void one_with_a_password_is_refused_and_a_damaged_one_too() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            header(book.createSheet("Orders").createRow(0), "id");
            byte[] open = bytes(book);
            Biff8EncryptionKey.setCurrentUserPassword("secret");
            try {
                byte[] locked = bytes(book);
                Biff8EncryptionKey.setCurrentUserPassword(null);
                assertThat(refused(locked).code()).isEqualTo("locked-workbook");
            } finally {
                Biff8EncryptionKey.setCurrentUserPassword(null);
            }
            assertThat(refused(Arrays.copyOf(open, 600)).code()).isEqualTo("bad-workbook");
        }
    }

    @Test
    void what_another_program_keeps_in_the_same_kind_of_file_has_no_password() throws IOException {
        try (POIFSFileSystem letter = new POIFSFileSystem();
                POIFSFileSystem locked = new POIFSFileSystem()) {
            letter.createDocument(new ByteArrayInputStream(new byte[5000]), "WordDocument");
            locked.createDocument(new ByteArrayInputStream(new byte[5000]), "EncryptedPackage");

            assertThat(refused(bytes(letter)).code()).isEqualTo("not-a-workbook");
            assertThat(refused(bytes(locked)).code()).isEqualTo("locked-workbook");
        }
    }

    private static byte[] bytes(POIFSFileSystem container) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        container.writeFilesystem(out);
        return out.toByteArray();
    }

    @Test
    void the_other_sheets_are_named_where_the_first_is_empty() throws IOException {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            book.createSheet("Sheet1");
            header(book.createSheet("Orders").createRow(0), "id");
            assertThat(refused(bytes(book)).code()).isEqualTo("empty-sheet");
        }
    }

    @Test
    void a_big_one_is_refused_before_it_is_held() {
        byte[] big = new byte[OldSheetRows.MOST_BYTES + 1];
        System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0, big, 0, 4);
        assertThat(refused(big).code()).isEqualTo("file-too-large");
    }

    /** A workbook with a good row and one whose id has lost its digits. */
    static byte[] lostDigits() {
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFSheet sheet = book.createSheet("Orders");
            header(sheet.createRow(0), "id");
            header(sheet.createRow(1), "1");
            sheet.createRow(2).createCell(0).setCellValue(1234567890123456d);
            return bytes(book);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HSSFCellStyle style(HSSFWorkbook book, String code) {
        HSSFCellStyle style = book.createCellStyle();
        style.setDataFormat(book.createDataFormat().getFormat(code));
        return style;
    }

    private static void header(HSSFRow row, String... names) {
        for (int i = 0; i < names.length; i++) {
            row.createCell(i).setCellValue(names[i]);
        }
    }

    private static String id(HSSFWorkbook book, String sheet) throws IOException {
        Reading reading = XLS.withTable(new Table(sheet, Table.AUTO, List.of()));
        return read(bytes(book), reading).get(0).tree().path("id").asText();
    }

    private static byte[] bytes(HSSFWorkbook book) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        book.write(out);
        return out.toByteArray();
    }

    private static List<Document> read(byte[] bytes, Reading reading) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(bytes), "orders.xls", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    private static Problem refused(byte[] bytes) {
        try {
            read(bytes, XLS);
        } catch (ProblemException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("it was read");
    }
}
