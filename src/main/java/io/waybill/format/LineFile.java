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
     * Copies the lines from one number to another, in the file's charset, with a reason behind the first that readers pass
     * over. Asked in rising order.
     */
    public void copy(long from, long to, String reason, OutputStream out) throws IOException {
        TextLine line = ahead;
        while (line != null && line.number() <= to) {
            if (line.number() >= from) {
                String text = line.number() == from ? TextLine.marked(line.text(), reason) : line.text();
                out.write((text + "\n").getBytes(lines.charset()));
            }
            line = lines.next();
        }
        ahead = line;
    }

    @Override
    public void close() {
        lines.close();
    }
}
