package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses a zip that holds no workbook as {@link Workbook} reads them, by what it holds. */
final class OtherZip {
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet";
    private static final List<String> OTHER_OFFICE = List.of("word/", "ppt/", "visio/");
    private static final int LONGEST_TYPE = 100;

    private OtherZip() {}

    /**
     * @param main the part its relations call the document
     * @throws ProblemException when it is of another kind
     */
    static void refuse(SpooledZip zip, String main, String file) throws IOException {
        if (main.endsWith(".bin") && zip.has(main)) {
            throw workbook(".xlsb", file);
        }
        if (type(zip).startsWith(OPEN_DOCUMENT)) {
            throw workbook(".ods", file);
        }
        if (zip.has("Index/Document.iwa")) {
            throw workbook(".numbers", file);
        }
        if (OTHER_OFFICE.stream().anyMatch(main::startsWith) && zip.has(main)) {
            throw new ProblemException(Problem.of(FormatCode.NOT_A_WORKBOOK, "file", file));
        }
        if (!zip.has(main) && !zip.has("[Content_Types].xml")) {
            throw new ProblemException(Problem.of(FormatCode.IS_AN_ARCHIVE, "file", file, "reads", Format.XLSX.word()));
        }
    }

    private static ProblemException workbook(String kind, String file) {
        return new ProblemException(Problem.of(FormatCode.OTHER_WORKBOOK, "file", file, "kind", kind));
    }

    private static String type(SpooledZip zip) throws IOException {
        try (InputStream type = zip.entry("mimetype")) {
            return type == null ? "" : new String(type.readNBytes(LONGEST_TYPE), StandardCharsets.US_ASCII);
        }
    }
}
