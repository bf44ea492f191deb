package io.waybill.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a file that is no text at all where text is read, by what its first bytes say it is. */
final class OtherKind {
    private static final int FIRST = 60;
    private static final int NAME = 30;
    private static final String ZIP = "PK\003\004";
    private static final String OLD_OFFICE = "\u00D0\u00CF\u0011\u00E0";
    private static final String PDF = "%PDF-";

    /** What the archive that a workbook is begins with. */
    private static final List<String> OF_A_WORKBOOK = List.of("[Content_Types].xml", "_rels/", "docProps/", "xl/");

    private OtherKind() {}

    /**
     * The stream from its beginning.
     *
     * @throws ProblemException when it is of another kind
     */
    static InputStream refused(InputStream in, String file, Reading reading) throws IOException {
        if (reading.format().sheet()) {
            return in;
        }
        InputStream buffered = in.markSupported() ? in : new BufferedInputStream(in, 1 << 13);
        buffered.mark(FIRST);
        String first = new String(buffered.readNBytes(FIRST), ISO_8859_1);
        buffered.reset();
        FormatCode code = code(first);
        if (code != null) {
            throw new ProblemException(
                    Problem.of(code, "file", file, "reads", reading.format().word()));
        }
        return buffered;
    }

    private static @Nullable FormatCode code(String first) {
        if (first.startsWith(PDF)) {
            return FormatCode.IS_A_PDF;
        }
        if (first.startsWith(OLD_OFFICE)) {
            return FormatCode.IS_A_WORKBOOK;
        }
        if (!first.startsWith(ZIP)) {
            return null;
        }
        String name = first.substring(Math.min(NAME, first.length()));
        boolean workbook = OF_A_WORKBOOK.stream().anyMatch(name::startsWith);
        return workbook ? FormatCode.IS_A_WORKBOOK : FormatCode.IS_AN_ARCHIVE;
    }
}
