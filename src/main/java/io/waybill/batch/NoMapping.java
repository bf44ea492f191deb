package io.waybill.batch;

import io.waybill.format.Format;
import io.waybill.format.FormatCode;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A sheet, or any other file, that was handed to a source which takes the hub's own JSON alone: it has no mapping. */
final class NoMapping {
    private static final String WORKBOOK = FormatCode.IS_A_WORKBOOK.code();

    /** What a sheet is refused as where JSON is read; a workbook hears of its mapping beside that it is one. */
    private static final Set<String> OF_A_SHEET = Set.of(
            WORKBOOK, FormatCode.BAD_JSON.code(), FormatCode.UNDECODABLE_TEXT.code(), FormatCode.UTF16_UNMARKED.code());

    private static final String JSON_BEGINS = "{[";

    private NoMapping() {}

    /**
     * What is told of a file that made no document: that it is no JSON is no help to who sends sheets.
     *
     * @param name as it was handed over
     * @param problems of the file as a whole, as it was read
     */
    static List<Problem> told(Path file, String name, Feed feed, List<Problem> problems) {
        boolean own = feed.mapping() == null && feed.reading().format() == Format.JSON;
        if (!own || !tells(problems, OF_A_SHEET) || beginsAsJson(file)) {
            return problems;
        }
        Problem why =
                Problem.of(BatchCode.FILE_WITHOUT_MAPPING, "name", ArchiveName.clean(name), "from", feed.source());
        return tells(problems, Set.of(WORKBOOK))
                ? Stream.concat(problems.stream(), Stream.of(why)).toList()
                : List.of(why);
    }

    private static boolean tells(List<Problem> problems, Set<String> codes) {
        return problems.stream().map(Problem::code).anyMatch(codes::contains);
    }

    /** What is packed may be JSON too. */
    private static boolean beginsAsJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            while (first == ' ' || first == '\t' || first == '\n' || first == '\r') {
                first = in.read();
            }
            return first < 0 || first == 0x1F || JSON_BEGINS.indexOf(first) >= 0 || isMark(first, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a byte order mark, by what stands behind it. */
    private static boolean isMark(int first, InputStream in) throws IOException {
        byte[] more = first == 0xEF ? in.readNBytes(3) : new byte[0];
        return more.length == 3 && JSON_BEGINS.indexOf(more[2]) >= 0;
    }
}
