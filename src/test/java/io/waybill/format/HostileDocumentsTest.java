package io.waybill.format;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people and programs do to sheets and XML, and what comes of it: the cells read, or the sentence a person gets. */
class HostileDocumentsTest {
    private static final String HEAD = row(1, text("A1", "id") + text("B1", "zip"));
    private static final Reading XLSX = Reading.of(Format.XLSX);
    private static final Reading FIXED = FixedTest.lines("name,from,length\nid,1,4\nname,5,8\n");
    private static final Reading XML = Reading.of(Format.XML).withRecords(List.of("Orders", "Order"));

    static Stream<Arguments> files() {
        return Stream.of(
                sheet(
                        "blank trailing columns",
                        row(1, text("A1", "id") + text("B1", "zip") + text("C1", " ")),
                        "[1, ]"),
                sheet("a repeated name", row(1, text("A1", "id") + text("B1", "id")), "[1, ]"),
                row2("a date", number("B2", 1, "46350"), "[, 2026-11-24]"),
                row2("a number with an exponent", number("B2", 0, "4.2E+9"), "[, 4200000000]"),
                row2("a ZIP code as a number", number("B2", 2, "2138"), "[, 02138]"),
                row2("an apostrophe that is part of the text", text("B2", "'02138"), "[, '02138]"),
                row2("full-width digits stay for the mapping", text("B2", "１２３"), "[, １２３]"),
                row2("a formula as text", text("B2", "=HYPERLINK(1)"), "[, =HYPERLINK(1)]"),
                row2(
                        "a formula never calculated",
                        "<c r=\"B2\"><f>A1</f></c>",
                        "the cell Orders!B2 holds a formula that was never calculated"),
                row2("an error", "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>", "the cell Orders!B2 shows an error: #REF!"),
                row2(
                        "an id of 19 digits as a number",
                        number("B2", 0, "4006381333931000000"),
                        "the cell Orders!B2 holds a number of 16 or more digits; a spreadsheet keeps 15, the others are lost"),
                row2(
                        "a note beside the table",
                        text("D2", "call first"),
                        "the cell Orders!D2 has no column name above it"),
                row2(
                        "a day that never was",
                        number("B2", 1, "60"),
                        "the cell Orders!B2 holds \"60\", which is no number or date a spreadsheet can have"),
                row2("a cell far to the right", text("ZZZ2", "x"), "there are more than 2000 columns"),
                fixed("a short last line", "1   Ja", "[1, Ja]"),
                fixed("a line that goes on", "1   Jane    x", "the line goes on at column 13; it has 13"),
                fixed("a tab for blanks", "1\tJane", "[1\tJa, ne]"),
                Arguments.of(
                        "a character half in a field of bytes",
                        FIXED.withFixed(new Fixed(FIXED.fixed().layout(), true))
                                .withCharset(Charset.forName("gb18030")),
                        "12 上海".getBytes(Charset.forName("gb18030")),
                        "the field id at column 1 begins or ends within a character"),
                Arguments.of(
                        "GBK lines said to be UTF-8",
                        FIXED,
                        "1   上海".getBytes(Charset.forName("GBK")),
                        "the byte at offset 4 of orders is not UTF-8"),
                Arguments.of(
                        "an end-of-file mark of old systems",
                        FIXED,
                        "1   Jane\r\n\u001A".getBytes(StandardCharsets.US_ASCII),
                        "[1, Jane]"),
                idoc(
                        "a byte order mark before an IDoc",
                        "\uFEFFEDI_DC40  1000000000000000001\n",
                        "\"DOCNUM\":\"0000000000000001\""),
                idoc(
                        "an IDoc of release 3",
                        "EDI_DC        100\n",
                        "the control record \"EDI_DC\" is one of SAP release 3"),
                idoc(
                        "segments without a control record",
                        "E2EDK01005\n",
                        "an IDoc begins with its control record EDI_DC40"),
                idoc(
                        "a segment cut off",
                        "EDI_DC40  1000000000000000001\nE2EDK01005\n",
                        "the segment has only 10 places"),
                file(
                        "text called a workbook",
                        XLSX,
                        "id,zip",
                        "orders is not an Excel workbook, whatever its name says"),
                xml(
                        "an entity",
                        "<!DOCTYPE a [<!ENTITY x 'y'>]><Orders><Order>&x;</Order></Orders>",
                        "a DOCTYPE or an entity of its own"),
                xml("another root", "<Invoices/>", "the file orders has nothing at Orders.Order"),
                xml(
                        "a charset nobody knows",
                        "<?xml version='1.0' encoding='x-own'?><Orders/>",
                        "the file orders says that it is written in \"x-own\", which is not known"),
                xml("a file cut off", "<Orders><Order>", "the XML cannot be read: line 1"),
                xml("a byte order mark", "\uFEFF<Orders><Order><id>1</id></Order></Orders>", "{\"id\":\"1\"}"),
                Arguments.of(
                        "GBK bytes",
                        XML,
                        "<?xml version='1.0' encoding='GBK'?><Orders><Order><to>上海</to></Order></Orders>"
                                .getBytes(Charset.forName("GBK")),
                        "{\"to\":\"上海\"}"),
                Arguments.of(
                        "Windows-1252 bytes that declare nothing",
                        XML,
                        "<Orders><Order><to>Öder Weg</to></Order></Orders>".getBytes(Charset.forName("windows-1252")),
                        "the byte at offset 19 of orders is not UTF-8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_hostile_file_is_read_rightly_or_answered_in_a_sentence(
            String what, Reading reading, byte[] file, String outcome) {
        assertThat(outcome(reading, file)).as(what).contains(outcome);
    }

    private static Arguments sheet(String what, String header, String outcome) {
        return Arguments.of(
                what, XLSX, MadeWorkbook.of(header + row(2, text("A2", "1"))).bytes(), outcome);
    }

    private static Arguments row2(String what, String cells, String outcome) {
        return Arguments.of(
                what,
                XLSX,
                MadeWorkbook.of(HEAD + row(2, cells))
                        .style(14, "")
                        .style(164, "00000")
                        .bytes(),
                outcome);
    }

    private static Arguments xml(String what, String xml, String outcome) {
        return file(what, XML, xml, outcome);
    }

    private static Arguments fixed(String what, String text, String outcome) {
        return file(what, FIXED, text, outcome);
    }

    private static Arguments idoc(String what, String text, String outcome) {
        return file(what, Reading.of(Format.IDOC_FLAT), text, outcome);
    }

    private static Arguments file(String what, Reading reading, String text, String outcome) {
        return Arguments.of(what, reading, text.getBytes(StandardCharsets.UTF_8), outcome);
    }

    private static String outcome(Reading reading, byte[] file) {
        List<String> seen = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(file), "orders", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                seen.add(next.problems().isEmpty() ? read(next) : told(next.problems()));
            }
        } catch (ProblemException e) {
            seen.add(told(e.problems()));
        }
        return String.join("\n", seen);
    }

    private static String read(Document document) {
        return document.rows().isEmpty()
                ? document.tree().toString()
                : Stream.iterate(0, i -> i + 1)
                        .limit(document.tree().size())
                        .map(i -> i < document.rows().get(0).cells().size()
                                ? document.rows().get(0).cells().get(i)
                                : "")
                        .toList()
                        .toString();
    }

    private static String told(List<Problem> problems) {
        return problems.get(0).detail(Locale.ENGLISH);
    }
}
