package io.waybill.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** Adds one last row holding a mark. Where it does not come out as a row of its own, a quote swallowed it. */
final class EndMark extends FilterReader {
    private static final String MARK = "\u0004";
    private static final String TAIL = "\n" + MARK;
    private int tail;
    private boolean ended;
    private char last;

    EndMark(Reader in) {
        super(in);
    }

    static boolean is(List<String> cells) {
        return cells.size() == 1 && cells.get(0).equals(MARK);
    }

    /** Whether what was read so far ends in a line, not behind one. */
    boolean isWithinLine() {
        return last != '\n' && last != '\r';
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        if (!ended) {
            int read = super.read(target, from, length);
            if (read >= 0) {
                last = read == 0 ? last : target[from + read - 1];
                return read;
            }
            ended = true;
        }
        int count = Math.min(length, TAIL.length() - tail);
        if (count == 0) {
            return -1;
        }
        TAIL.getChars(tail, tail + count, target, from);
        tail += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }
}
