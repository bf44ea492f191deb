package io.waybill.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks as spreadsheet programs write them, part by part, also those no library would write. */
public final class MadeWorkbook {
    private static final String MAIN = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private final StringBuilder looks = new StringBuilder("<xf numFmtId=\"0\"/>");
    private final StringBuilder codes = new StringBuilder();
    private String since = "";
    private int count;
    private int styles = 1;

    /** One sheet of these rows, which are XML. */
    public static MadeWorkbook of(String rows) {
        return new MadeWorkbook().sheet("Orders", "", rows);
    }

    /** A cell of text. */
    public static String text(String place, String text) {
        return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    public static String number(String place, int style, String value) {
        return "<c r=\"" + place + "\" s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    public static String row(int number, String cells) {
        return "<row r=\"" + number + "\">" + cells + "</row>";
    }

    MadeWorkbook sheet(String name, String state, String rows) {
        count++;
        sheets.append("<sheet name=\"")
                .append(name)
                .append("\" sheetId=\"")
                .append(count)
                .append(state.isEmpty() ? "" : "\" state=\"" + state)
                .append("\" r:id=\"r")
                .append(count)
                .append("\"/>");
        relations
                .append("<Relationship Id=\"r")
                .append(count)
                .append("\" Type=\"")
                .append(RELATION)
                .append("worksheet\" Target=\"worksheets/s")
                .append(count)
                .append(".xml\"/>");
        return part(
                "xl/worksheets/s" + count + ".xml",
                "<worksheet " + MAIN + "><sheetData>" + rows + "</sheetData></worksheet>");
    }

    /** The next style, from 1. */
    public MadeWorkbook style(int number, String code) {
        looks.append("<xf numFmtId=\"").append(number).append("\"/>");
        if (!code.isEmpty()) {
            codes.append("<numFmt numFmtId=\"")
                    .append(number)
                    .append("\" formatCode=\"")
                    .append(code.replace("\"", "&quot;"))
                    .append("\"/>");
        }
        styles++;
        return this;
    }

    MadeWorkbook since1904() {
        since = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    MadeWorkbook texts(String... items) {
        return part("xl/sharedStrings.xml", "<sst " + MAIN + ">" + String.join("", items) + "</sst>");
    }

    MadeWorkbook part(String path, String text) {
        parts.put(path, text);
        return this;
    }

    public byte[] bytes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"" + RELATION
                        + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        all.put("xl/workbook.xml", "<workbook " + MAIN + ">" + since + "<sheets>" + sheets + "</sheets></workbook>");
        all.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships>" + relations + "<Relationship Id=\"t\" Type=\"" + RELATION
                        + "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"y\" Type=\"" + RELATION
                        + "styles\" Target=\"styles.xml\"/></Relationships>");
        all.put(
                "xl/styles.xml",
                "<styleSheet " + MAIN + "><numFmts>" + codes + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
                        + "</cellStyleXfs><cellXfs count=\"" + styles + "\">" + looks + "</cellXfs></styleSheet>");
        all.put("xl/sharedStrings.xml", "<sst " + MAIN + "/>");
        all.putAll(parts);
        return zip(all);
    }

    static byte[] zip(Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
