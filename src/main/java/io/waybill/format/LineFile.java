package io.waybill.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A file of lines as they stand, some of which are handed back. */
public final class LineFile implements AutoCloseable {
    private final TextLines lines;
    private @Nullable TextLine ahead;

    /** The stream may be packed by gzip; it is closed with this. */
    public LineFile(InputStream in, String fileName, Reading reading) {
        this.lines = new TextLines(Formats.unpacked(in, fileName, reading.limits()), fileName, reading);
        this.ahead = lines.next();
    }

    /**
     * Copies the lines of a document, in the file's charset, with a reason behind the first that readers pass over. A line that
     * was cut off says so, as it ends in the copy. Asked in rising order.
     */
    public void copy(Document document, String reason, OutputStream out) throws IOException {
        TextLine line = ahead;
        while (line != null && line.number() <= document.lastRow()) {
            if (line.number() >= document.firstRow()) {
                String whole = isCutOff(line, document) ? TextLine.cutOff(line.text()) : line.text();
                String text = line.number() == document.firstRow() ? TextLine.marked(whole, reason) : whole;
                out.write((text + "\n").getBytes(lines.charset()));
            }
            line = lines.next();
        }
        ahead = line;
    }

    private static boolean isCutOff(TextLine line, Document document) {
        return document.problems().stream()
                .filter(problem -> problem.code().equals(FormatCode.LINE_CUT_OFF.code()))
                .anyMatch(problem ->
                        String.valueOf(line.number()).equals(problem.values().get("row")));
    }

    @Override
    public void close() {
        lines.close();
    }
}
