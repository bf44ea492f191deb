package io.waybill.format;

import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The lines of a text file that are not blank, in bounded memory. */
final class TextLines implements AutoCloseable {
    private static final String END_OF_FILE = "\u001A";

    private final String file;
    private final Limits limits;
    private final StrictReader text;
    private final char[] buffer = new char[1 << 15];
    private int at;
    private int filled;
    private long number;
    private boolean open;

    TextLines(InputStream in, String file, Reading reading) {
        this.file = file;
        this.limits = reading.limits();
        this.text = new StrictReader(in, file, reading, true);
    }

    /** The charset the lines so far are written in. */
    Charset charset() {
        return text.charset();
    }

    /** The next line, or null after the last. */
    @Nullable
    TextLine next() {
        try {
            for (String line = line(); line != null; line = line()) {
                limits.checkRows(++number, file);
                if (!line.isBlank() && !line.equals(END_OF_FILE)) {
                    return TextLine.of(number, line, open, damage(line));
                }
            }
            return null;
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    private @Nullable String line() throws IOException {
        StringBuilder begun = null;
        while (at < filled || fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            String piece = new String(buffer, at, end - at);
            boolean whole = end < filled;
            open = !whole;
            at = whole ? end + 1 : end;
            if (whole && begun == null) {
                return unreturned(piece);
            }
            begun = (begun == null ? new StringBuilder() : begun).append(piece);
            if (begun.length() > limits.cellChars()) {
                throw Cells.tooLong(file, limits, number + 1);
            }
            if (whole) {
                return unreturned(begun.toString());
            }
        }
        return begun == null ? null : unreturned(begun.toString());
    }

    static String unreturned(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, text.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    /** The byte offset of damaged text in this line, or null. */
    private @Nullable Problem damage(String line) {
        Problem first = null;
        for (int i = line.indexOf(StrictReader.DAMAGED); i >= 0; i = line.indexOf(StrictReader.DAMAGED, i + 1)) {
            Long offset = text.damage().poll();
            if (first == null) {
                first = text.undecodable(offset == null ? -1 : offset).with("row", number);
            }
        }
        return first;
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
