package io.waybill.batch;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sheet, or any other file, that was handed to a source which takes the hub's own JSON alone: it has no mapping. */
final class NoMapping {
    private static final String JSON_BEGINS = "{[";

    private NoMapping() {}

    /**
     * What is told of a file that made no document: that it is no JSON is no help to who sends sheets.
     *
     * @param name as it was handed over
     * @param problems of the file as a whole, as it was read
     */
    static List<Problem> told(Path file, String name, Feed feed, List<Problem> problems) {
        boolean own = feed.mapping() == null && feed.reading().format() == Format.JSON && !problems.isEmpty();
        return own && !beginsAsJson(file)
                ? List.of(Problem.of(
                        BatchCode.FILE_WITHOUT_MAPPING, "name", ArchiveName.clean(name), "from", feed.source()))
                : problems;
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
